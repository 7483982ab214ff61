"""Small notes of the process, by key."""

from __future__ import annotations

import aiosqlite

from knowledge.store.sqlite.reading import rows


async def note(connection: aiosqlite.Connection, key: str) -> str | None:
    found = await rows(connection, "SELECT value FROM note WHERE key = ?", (key,))
    return found[0][0] if found else None


async def keep_note(connection: aiosqlite.Connection, key: str, value: str) -> None:
    sql = "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    await connection.execute_fetchall(sql, (key, value))
