"""A bounded load: so many interactions a second for so long, whatever the bot does meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from .transcript import Transcript

MOST = 10_000


def percentile(values: list[float], share: float) -> float:
    """The smallest value that `share` of `values` do not exceed (nearest rank); nan of nothing."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass
class Report:
    """What became of a load; times in milliseconds.

    `lost` got no first response in time, `undelivered` got one but no answer before patience ended, `twice` are those
    that were answered by more than one message.
    """

    sent: int = 0
    lost: int = 0
    undelivered: int = 0
    twice: int = 0
    ack_ms: list[float] = field(default_factory=list)
    final_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def delivered(self) -> int:
        return self.sent - self.lost - self.undelivered

    def note(self, transcript: Transcript) -> None:
        self.errors += [str(error) for error in transcript.errors]
        if transcript.ack_ms is not None:
            self.ack_ms.append(transcript.ack_ms)
        if transcript.final_ms is not None:
            self.final_ms.append(transcript.final_ms)
        self.lost += transcript.lost
        self.undelivered += not transcript.lost and not transcript.answered
        self.twice += len(transcript.messages) > 1

    def lines(self) -> list[str]:
        """The report in words, for a terminal."""
        counts = f"{self.sent} sent, {self.lost} lost, {self.undelivered} undelivered, {self.delivered} delivered"
        named = (("first acknowledgement", self.ack_ms), ("answer", self.final_ms))
        return [counts, *(f"{name}: {_spread(values)}" for name, values in named)]


def _spread(values: list[float]) -> str:
    shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
    return ", ".join(f"{name} {percentile(values, share):.1f} ms" for name, share in shares)


async def load(
    rate: float, seconds: float, fire: Callable[[int], Awaitable[Transcript]], patience: float = 20.0
) -> Report:
    """Fires `rate` interactions a second for `seconds`; `fire(i)` sends the i-th without waiting for its answer."""
    count = round(rate * seconds)
    if count > MOST:
        raise ValueError(f"{count} interactions are more than {MOST}")
    report, began = Report(sent=count), time.monotonic()

    async def one(i: int) -> None:
        transcript = await fire(i)
        with contextlib.suppress(TimeoutError):  # counted as undelivered
            await transcript.over(patience)
        report.note(transcript)

    async with asyncio.TaskGroup() as group:
        for i in range(count):
            await asyncio.sleep(max(0.0, began + i / rate - time.monotonic()))
            group.create_task(one(i))
    return report
