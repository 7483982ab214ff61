"""Questions that had no answer, and who waits for one."""

from __future__ import annotations

from collections.abc import Sequence

import aiosqlite

from knowledge.queue import Asker, OpenQuestion
from knowledge.store.sqlite.reading import chunks, rows
from knowledge.store.sqlite.transaction import changed


async def keep(connection: aiosqlite.Connection, guild: int, question: OpenQuestion, now: str) -> None:
    sql = """
        INSERT INTO question (id, guild, text, language, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
    """
    await connection.execute_fetchall(sql, (question.id, guild, question.text, question.language, now))


async def still_open(connection: aiosqlite.Connection, guild: int, since: str) -> list[OpenQuestion]:
    """The latest first."""
    sql = """
        SELECT id, text, language, created_at, (SELECT count(*) FROM asker WHERE asker.question = question.id)
        FROM question WHERE guild = ? AND state = 'open' AND created_at >= ? ORDER BY created_at DESC, id
    """
    return [OpenQuestion(*row) for row in await rows(connection, sql, (guild, since))]


async def wait_for(connection: aiosqlite.Connection, guild: int, question: str, user: int) -> bool:
    """Whether the question is still open, so that the person can be told."""
    sql = "SELECT 1 FROM question WHERE guild = ? AND id = ? AND state = 'open'"
    if not await rows(connection, sql, (guild, question)):
        return False
    await connection.execute_fetchall("INSERT OR IGNORE INTO asker VALUES (?, ?)", (question, user))
    return True


async def askers(connection: aiosqlite.Connection, guild: int, ids: Sequence[str]) -> list[Asker]:
    """Who wants to be told about these questions."""
    found: list[Asker] = []
    for piece in chunks(ids):
        sql = f"""
            SELECT asker.user, question.text FROM asker JOIN question ON question.id = asker.question
            WHERE question.guild = ? AND question.id IN ({",".join("?" * len(piece))}) ORDER BY question.created_at
        """
        found += [Asker(*row) for row in await rows(connection, sql, (guild, *piece))]
    return found


async def close(connection: aiosqlite.Connection, guild: int, question: str, state: str) -> int:
    sql = "UPDATE question SET state = ? WHERE guild = ? AND id = ? AND state = 'open'"
    return await changed(connection, sql, (state, guild, question))


async def drop(connection: aiosqlite.Connection, guild: int) -> int:
    """Deletes all of a guild, with who waits; how many."""
    return await changed(connection, "DELETE FROM question WHERE guild = ?", (guild,))


async def forget(connection: aiosqlite.Connection, before: str) -> int:
    """Deletes those that are older, with who waits; how many."""
    return await changed(connection, "DELETE FROM question WHERE created_at < ?", (before,))
