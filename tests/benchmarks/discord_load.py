"""How the bot bears 20 questions a second: a real process, a Discord on loopback, nothing else.

`python -m tests.benchmarks.discord_load` prints the times of the first acknowledgement and of the answer, what was
lost, the bot's memory, and how late its event loop ran. The load is bounded: 600 questions in 30 seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

import psutil

from knowledge.golden import load_golden
from tests.loopback.load import Report, load
from tests.loopback.process import BotProcess
from tests.loopback.server import Discord
from tests.loopback.transcript import Transcript
from tests.loopback.world import Guild, User

RATE = 20.0
SECONDS = 30.0
MEMBERS = 200
"""Who ask in turn: one person alone would be told to ask more slowly."""


@dataclass(frozen=True)
class Measured:
    """What the load came to; memory in MB (10^6 bytes) resident, lag in milliseconds by centile."""

    report: Report
    connected_mb: float
    loaded_mb: float
    lag: dict[str, float]

    def lines(self) -> Iterator[str]:
        yield f"{RATE:g} questions a second for {SECONDS:g} s, English and Korean"
        yield from self.report.lines()
        yield f"requests that Discord refused: {sorted(set(self.report.errors))[:3] or 'none'}"
        yield f"resident memory: {self.connected_mb:.0f} MB connected, {self.loaded_mb:.0f} MB after the load"
        if self.lag:
            yield "event loop late by: " + ", ".join(f"{name} {value:.1f} ms" for name, value in self.lag.items())


def questions() -> list[str]:
    """The golden questions, English and Korean in turn."""
    known = load_golden()
    by_language = [[question.ask for question in known if question.language == code] for code in ("en", "ko")]
    return [ask for ask in chain.from_iterable(zip_longest(*by_language)) if ask]


def crowd(discord: Discord, guild: Guild) -> list[User]:
    """Members of a guild."""
    return [discord.user(f"member-{number}", guild) for number in range(MEMBERS)]


async def measure(rate: float = RATE, seconds: float = SECONDS) -> Measured:
    """Runs the load on a fresh data folder."""
    asked = questions()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"HALLYU_DATA_DIR": folder, "HALLYU_LOG_LEVEL": "DEBUG", "HALLYU_LOG_FORMAT": "json"}
        log = Path(folder, "bot.log")
        async with Discord() as discord:
            guild = discord.guild("Acme")
            members = crowd(discord, guild)

            async def fire(i: int) -> Transcript:
                return await discord.slash(
                    guild, members[i % MEMBERS], "ask", question=asked[i % len(asked)], wait=False
                )

            async with discord.run_bot(sys.executable, "-m", "bot", "run", env=settings, log=log) as bot:
                await bot.ready()
                connected = _resident(bot)
                report = await load(rate, seconds, fire)
                loaded = _resident(bot)
        return Measured(report, connected, loaded, _lag(log))


def _resident(bot: BotProcess) -> float:
    return float(psutil.Process(bot.pid).memory_info().rss) / 1e6


def _lag(log: Path) -> dict[str, float]:
    """The centiles that the bot logs when it stops."""
    for line in reversed(log.read_text(encoding="utf-8").splitlines()):
        with suppress(ValueError):
            entry = json.loads(line)
            if entry.get("event") == "loop_lag":
                return {name: value for name, value in entry.items() if name.startswith("p") and name[1:].isdigit()}
    return {}


def main() -> None:
    """Prints what was measured."""
    for line in asyncio.run(measure()).lines():
        print(line)


if __name__ == "__main__":
    main()
