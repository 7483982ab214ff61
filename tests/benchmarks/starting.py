"""From `hallyu run` until `/readyz` says ready, and until the first question is answered: a real process, a Discord on
loopback. The machine's cache of files is warm."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

from bot.connecting import RECORD
from tests.benchmarks.figures import Figure, at_most, noted
from tests.benchmarks.watched import watched
from tests.loopback.server import Discord

RUNS = 5
GOAL_SECONDS = 4.0
QUESTION = "How many days in a row was Golden No. 1 on Spotify?"
ANSWER = "76"


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fresh = [await started(home / f"{run}" / "data") for run in range(RUNS)]
        warm = [await started(home / "0" / "data") for _ in range(RUNS)]
    return [*figures("an existing data folder", warm), *figures("a fresh data folder", fresh)]


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until it is ready, of these on the processor (which other work on the machine does not stretch), and
    until it has answered."""

    ready: float
    worked: float
    answered: float


def figures(name: str, starts: list[Start]) -> list[Figure]:
    print(f"{name}, ready and answered: {', '.join(f'{s.ready:.2f} and {s.answered:.2f}' for s in starts)} s")
    ready, worked, told = (statistics.median(times) for times in zip(*map(astuple, starts), strict=True))
    return [
        at_most(f"hallyu run → ready, {name}, median of {RUNS}", ready, GOAL_SECONDS, "s"),
        noted(f"hallyu run → ready, {name}, processor time", worked, "s"),
        noted(f"hallyu run → first answer, {name}, median of {RUNS}", told, "s"),
    ]


async def started(data: Path) -> Start:
    """Starts it and asks one question."""
    data.parent.mkdir(exist_ok=True)
    (data / RECORD).unlink(missing_ok=True)  # or a start soon after another would wait before it connects
    async with Discord() as discord:
        guild = discord.guild("Acme")
        mina = discord.user("mina", guild)
        began = time.perf_counter()
        async with watched(discord, data) as bot:
            await bot.ready()
            ready, used = time.perf_counter() - began, psutil.Process(bot.pid).cpu_times()
            answer = await discord.slash(guild, mina, "ask", question=QUESTION)
            told = time.perf_counter() - began
            if ANSWER not in answer.text:
                raise SystemExit(f"the bot said: {answer.text}")
    return Start(ready, used.user + used.system, told)
