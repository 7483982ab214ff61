"""What the surfaces, Discord and the terminal, call: everything that Hallyu can do, built in `bot.compose`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.asking import Asking
from bot.curation.adding import Adding
from bot.curation.curating import Curating
from bot.curation.guilds import GuildLife


@dataclass(frozen=True, slots=True)
class UseCases:
    """One of each."""

    asking: Asking
    guilds: GuildLife
    curating: Curating
    adding: Adding
