"""Whether the bot's memory grows: tens of thousands of questions through a Discord on loopback, as fast as it answers.

Each is the varied question of one of 500 members of ten servers. So many are under way at a time that the bot is never
idle and never too busy.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.benchmarks.asked import members, varied
from tests.benchmarks.figures import Figure, at_least, at_most, noted
from tests.benchmarks.resident import resident_mb
from tests.benchmarks.watched import watched
from tests.loopback.server import Discord
from tests.loopback.world import Guild, User

FULL = 200_000
SHORT = 4_000
UNDER_WAY = 16
SAMPLES = 200
GOAL_GROWTH = 5.0


@dataclass
class Soak:
    """`sizes` is the resident memory, in MB, at even steps."""

    questions: int
    asked: int = 0
    answered: int = 0
    sizes: list[float] = field(default_factory=list)
    database_mb: float = 0.0
    seconds: float = 0.0

    @property
    def growth(self) -> float:
        """The median of the last tenth over that of the second, in per cent: in the first the caches fill."""
        tenth = len(self.sizes) // 10
        return (statistics.median(self.sizes[-tenth:]) / statistics.median(self.sizes[tenth : 2 * tenth]) - 1) * 100


async def measure(count: int = SHORT) -> list[Figure]:
    soak = await soaked(count)
    rate, asked = count / soak.seconds, f"{count:,} questions"
    print(
        f"{asked} at {rate:.0f} a second; resident {', '.join(f'{size:.0f}' for size in soak.sizes[:: SAMPLES // 10])}"
    )
    return [
        at_most(f"growth of resident memory over {asked}", soak.growth, GOAL_GROWTH, "%"),
        noted(f"resident after {asked}", soak.sizes[-1], "MB"),
        at_least(f"answered of {asked}", soak.answered, count),
        noted(f"database after {asked}", soak.database_mb, "MB"),
    ]


async def soaked(count: int) -> Soak:
    """Asks so many questions."""
    soak, asks = Soak(count), varied()
    with tempfile.TemporaryDirectory() as folder:
        async with Discord() as discord:
            people = cycle(members(discord))
            async with watched(discord, Path(folder, "data")) as bot:
                await bot.ready()
                began = time.monotonic()
                async with asyncio.TaskGroup() as group:
                    for _ in range(UNDER_WAY):
                        group.create_task(_ask(discord, bot.pid, soak, asks, people))
                soak.seconds = time.monotonic() - began
            soak.database_mb = os.path.getsize(Path(folder, "data", "hallyu.db")) / 1e6
    return soak


async def _ask(
    discord: Discord, pid: int, soak: Soak, asks: Iterator[str], people: Iterator[tuple[Guild, User]]
) -> None:
    """Asks the next question when the one before is answered, until all are asked."""
    step = max(1, soak.questions // SAMPLES)
    while soak.asked < soak.questions:
        soak.asked += 1
        if soak.asked % step == 0:
            soak.sizes.append(resident_mb(pid))
            discord.forget()
        guild, member = next(people)
        with suppress(TimeoutError):
            done = await discord.slash(guild, member, "ask", question=next(asks))
            soak.answered += done.answered
