"""`/kb queue`: questions without an answer, and complaints about notes."""

from __future__ import annotations

import re
from contextlib import suppress

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.note_forms import NoteForms
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.complaining import Complaining
from bot.curation.unanswered import Unanswered
from bot.pressing import Presses
from bot.rendering import custom_ids
from bot.rendering.layout import sentence
from bot.rendering.queue import complaints_on, queue_panel
from bot.replying import acknowledge, acknowledge_edit, deliver
from knowledge.errors import HallyuError


class Queue(Surface):
    """One list, which its buttons renew in its place."""

    def __init__(
        self,
        unanswered: Unanswered,
        complaining: Complaining,
        forms: NoteForms,
        catalogue: Catalogue,
    ) -> None:
        self._unanswered = unanswered
        self._complaining = complaining
        self._catalogue = catalogue
        self._forms = forms

    def grouped(self) -> Grouped:
        @app_commands.command(name="queue", description="See questions I could not answer, and complaints about notes")
        async def queue(interaction: Interaction) -> None:
            await self.queue(interaction)

        return {"kb": [queue]}

    def presses(self) -> Presses:
        return {
            custom_ids.QUEUE: self.turn,
            custom_ids.ANSWER_THIS: self.answer,
            custom_ids.DISMISS: self.dismiss,
            custom_ids.SETTLE: self.settle,
        }

    async def queue(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            await self._show(interaction, 0)

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            await self._show(interaction, int(match["page"]))

    async def answer(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Opens the form for the note that answers the question and those that mean the same."""
        group = await self._unanswered.group(guild_of(interaction), interaction.user.id, match["question"])
        if group is not None:
            await self._forms.open_question(interaction, group.questions[0].text, group.ids)
        elif await acknowledge(interaction, private=True):
            await deliver(interaction, sentence(self._voice(interaction).say("queue.closed")))

    async def dismiss(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            count = await self._unanswered.dismiss(guild_of(interaction), interaction.user.id, match["question"])
            key = "queue.dismissed" if count else "queue.closed"
            await self._show(interaction, int(match["page"]), self._voice(interaction).say(key, count=count))

    async def settle(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            count = await self._complaining.settle(guild_of(interaction), match["snippet"], interaction.user.id)
            done = self._voice(interaction).say("queue.settled", count=count)
            await self._show(interaction, int(match["page"]), done)

    async def _show(self, interaction: Interaction, number: int, done: str | None = None) -> None:
        guild = guild_of(interaction)
        groups = await self._unanswered.groups(guild, interaction.user.id)
        criticised = await self._complaining.criticised(guild)
        with suppress(HallyuError):  # a full disk hides nothing, and only what was noted can be settled
            await self._complaining.note_shown(guild, interaction.user.id, complaints_on(groups, criticised, number))
        await deliver(interaction, queue_panel(groups, criticised, number, done, self._voice(interaction)))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
