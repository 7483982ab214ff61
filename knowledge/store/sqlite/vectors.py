"""Vectors by the fingerprint of what made them and the hash of the text they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import aiosqlite

from knowledge.store.sqlite.reading import chunks, rows
from knowledge.store.sqlite.transaction import changed


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


async def discard_but(connection: aiosqlite.Connection, fingerprints: Sequence[str]) -> int:
    """Deletes the vectors of all other models; how many."""
    sql = f"DELETE FROM vector WHERE fingerprint NOT IN ({','.join('?' * len(fingerprints))})"
    return await changed(connection, sql, fingerprints)
