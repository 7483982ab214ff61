"""Counts of questions by guild and day, and of what a guild has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import aiosqlite

from knowledge.models import PACK, Scope
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.queue import KEPT as QUESTIONS_KEPT
from knowledge.store.sqlite.reading import count, rows
from knowledge.tallies import KEPT, Figures, Tallies

_OUTSIDE = 0
"""Stands for no guild, as in `opinion`."""


class SqliteCounts:
    """`Counts` on SQLite."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def add(self, tallies: Tallies) -> None:
        counted = [(slot.guild or _OUTSIDE, slot.day.isoformat(), slot.outcome, n) for slot, n in tallies.items()]
        await self._access.write(lambda connection: add(connection, counted))

    async def days(self, guild: int | None, days: int) -> dict[str, int]:
        first = self._access.today() - timedelta(days=days - 1)
        return await self._access.read(since(self._access.reader, guild or _OUTSIDE, first))

    async def forget(self) -> int:
        before = self._access.today() - KEPT
        return await self._access.write(lambda connection: forget(connection, before))

    async def figures(self, guild: int) -> Figures:
        return await self._access.read(figures(self._access.reader, guild, self._access.ago(QUESTIONS_KEPT)))


async def add(connection: aiosqlite.Connection, counted: Iterable[tuple[int, str, str, int]]) -> None:
    sql = """
        INSERT INTO tally VALUES (?, ?, ?, ?)
        ON CONFLICT (guild, day, outcome) DO UPDATE SET count = count + excluded.count
    """
    await connection.executemany(sql, counted)


async def since(connection: aiosqlite.Connection, guild: int, first: date) -> dict[str, int]:
    sql = "SELECT outcome, sum(count) FROM tally WHERE guild = ? AND day >= ? GROUP BY outcome"
    return dict(await rows(connection, sql, (guild, first.isoformat())))


async def forget(connection: aiosqlite.Connection, before: date) -> int:
    """Deletes the counts of days before; how many days."""
    found = await rows(connection, "SELECT count(DISTINCT day) FROM tally WHERE day < ?", (before.isoformat(),))
    await connection.execute_fetchall("DELETE FROM tally WHERE day < ?", (before.isoformat(),))
    return int(found[0][0])


_WAITING = """
    SELECT
        (SELECT count(*) FROM proposal WHERE guild = :guild AND state = 'waiting'),
        (SELECT count(*) FROM question WHERE guild = :guild AND state = 'open' AND created_at >= :since),
        (SELECT count(*) FROM opinion
         WHERE guild = :guild AND value = -1 AND reason IS NOT NULL AND NOT handled),
        (SELECT max(version) FROM migration)
"""


async def figures(connection: aiosqlite.Connection, guild: int, since: str) -> Figures:
    seen = await count(connection, Scope(guild))
    (waiting,) = await connection.execute_fetchall(_WAITING, {"guild": guild, "since": since})
    return Figures(seen.get(guild, 0), seen.get(PACK, 0), *waiting)
