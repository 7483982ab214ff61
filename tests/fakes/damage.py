"""Files damaged by chance and databases that take no writes, each of which is made whole again afterwards."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from knowledge.store import Store


def flipped_bytes(path: Path, positions: Iterable[int], dice: random.Random) -> Iterator[int]:
    """Changes one byte at each position, one position after the other, while the caller looks."""
    whole = path.read_bytes()
    try:
        for position in positions:
            damaged = bytearray(whole)
            damaged[position] ^= dice.randrange(1, 256)
            path.write_bytes(damaged)
            yield position
    finally:
        path.write_bytes(whole)


@asynccontextmanager
async def read_only(store: Store) -> AsyncIterator[None]:
    """While it is entered, SQLite itself refuses every write of this store."""
    writer = store._access._turns._connection
    await writer.execute_fetchall("PRAGMA query_only = 1")
    try:
        yield
    finally:
        await writer.execute_fetchall("PRAGMA query_only = 0")
