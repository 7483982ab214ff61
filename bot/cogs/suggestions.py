"""Notes that are suggested while one is typed, for every command that takes one."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from discord import app_commands

from bot.context import Interaction, guild_of, language_of
from bot.curation.finding import Finding
from bot.curation.listed import IN_FORCE, Origin

Choices = list[app_commands.Choice[str]]
Suggest = Callable[[Interaction, str], Coroutine[Any, Any, Choices]]


def notes(finding: Finding, origins: Sequence[Origin] = IN_FORCE) -> Suggest:
    """Notes of some origins whose words or id begin like what was typed."""

    async def suggest(interaction: Interaction, typed: str) -> Choices:
        language = language_of(interaction)
        found = await finding.suggest(guild_of(interaction), typed, language=language, origins=origins)
        return [app_commands.Choice(name=label, value=id) for label, id in found]

    return suggest
