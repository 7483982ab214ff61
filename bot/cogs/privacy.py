"""`/privacy show` and `/privacy delete`: what is kept about the person, seen and deleted by the person alone."""

from __future__ import annotations

import re

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, language_of
from bot.curation.members import Members
from bot.pressing import Presses
from bot.rendering.privacy import FORGET, confirm_page, forgotten_page, kept_page
from bot.replying import acknowledge, acknowledge_edit, deliver


class Privacy(Surface):
    """Works everywhere, also in a direct message: ids are kept for all servers together."""

    def __init__(self, members: Members, catalogue: Catalogue) -> None:
        self._members = members
        self._catalogue = catalogue

    def presses(self) -> Presses:
        return {FORGET: self.forget}

    def grouped(self) -> Grouped:
        @app_commands.command(name="show", description="See what is kept about you")
        async def show(interaction: Interaction) -> None:
            await self.show(interaction)

        @app_commands.command(name="delete", description="Delete what is kept about you")
        async def delete(interaction: Interaction) -> None:
            await self.delete(interaction)

        return {"privacy": [show, delete]}

    async def show(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            kept = await self._members.kept(interaction.user.id)
            await deliver(interaction, kept_page(kept, self._voice(interaction)))

    async def delete(self, interaction: Interaction) -> None:
        """Deletes nothing yet: the button does."""
        if await acknowledge(interaction, private=True):
            kept = await self._members.kept(interaction.user.id)
            await deliver(interaction, confirm_page(kept, self._voice(interaction)))

    async def forget(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Deletes what is kept about whoever presses."""
        if await acknowledge_edit(interaction):
            kept = await self._members.forget(interaction.user.id)
            await deliver(interaction, forgotten_page(kept, self._voice(interaction)))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
