"""How often somebody may do what costs something: a burst at once, then so many a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_KEPT = 10_000
"""Somebodies that are remembered, 2 MB. Of more, those who asked longest ago start with a full burst again."""


class Allowance:
    """A token bucket for each key, kept as the one moment at which it is full again: the generic cell rate algorithm
    (ITU-T I.371)."""

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never jumps. 0 of either is no limit."""
        self._burst = burst
        self._seconds = 60.0 / per_minute if burst and per_minute else 0.0
        self._clock = clock
        self._full_at: OrderedDict[Hashable, float] = OrderedDict()

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._full_at)

    def take(self, key: Hashable) -> float:
        """0 where it may be done now, which is counted; else in how many seconds it may."""
        now = self._clock()
        full_at = max(now, self._full_at.get(key, now))
        wait = full_at - now - (self._burst - 1) * self._seconds
        if wait > 0:
            return wait
        self._keep(key, full_at + self._seconds, now)
        return 0.0

    def _keep(self, key: Hashable, full_at: float, now: float) -> None:
        if full_at > now:
            self._full_at[key] = full_at
            self._full_at.move_to_end(key)
        while self._full_at and (len(self._full_at) > MOST_KEPT or next(iter(self._full_at.values())) <= now):
            self._full_at.popitem(last=False)
