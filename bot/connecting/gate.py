"""The gate before every IDENTIFY: counts them, keeps the count across restarts, and makes a failing bot wait longer.

It counts in rounds, since each shard has a session of its own: all shards of one start are one round, and so are those
that begin anew together.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.connecting.budget import Budget
from bot.connecting.patience import FORGOTTEN, GAP, HEALTHY, patience
from bot.connecting.record import Sessions, read_sessions, write_sessions

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks whether somebody has deleted the record, which ends a pause."""

_HOLDING_SECONDS = 2 * GAP
"""The longest that a connection is kept open without its IDENTIFY; a longer pause is made without a connection."""

_JITTER = 1.25
"""Up to so many times as long, so that bots that fell together do not rise together."""


class Gate:
    """One for the life of the process. `clock` is the wall clock, read once: from then on only its own pace counts, so
    that it may jump."""

    def __init__(
        self, path: Path, *, clock: Callable[[], float] = time.time, dice: random.Random | None = None
    ) -> None:
        self._path = path
        self._clock = clock
        self._dice = dice or random.Random()
        before = read_sessions(path)
        age = max(0.0, clock() - before.began)  # of a record from the future nothing is known but that it is there
        self._short = before.short if age < FORGOTTEN else 0
        self._last = time.monotonic() - age
        self._stretch = self._dice.uniform(1.0, _JITTER)
        self._round: set[int] = set()
        self._left: int | None = None
        self._proving: asyncio.TimerHandle | None = None
        self._too_often = asyncio.Event()
        self.identifies = 0

    @property
    def short(self) -> int:
        """Sessions in a row that have not proved themselves."""
        return self._short

    def due(self) -> float:
        """Seconds until a further session may be begun."""
        return max(0.0, self._last + patience(self._short) * self._stretch - time.monotonic())

    async def wait(self) -> None:
        """Waits until a session may be begun, or until the record is deleted."""
        self._too_often.clear()
        self._round.clear()
        kept = self._path.exists()
        if self.due() >= LOOK_SECONDS:
            log.warning(
                "gateway.pause",
                seconds=round(self.due()),
                until=_soon(self.due()),
                why=f"{self._short} sessions in a row ended early",
                skip=f"delete {self._path}" if kept else "restart",
            )
        while (left := self.due()) > 0:
            await asyncio.sleep(min(left, LOOK_SECONDS))
            if kept and not self._path.exists():
                self._short = 0
                log.info("gateway.pause_skipped")

    def allow(self, budget: Budget) -> None:
        """Notes what Discord said of the sessions that are left."""
        self._left = budget.spare

    async def identify(self, shard: int) -> None:
        """To be awaited right before an IDENTIFY. Where it is too early for one it does not return: whoever waits for
        `too_often` closes the connection."""
        if self._left is not None and self._left <= 0:
            await self._close()
        if shard in self._round:
            if (left := self.due()) > _HOLDING_SECONDS:
                await self._close()
            await asyncio.sleep(left)
            self._round.clear()
        if not self._round:
            self._count()
        self._round.add(shard)
        self.identifies += 1
        if self._left is not None:
            self._left -= 1

    async def too_often(self) -> None:
        """Returns once a session was wanted that should not be begun yet."""
        await self._too_often.wait()

    def stop_counting(self) -> None:
        """The connection is given up, so that its session proves nothing any more."""
        if self._proving:
            self._proving.cancel()

    def excuse(self) -> None:
        """The process ends because somebody told it to, so that its last session counts no more than a first one: the
        next start waits for the usual gap alone, if none before it ended early."""
        self.stop_counting()
        if self.identifies and self._short > 1:
            self._short -= 1
            self._keep()

    async def _close(self) -> None:
        self._too_often.set()
        await asyncio.Event().wait()

    def _count(self) -> None:
        """Before the IDENTIFY, so that no end of the process can hide it."""
        self._short += 1
        self._last = time.monotonic()
        self._stretch = self._dice.uniform(1.0, _JITTER)
        self._keep()
        self.stop_counting()
        self._proving = asyncio.get_running_loop().call_later(HEALTHY, self._proved)

    def _proved(self) -> None:
        self._short = 0
        self._keep()

    def _keep(self) -> None:
        try:
            write_sessions(self._path, Sessions(self._short, self._clock() - (time.monotonic() - self._last)))
        except OSError as error:
            log.warning("gateway.not_recorded", path=str(self._path), cause=error.strerror)


def _soon(seconds: float) -> str:
    """The time of day in so many seconds."""
    return (datetime.now().astimezone() + timedelta(seconds=seconds)).isoformat(" ", "seconds")
