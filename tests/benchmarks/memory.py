"""What `hallyu run` holds in memory while it is connected to a Discord on loopback, with the pack loaded."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import psutil

from knowledge.golden import load_golden
from tests.benchmarks.discord_load import crowd
from tests.benchmarks.figures import Figure, at_most, noted
from tests.loopback.process import BotProcess
from tests.loopback.server import Discord

GOAL_MB = 260.0
QUESTIONS = 50


async def measure() -> list[Figure]:
    asked = [question.ask for question in load_golden()][:QUESTIONS]
    with tempfile.TemporaryDirectory() as folder:
        settings = {"HALLYU_DATA_DIR": folder, "HALLYU_LOG_FORMAT": "json"}
        async with Discord() as discord:
            guild = discord.guild("Acme")
            members = crowd(discord, guild)
            log = Path(folder, "bot.log")
            async with discord.run_bot(sys.executable, "-m", "bot", "run", env=settings, log=log) as bot:
                await bot.ready()
                await asyncio.sleep(2)  # the caches of guilds and commands fill after READY
                connected = resident_mb(bot)
                for member, question in zip(members, asked, strict=False):
                    await discord.slash(guild, member, "ask", question=question)
                busy = resident_mb(bot)
    return [
        at_most("hallyu run connected, resident", connected, GOAL_MB, "MB"),
        noted(f"hallyu run after {len(asked)} questions, resident", busy, "MB"),
    ]


def resident_mb(bot: BotProcess) -> float:
    """Resident memory in MB (10^6 bytes)."""
    return float(psutil.Process(bot.pid).memory_info().rss) / 1e6
