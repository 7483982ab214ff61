"""`/kb add`, `/kb edit`, the message menu **Save as knowledge**, and what comes back from their form."""

from __future__ import annotations

import re
from typing import cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.note_forms import NoteForms
from bot.cogs.suggestions import notes, topics
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.added import Choice, Result, Saved, Unchanged
from bot.curation.adding import Adding
from bot.curation.drafting import Form
from bot.curation.finding import Finding
from bot.curation.unanswered import Unanswered
from bot.incoming import bare
from bot.pressing import Presses, fields_of
from bot.rendering import custom_ids
from bot.rendering.layout import sentence
from bot.rendering.markdown import clean
from bot.rendering.notes import result_page
from bot.replying import acknowledge, acknowledge_edit, deliver
from bot.telling import Telling
from bot.translation import choice
from knowledge.limits import LONGEST_FIELD, LONGEST_TEXT
from knowledge.models import Kind, Status

Tree = app_commands.CommandTree[commands.AutoShardedBot]

_STATUSES = [choice(str(status), f"status.{status}") for status in Status]
_KINDS = [choice(str(kind), f"kind.{kind}") for kind in Kind]


class Notes(Surface):
    """Opens the form for a note and shows what became of it."""

    def __init__(
        self,
        adding: Adding,
        unanswered: Unanswered,
        finding: Finding,
        forms: NoteForms,
        telling: Telling,
        catalogue: Catalogue,
        tree: Tree,
    ) -> None:
        self._adding = adding
        self._unanswered = unanswered
        self._finding = finding
        self._forms = forms
        self._telling = telling
        self._catalogue = catalogue
        self._tree = tree
        self._save_as = app_commands.ContextMenu(name="Save as knowledge", callback=self.save_as)

    async def cog_load(self) -> None:
        self._tree.add_command(self._save_as)

    async def cog_unload(self) -> None:
        self._tree.remove_command(self._save_as.name, type=self._save_as.type)

    def grouped(self) -> Grouped:
        @app_commands.command(description="Write a note for this server, with its source")
        @app_commands.describe(
            status="How sure the source is",
            kind="What happened stays true; what can change goes out of date",
            valid_until="Until when it holds, such as 2027-03",
            topic="A topic of /topics, if it belongs to one",
        )
        @app_commands.choices(status=_STATUSES, kind=_KINDS)
        @app_commands.autocomplete(topic=topics(self._finding))
        async def add(
            interaction: Interaction,
            status: str | None = None,
            kind: str | None = None,
            valid_until: str | None = None,
            topic: str | None = None,
        ) -> None:
            told = await self._finding.topic(guild_of(interaction), topic)
            options = Form(status=status or "", kind=kind or "", valid_until=valid_until or "", topic=told)
            await self._forms.open_new(interaction, options)

        @app_commands.command(description="Change a note; a bundled one changes for this server alone")
        @app_commands.describe(note="The note: type a few of its words")
        @app_commands.autocomplete(note=notes(self._finding))
        async def edit(interaction: Interaction, note: str) -> None:
            await self._forms.open_edit(interaction, note)

        return {"kb": [add, edit]}

    def presses(self) -> Presses:
        return {
            custom_ids.AGAIN: self.again,
            custom_ids.DECIDE: self.decide,
            custom_ids.CANCEL: self.cancel,
            custom_ids.EDIT: self.edit,
            custom_ids.MORE: self.more,
        }

    def forms(self) -> Presses:
        return {custom_ids.NOTE: self.sent}

    async def save_as(self, interaction: Interaction, message: discord.Message) -> None:
        """Takes a message for the text and the link to it for the source."""
        voice = self._voice(interaction)
        where = getattr(message.channel, "name", "")
        title = voice.say("note_form.message_title", name=message.author.display_name, channel=where)
        form = Form(
            text=clean(bare(message.content))[:LONGEST_TEXT],
            url=message.jump_url,
            title=clean(title)[:LONGEST_FIELD],
            publisher=clean(interaction.guild.name if interaction.guild else "Discord")[:LONGEST_FIELD],
            published=message.created_at.date().isoformat(),
            as_of=message.created_at.date().isoformat(),
        )
        hidden = not _everybody_sees(message.channel, interaction.guild)
        await self._forms.open_new(interaction, form, warning=voice.say("note_form.hidden") if hidden else None)

    async def sent(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The form was sent."""
        if await acknowledge(interaction, private=True):
            guild, user = guild_of(interaction), interaction.user.id
            result = await self._adding.send(guild, user, match["draft"], fields_of(interaction))
            await self._show(interaction, guild, result)

    async def again(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The form once more, with what was written."""
        await self._forms.open_again(interaction, match["draft"])

    async def decide(self, interaction: Interaction, match: re.Match[str]) -> None:
        """What becomes of a note that is like another one, in the place of the question."""
        if await acknowledge_edit(interaction):
            guild, chosen = guild_of(interaction), cast(Choice, match["choice"])
            result = await self._adding.decide(guild, interaction.user.id, match["draft"], chosen)
            await self._show(interaction, guild, result)

    async def cancel(self, interaction: Interaction, match: re.Match[str]) -> None:
        """What was written, or read from a file, is kept no longer."""
        if await acknowledge_edit(interaction):
            if match["draft"]:
                await self._adding.drop(guild_of(interaction), interaction.user.id, match["draft"])
            await deliver(interaction, sentence(self._voice(interaction).say("note.cancelled")))

    async def edit(self, interaction: Interaction, match: re.Match[str]) -> None:
        await self._forms.open_edit(interaction, match["snippet"])

    async def more(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The second form: Korean text, status, how long it holds, publisher and date."""
        await self._forms.open_edit(interaction, match["snippet"], further=True)

    async def _show(self, interaction: Interaction, guild: int, result: Result) -> None:
        """Shows what became of the form, then tells those whose questions or suggestion it settles."""
        await deliver(interaction, result_page(result, self._adding.names(guild), self._voice(interaction)))
        if isinstance(result, Saved | Unchanged):
            askers = await self._unanswered.askers(guild, result.questions)
            await self._telling.answered(interaction.client, guild, askers)
            if proposal := await self._adding.proposal(guild, result):
                await self._telling.decided(interaction.client, guild, proposal)

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))


def _everybody_sees(channel: object, guild: discord.Guild | None) -> bool:
    """Whether every member may read a channel; False where that cannot be told."""
    if isinstance(channel, discord.Thread):
        channel = None if channel.is_private() else channel.parent
    if guild is None or not isinstance(channel, discord.abc.GuildChannel):
        return False
    permissions = channel.permissions_for(guild.default_role)
    return permissions.view_channel and permissions.read_message_history
