"""Opening the form for a note: empty, or with a snippet, a proposal, a question or a message in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue import Catalogue
from bot.context import Interaction, guild_of, language_of
from bot.curation.added import Pending
from bot.curation.adding import Adding
from bot.curation.drafting import Form, one_ask
from bot.rendering.note_forms import first_form, second_form
from bot.replying import open_form
from knowledge.errors import Refused
from knowledge.queue import Proposal


class NoteForms:
    """A form must be the first response to an interaction, so that each method is called before anything else is
    sent. What is written in it comes back to `bot.cogs.notes`."""

    def __init__(self, adding: Adding, catalogue: Catalogue) -> None:
        self._adding = adding
        self._catalogue = catalogue

    async def open_new(
        self, interaction: Interaction, form: Form, *, questions: Sequence[str] = (), warning: str | None = None
    ) -> None:
        """A new note. `questions` are the ids of the open questions that it will answer, `warning` a sentence to stand
        under its first field."""
        pending = Pending(form, questions=tuple(questions))
        draft = await self._adding.begin(guild_of(interaction), interaction.user.id, pending)
        await self._open(interaction, draft, form, warning)

    async def open_edit(self, interaction: Interaction, snippet: str, *, further: bool = False) -> None:
        """A snippet as the guild sees it now; the second form has the `further` fields. Raises `Refused` where there
        is none."""
        begun = await self._adding.begin_edit(guild_of(interaction), interaction.user.id, snippet)
        if begun is None:
            raise Refused("note.unknown", f"There is no note called {snippet} here.")
        draft, form = begun
        voice = self._catalogue.voice(language_of(interaction))
        shown = second_form(draft, form, voice) if further else first_form(draft, form, voice)
        await open_form(interaction, shown)

    async def open_proposal(self, interaction: Interaction, proposal: Proposal) -> None:
        """A proposal, which is approved when the form is saved."""
        draft, form = await self._adding.begin_review(guild_of(interaction), interaction.user.id, proposal)
        await self._open(interaction, draft, form)

    async def open_question(self, interaction: Interaction, question: str, ids: Sequence[str]) -> None:
        """A new note with a question as its way to ask; `ids` are all questions that it closes."""
        ask = one_ask(question)
        await self.open_new(interaction, Form(asks=ask, question=ask), questions=ids)

    async def open_again(self, interaction: Interaction, draft: str) -> None:
        """A form that was sent and not saved, as it was written. Raises `Refused` where it is gone."""
        form = await self._adding.form(guild_of(interaction), interaction.user.id, draft)
        if form is None:
            raise Refused("note.gone", "This form is no longer kept. Please begin anew.")
        await self._open(interaction, draft, form)

    async def _open(self, interaction: Interaction, draft: str, form: Form, warning: str | None = None) -> None:
        voice = self._catalogue.voice(language_of(interaction))
        await open_form(interaction, first_form(draft, form, voice, warning))
