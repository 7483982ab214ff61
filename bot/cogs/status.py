"""`/status`: how the bot is and what this server asks, for its admins, on a card that a button renews."""

from __future__ import annotations

import re

from discord import app_commands

from bot.catalogue import Catalogue
from bot.cogs.surface import Surface
from bot.context import Interaction, guild_of, language_of
from bot.pressing import Presses
from bot.rendering.status import REFRESH, status_card
from bot.replying import acknowledge, acknowledge_edit, deliver
from bot.watching.status import Status


class StatusCommand(Surface):
    """Shows the report."""

    def __init__(self, status: Status, catalogue: Catalogue) -> None:
        self._status = status
        self._catalogue = catalogue

    def presses(self) -> Presses:
        return {REFRESH: self.refresh}

    @app_commands.command(name="status", description="See how I am, and what this server asks and knows")
    @app_commands.default_permissions(manage_guild=True)
    async def status(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            await self._show(interaction)

    async def refresh(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            await self._show(interaction)

    async def _show(self, interaction: Interaction) -> None:
        report = await self._status.of(guild_of(interaction))
        await deliver(interaction, status_card(report, self._catalogue.voice(language_of(interaction))))
