"""How late the event loop runs what is due: the first sign that something blocks it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque

EVERY = 0.05
"""Seconds between two samples."""

SAMPLES = 36_000
"""Half an hour's worth; older ones are forgotten."""


class LoopLag:
    """Measures while `measure` runs."""

    def __init__(self) -> None:
        self._milliseconds: deque[float] = deque(maxlen=SAMPLES)

    async def measure(self) -> None:
        """Samples until it is cancelled."""
        while True:
            due = time.perf_counter() + EVERY
            await asyncio.sleep(EVERY)
            self._milliseconds.append(max(0.0, time.perf_counter() - due) * 1000)

    def latest(self) -> float:
        """The longest lag of the last ten seconds, in milliseconds."""
        newest = itertools.islice(reversed(self._milliseconds), int(10 / EVERY))
        return max(newest, default=0.0)

    def centiles(self) -> dict[str, float]:
        """Lag in milliseconds that 50, 95, 99 and 99.9 percent of the samples do not exceed."""
        ordered = sorted(self._milliseconds) or [0.0]
        last = len(ordered) - 1
        return {
            name: round(ordered[min(last, int(share * len(ordered)))], 1)
            for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999))
        }
