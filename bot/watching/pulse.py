"""Whether the bot lives: the age of the last heartbeat that Discord acknowledged, and the lag of the event loop.

A process that runs is not a bot that works, a connection that is open is not one that is answered, and one that is
answered is not a session.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from bot.loop_lag import LoopLag
from knowledge.errors import HallyuError

log = structlog.stdlib.get_logger(__name__)

MISSED = 3
"""Heartbeats in a row without an acknowledgement after which the gateway counts as silent."""

USUAL_INTERVAL = 41.25
"""Seconds between two heartbeats where Discord has not said yet how many it wants."""

LONGEST_LAG_MS = 5000.0
"""Discord takes a first response for 3 seconds: a loop that is this late answers nobody."""


class Pulse:
    """Follows the heartbeats of the client that is attached."""

    def __init__(self, lag: LoopLag, clock: Callable[[], float] = time.perf_counter) -> None:
        """`clock` is the one by which discord.py notes acknowledgements."""
        self._lag = lag
        self._clock = clock
        self._client: Any = None
        self._began = clock()
        self._acknowledged: dict[int, float] = {}
        self._interval = USUAL_INTERVAL
        self._rest: tuple[float, float] | None = None

    def attach(self, client: Any) -> None:
        """Follows this client from now on, such as after a new login."""
        self._client = client

    @contextmanager
    def resting(self, seconds: float) -> Iterator[None]:
        """While it is entered the bot waits of its own accord, as it should for so many seconds: nobody should take it
        for dead, and its silence does not grow."""
        began = self._clock()
        self._rest = (began, began + seconds) if seconds else None
        try:
            yield
        finally:
            if self._rest:
                rested = self._clock() - began
                self._began += rested
                self._acknowledged = {shard: at + rested for shard, at in self._acknowledged.items()}
                self._rest = None

    @property
    def rest_s(self) -> float:
        """Seconds that the bot still waits of its own accord."""
        return max(0.0, self._rest[1] - self._clock()) if self._rest else 0.0

    def sample(self) -> None:
        """Notes the acknowledgements so far. A keep-alive that had none begins with an infinite latency, and those of a
        connection whose session Discord has not begun do not count: nothing comes in through it."""
        shards = dict(getattr(self._client, "shards", {}))
        if shards:
            self._acknowledged = {shard: self._acknowledged.get(shard, self._clock()) for shard in shards}
        for shard, info in shards.items():
            socket = info._parent.ws
            beat = getattr(socket, "_keep_alive", None)  # no public name (discord.py 2.7)
            if beat is not None and not math.isinf(beat.latency) and socket.session_id is not None:
                self._acknowledged[shard] = beat._last_ack
                self._interval = beat.interval

    @property
    def silence(self) -> float:
        """Seconds since the last acknowledgement in a session, of the shard that has waited longest."""
        self.sample()
        now = self._rest[0] if self._rest else self._clock()
        return now - min(self._acknowledged.values(), default=self._began)

    @property
    def latency_ms(self) -> float | None:
        """Milliseconds from a heartbeat to its acknowledgement, over all shards; None where there was none yet."""
        latency = getattr(self._client, "latency", math.nan)
        return latency * 1000 if math.isfinite(latency) else None

    @property
    def lag_ms(self) -> float:
        return self._lag.latest()

    @property
    def alive(self) -> bool:
        heard = self._rest is not None or self.silence <= MISSED * self._interval
        return heard and self.lag_ms <= LONGEST_LAG_MS

    @property
    def connected(self) -> bool:
        """Whether commands can come in."""
        open = self._client is not None and self._client.is_ready() and not self._client.is_closed()
        return open and self.silence <= MISSED * self._interval

    async def watch(self, dead_minutes: float) -> None:
        """Raises `HallyuError` once the gateway has been silent for so long; never for 0."""
        limit = dead_minutes * 60
        while True:
            await asyncio.sleep(min(1.0, limit / 10) if limit else 1.0)
            if limit and self.silence >= limit:
                log.critical("gateway.dead", silent_seconds=round(self.silence, 1), dead_minutes=dead_minutes)
                raise HallyuError(
                    f"Discord's gateway has been silent for {dead_minutes:g} minutes, so the bot ends itself; "
                    "a supervisor such as systemd or Docker starts it anew."
                )
