"""`/kb remove`, `/kb restore`, `/kb history`, and the button **Undo** under every change."""

from __future__ import annotations

import re

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.suggestions import notes
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.correcting import Correcting
from bot.curation.finding import Finding
from bot.curation.listed import IN_FORCE, ORIGINS, Origin
from bot.pressing import Presses
from bot.rendering import custom_ids
from bot.rendering.corrections import corrected_page, removal_page
from bot.rendering.history import history_page
from bot.replying import acknowledge, acknowledge_edit, deliver

_RESTORABLE: tuple[Origin, ...] = ("removed", "overridden")


class Corrections(Surface):
    """Takes notes out, brings them back and takes changes back. Only the person sees the replies."""

    def __init__(self, correcting: Correcting, finding: Finding, catalogue: Catalogue) -> None:
        self._correcting = correcting
        self._finding = finding
        self._catalogue = catalogue

    def grouped(self) -> Grouped:
        seen, removed, every = (notes(self._finding, origins) for origins in (IN_FORCE, _RESTORABLE, ORIGINS))

        @app_commands.command(
            description="Take a note out of all answers; a bundled one is hidden in this server alone"
        )
        @app_commands.describe(note="The note: type a few of its words")
        @app_commands.autocomplete(note=seen)
        async def remove(interaction: Interaction, note: str) -> None:
            await self.remove(interaction, note)

        @app_commands.command(description="Bring back a removed note, or the bundled text in place of yours")
        @app_commands.describe(note="The note: type a few of its words")
        @app_commands.autocomplete(note=removed)
        async def restore(interaction: Interaction, note: str) -> None:
            await self.restore(interaction, note)

        @app_commands.command(description="See who changed a note, when and what")
        @app_commands.describe(note="The note: type a few of its words")
        @app_commands.autocomplete(note=every)
        async def history(interaction: Interaction, note: str) -> None:
            await self.history(interaction, note)

        return {"kb": [remove, restore, history]}

    def presses(self) -> Presses:
        return {
            custom_ids.UNDO: self.undo,
            custom_ids.REMOVE: self.remove_seen,
            custom_ids.HISTORY: self.turn,
        }

    async def remove(self, interaction: Interaction, snippet: str) -> None:
        if await acknowledge(interaction, private=True):
            result = await self._correcting.remove(guild_of(interaction), snippet.strip(), interaction.user.id)
            await deliver(interaction, removal_page(result, self._voice(interaction)))

    async def remove_seen(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The button on a page of a note: removes what that page showed."""
        if await acknowledge(interaction, private=True):
            guild, seen = guild_of(interaction), int(match["seen"]) or None
            result = await self._correcting.remove_seen(guild, match["snippet"], seen, interaction.user.id)
            await deliver(interaction, removal_page(result, self._voice(interaction)))

    async def restore(self, interaction: Interaction, snippet: str) -> None:
        if await acknowledge(interaction, private=True):
            result = await self._correcting.restore(guild_of(interaction), snippet.strip(), interaction.user.id)
            await deliver(interaction, corrected_page(result, self._voice(interaction)))

    async def undo(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Under every change, to everybody who may change something."""
        if await acknowledge(interaction, private=True):
            result = await self._correcting.undo(guild_of(interaction), int(match["revision"]), interaction.user.id)
            await deliver(interaction, corrected_page(result, self._voice(interaction)))

    async def history(self, interaction: Interaction, snippet: str) -> None:
        if await acknowledge(interaction, private=True):
            found = await self._correcting.history(guild_of(interaction), snippet.strip())
            await deliver(interaction, history_page(found, self._voice(interaction)))

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of a history, in the place of the one that is shown."""
        if await acknowledge_edit(interaction):
            revision = int(match["revision"])
            found = await self._correcting.history_of(guild_of(interaction), revision)
            await deliver(interaction, history_page(found, self._voice(interaction), revision))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
