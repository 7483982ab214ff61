"""What `hallyu run` holds in memory while it is connected to a Discord on loopback: with the pack, and with 10,000
made-up snippets of several servers besides. Each time on a filled data folder: ready, after questions one by one, and
at most at any moment."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.benchmarks.asked import members, questions
from tests.benchmarks.crowd import filled
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.resident import peak_mb, resident_mb
from tests.benchmarks.watched import watched
from tests.loopback.server import Discord

SNIPPETS = 10_000
QUESTIONS = 200
RETURNED_SECONDS = 20.0
"""After which the bot has given back what the questions freed; the most that was ever resident knows no such pause."""

GOAL_MB = 260.0
GOAL_WITH_SNIPPETS_MB = 340.0
GOAL_PEAK_MB = 400.0


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        alone = await _measured(Path(folder, "pack", "data"), 0)
        beside = await _measured(Path(folder, "servers", "data"), SNIPPETS)
    return [
        *_figures("with the pack", alone, GOAL_MB),
        *_figures(f"with {SNIPPETS:,} snippets of servers besides", beside, GOAL_WITH_SNIPPETS_MB),
    ]


def _figures(name: str, sizes: tuple[float, float, float], goal: float) -> list[Figure]:
    connected, asked, peak = sizes
    return [
        at_most(f"resident {name}, ready", connected, goal, "MB"),
        at_most(f"resident {name}, after {QUESTIONS} questions", asked, goal, "MB"),
        at_most(f"most ever resident {name}, start included", peak, GOAL_PEAK_MB, "MB"),
    ]


async def _measured(data: Path, snippets: int) -> tuple[float, float, float]:
    """Resident once it is ready and after the questions, and at most."""
    data.parent.mkdir()
    async with Discord() as discord:
        people = members(discord)
        await filled(data, snippets, list(discord.world.guilds) if snippets else [])
        async with watched(discord, data) as bot:
            await bot.ready()
            await asyncio.sleep(2)  # the caches of servers and commands fill after READY
            connected = resident_mb(bot.pid)
            for (guild, member), ask in zip(people, questions()[:QUESTIONS], strict=False):
                await discord.slash(guild, member, "ask", question=ask)
            await asyncio.sleep(RETURNED_SECONDS)
            return connected, resident_mb(bot.pid), peak_mb(bot.pid)
