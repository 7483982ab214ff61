"""`/topics` and `/help`, which only the person who asks sees."""

from __future__ import annotations

from discord import app_commands

from bot.asking import Asking
from bot.catalogue import Catalogue
from bot.cogs.surface import Surface
from bot.context import Interaction, language_of, scope_of
from bot.rendering.panels import help_panel, topics_panel
from bot.replying import acknowledge, deliver
from bot.roles import Guard


class Guide(Surface):
    """Shows what can be asked and how."""

    def __init__(self, asking: Asking, guard: Guard, catalogue: Catalogue) -> None:
        self._asking = asking
        self._guard = guard
        self._catalogue = catalogue

    @app_commands.command(description="See what can be asked")
    async def topics(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            topics = await self._asking.topics(scope_of(interaction))
            await deliver(interaction, topics_panel(topics, self._catalogue.voice(language_of(interaction))))

    @app_commands.command(description="How to use Hallyu, and what it keeps")
    async def help(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            role = await self._guard.role(interaction)
            await deliver(interaction, help_panel(self._catalogue.voice(language_of(interaction)), role))
