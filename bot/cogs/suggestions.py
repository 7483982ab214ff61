"""What is suggested while somebody is typing, for every command that takes a note or a topic."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from discord import app_commands

from bot.context import Interaction, guild_of, language_of
from bot.curation.finding import Finding
from bot.curation.listed import IN_FORCE, Origin
from bot.replying import offer

Choices = list[app_commands.Choice[str]]
Suggest = Callable[[Interaction, str], Coroutine[Any, Any, Choices]]


def offered(suggest: Suggest) -> Suggest:
    """Shows what `suggest` finds, also where a first try is lost on the way. discord.py would try only once, and shows
    nothing itself where that is done."""

    async def offering(interaction: Interaction, typed: str) -> Choices:
        choices = await suggest(interaction, typed)
        await offer(interaction, choices)
        return choices

    return offering


def notes(finding: Finding, origins: Sequence[Origin] = IN_FORCE) -> Suggest:
    """Notes of some origins whose words or id begin like what was typed."""

    @offered
    async def suggest(interaction: Interaction, typed: str) -> Choices:
        language = language_of(interaction)
        found = await finding.suggest(guild_of(interaction), typed, language=language, origins=origins)
        return [app_commands.Choice(name=label, value=id) for label, id in found]

    return suggest


def topics(finding: Finding) -> Suggest:
    """Topics in whose id or titles each word begins like one that was typed."""

    @offered
    async def suggest(interaction: Interaction, typed: str) -> Choices:
        found = await finding.topics(guild_of(interaction), typed, language_of(interaction))
        return [app_commands.Choice(name=label, value=id) for label, id in found]

    return suggest
