"""What is kept under a person's user id, and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiosqlite

from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.reading import rows


@dataclass(frozen=True, slots=True)
class Trace:
    """A column that holds user ids, and what to do when the person wants to be forgotten: `delete` the row, or keep
    it without the id."""

    table: str
    column: str
    delete: bool


TRACES: Mapping[str, Trace] = {
    "changes": Trace("change", "user", delete=False),
    "revisions": Trace("revision", "author", delete=False),
    "suggestions": Trace("proposal", "user", delete=False),
    "questions": Trace("asker", "user", delete=True),
    "drafts": Trace("draft", "user", delete=True),
    "opinions": Trace("opinion", "user", delete=True),
}
"""Every column of the schema that holds a user id; a test holds the schema to it."""


class SqlitePeople:
    """`People` on SQLite."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def kept(self, user: int) -> dict[str, int]:
        return await self._access.read(kept(self._access.reader, user))

    async def forget(self, user: int) -> dict[str, int]:
        return await self._access.write(lambda connection: forget(connection, user))


async def kept(connection: aiosqlite.Connection, user: int) -> dict[str, int]:
    """How many rows of each kind hold the person's id."""
    counts = {}
    for name, trace in TRACES.items():
        sql = f"SELECT count(*) FROM {trace.table} WHERE {trace.column} = ?"
        counts[name] = int((await rows(connection, sql, (user,)))[0][0])
    return counts


async def forget(connection: aiosqlite.Connection, user: int) -> dict[str, int]:
    """Deletes the person's votes and waits, and takes their name off what others rely on; what there was."""
    before = await kept(connection, user)
    for trace in TRACES.values():
        if trace.delete:
            await connection.execute_fetchall(f"DELETE FROM {trace.table} WHERE {trace.column} = ?", (user,))
        else:
            sql = f"UPDATE {trace.table} SET {trace.column} = NULL WHERE {trace.column} = ?"
            await connection.execute_fetchall(sql, (user,))
    return before
