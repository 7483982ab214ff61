"""How the bot bears so many questions a second: a real process, a Discord on loopback, nothing else.

`python -m tests.benchmarks.discord_load` prints for 20 a second over 30 s the times of the first acknowledgement and of
the answer, what was lost, the bot's memory, and how late its event loop ran.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.asked import members, questions
from tests.benchmarks.resident import peak_mb, resident_mb
from tests.benchmarks.watched import watched
from tests.loopback.load import Report, load
from tests.loopback.server import Discord
from tests.loopback.transcript import Transcript

RATE = 20.0
SECONDS = 30.0


@dataclass(frozen=True)
class Measured:
    """What the load came to; memory in MB (10^6 bytes) resident, lag in milliseconds by centile. `busy` is how many
    were told that too many wait."""

    rate: float
    seconds: float
    report: Report
    busy: int
    connected_mb: float
    loaded_mb: float
    peak_mb: float
    lag: dict[str, float]

    def lines(self) -> Iterator[str]:
        yield f"{self.rate:g} questions a second for {self.seconds:g} s, English and Korean"
        yield from self.report.lines()
        yield f"requests that Discord refused: {sorted(set(self.report.errors))[:3] or 'none'}"
        yield f"told that too many wait: {self.busy}"
        yield (
            f"resident memory: {self.connected_mb:.0f} MB connected, {self.loaded_mb:.0f} MB after the load, "
            f"{self.peak_mb:.0f} MB at most"
        )
        if self.lag:
            yield "event loop late by: " + ", ".join(f"{name} {value:.1f} ms" for name, value in self.lag.items())


async def measure(rate: float = RATE, seconds: float = SECONDS) -> Measured:
    """Runs the load on a fresh data folder."""
    asked = questions()
    with tempfile.TemporaryDirectory() as folder:
        async with Discord() as discord:
            people = members(discord)

            async def fire(i: int) -> Transcript:
                guild, member = people[i % len(people)]
                return await discord.slash(guild, member, "ask", question=asked[i % len(asked)], wait=False)

            async with watched(discord, Path(folder, "data"), HALLYU_LOG_LEVEL="DEBUG") as bot:
                await bot.ready()
                connected = resident_mb(bot.pid)
                report = await load(rate, seconds, fire)
                sizes, busy = (resident_mb(bot.pid), peak_mb(bot.pid)), await bot.questions("busy")
        return Measured(rate, seconds, report, busy, connected, *sizes, _lag(Path(folder, "bot.log")))


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
