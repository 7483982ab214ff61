"""How every part of the store reads and writes: one connection to read on, transactions in turns on another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import TypeVar

import aiosqlite

from knowledge.errors import HallyuError
from knowledge.store.sqlite.clock import Clock, stamp
from knowledge.store.sqlite.growth import Growth
from knowledge.store.sqlite.refusals import refusals
from knowledge.store.sqlite.transaction import Turns

T = TypeVar("T")


class Access:
    """The database file at `path`. Without `turns` every write is refused with a sentence."""

    def __init__(self, path: Path, reader: aiosqlite.Connection, turns: Turns | None, clock: Clock) -> None:
        self._path = path
        self.reader = reader
        self._turns = turns
        self._clock = clock
        self.growth = Growth()

    async def read(self, reads: Awaitable[T]) -> T:
        """What `reads` gives. Raises `HallyuError` for what the database refuses."""
        with refusals(self._path):
            return await reads

    async def write(self, work: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        """Does `work` in a transaction. Raises `HallyuError` where nothing may be written, `Unwritable` where the disk
        takes nothing now."""
        if self._turns is None:
            raise HallyuError(f"{self._path} is open for reading only, beside the Hallyu that writes it.")
        with refusals(self._path, writing=True):
            return await self._turns.run(work)

    def now(self) -> str:
        return stamp(self._clock())

    def today(self) -> date:
        """The day in UTC."""
        return self._clock().astimezone(UTC).date()

    def ago(self, time: timedelta) -> str:
        """The moment that lies so long in the past."""
        return stamp(self._clock() - time)
