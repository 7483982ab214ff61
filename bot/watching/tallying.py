"""Counts of questions that outlive the process: kept in memory, and written all together now and then.

No person and no text is counted. A process that is killed loses what it counted since it last wrote.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog

from bot.watching.observing import Asked, Written
from knowledge.errors import HallyuError
from knowledge.store import Store
from knowledge.tallies import Slot

log = structlog.stdlib.get_logger(__name__)

EVERY = 60.0
"""Seconds between two writes, each one transaction, and none where nobody asked."""


def _now() -> datetime:
    return datetime.now(UTC)


class Tallying:
    """An observer that counts questions by guild and day for `Store.counts`."""

    def __init__(self, store: Store, now: Callable[[], datetime] = _now) -> None:
        self._store = store
        self._now = now
        self._counted: Counter[Slot] = Counter()

    def asked(self, guild: int | None, outcome: Asked) -> None:
        self._counted[Slot(guild, self._now().astimezone(UTC).date(), outcome)] += 1

    def took(self, stage: str, seconds: float) -> None:
        """Times are not kept."""

    def voted(self, guild: int | None, value: int) -> None:
        """Votes are kept by themselves."""

    def wrote(self, kind: Written) -> None:
        """Writes are not counted."""

    @asynccontextmanager
    async def regularly(self, every: float = EVERY) -> AsyncIterator[None]:
        """Writes while it is entered, and once more when it is left."""
        task = asyncio.create_task(self._write_for_ever(every))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
            await self._flush_or_log()

    async def flush(self) -> None:
        """Writes what was counted. Raises `HallyuError` where it is refused; it stays counted then, also where nobody
        waits for this any more."""
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        write = asyncio.ensure_future(self._store.counts.add(counted))
        write.add_done_callback(lambda done: self._give_back(counted, done))
        await asyncio.shield(write)

    def _give_back(self, counted: Counter[Slot], write: asyncio.Future[None]) -> None:
        if write.cancelled() or write.exception():
            self._counted.update(counted)

    async def _write_for_ever(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            await self._flush_or_log()

    async def _flush_or_log(self) -> None:
        try:
            await self.flush()
        except HallyuError as error:
            log.warning("tallies.not_written", cause=str(error))
        except Exception:
            log.exception("tallies.not_written")
