"""Vectors by the fingerprint of what made them and the hash of the text they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import aiosqlite

from knowledge.store.sqlite.reading import chunks, rows


async def vectors(connection: aiosqlite.Connection, fingerprint: str, keys: Iterable[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for piece in chunks(keys):
        sql = f"SELECT key, data FROM vector WHERE fingerprint = ? AND key IN ({','.join('?' * len(piece))})"
        found.update(await rows(connection, sql, (fingerprint, *piece)))
    return found


async def keep_vectors(connection: aiosqlite.Connection, fingerprint: str, kept: Mapping[str, bytes]) -> None:
    sql = """
        INSERT INTO vector (fingerprint, key, data) VALUES (?, ?, ?)
        ON CONFLICT (fingerprint, key) DO UPDATE SET data = excluded.data
    """
    await connection.executemany(sql, [(fingerprint, key, data) for key, data in kept.items()])
