"""`/suggest`: a member proposes knowledge to the moderators."""

from __future__ import annotations

import re

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.surface import Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.suggesting import Faulty, Suggesting, new_token
from bot.pressing import Presses, fields_of
from bot.rendering import custom_ids
from bot.rendering.suggest import faults_panel, received_panel, suggestion_form
from bot.replying import acknowledge, deliver, open_form


class Suggest(Surface):
    """A form, and what becomes of it."""

    def __init__(self, suggesting: Suggesting, catalogue: Catalogue) -> None:
        self._suggesting = suggesting
        self._catalogue = catalogue

    def presses(self) -> Presses:
        return {custom_ids.SUGGEST_AGAIN: self.again}

    def forms(self) -> Presses:
        return {custom_ids.SUGGESTION: self.sent}

    @app_commands.command(description="Suggest something this server should know, with its source")
    async def suggest(self, interaction: Interaction) -> None:
        await self._suggesting.check(guild_of(interaction), interaction.user.id)
        await open_form(interaction, suggestion_form(new_token(), {}, self._voice(interaction)))

    async def again(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The form once more, with what was written into it."""
        token = match["token"]
        written = await self._suggesting.written(guild_of(interaction), interaction.user.id, token)
        await open_form(interaction, suggestion_form(token, written, self._voice(interaction)))

    async def sent(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Puts the suggestion into the queue, or says everything that keeps it out."""
        if not await acknowledge(interaction, private=True):
            return
        voice = self._voice(interaction)
        guild, user = guild_of(interaction), interaction.user.id
        outcome = await self._suggesting.suggest(guild, user, match["token"], fields_of(interaction))
        if isinstance(outcome, Faulty):
            view = faults_panel(outcome.token, outcome.problems, voice)
        else:
            view = received_panel(outcome.told, voice)
        await deliver(interaction, view)

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
