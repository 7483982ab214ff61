"""Connections and their settings.

aiosqlite's thread is no daemon: a connection that is left open keeps the process alive, so it is only ever
opened by `async with`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import aiosqlite

Mode = Literal["ro", "rwc"]

BUSY_MS = 5_000
"""How long to wait for another connection's transaction."""

_SETTINGS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE would delete rows past the triggers that keep history append-only.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    # An acknowledged write survives a power cut; WAL's default of NORMAL may lose it.
    "PRAGMA synchronous = FULL",
    # Sorting some thousand notes takes a few megabytes, in a file by default: reading must not need room on a disk.
    "PRAGMA temp_store = MEMORY",
    # What a person has deleted is overwritten in the file. Not every build of SQLite does that by itself.
    "PRAGMA secure_delete = ON",
)


def sqlite_version() -> str:
    """The version of the SQLite library that Python was built with, for logs and diagnostics."""
    return sqlite3.sqlite_version


@asynccontextmanager
async def connection(path: Path, mode: Mode) -> AsyncIterator[aiosqlite.Connection]:
    """A connection in autocommit mode: transactions begin and end where the code says so. Raises `sqlite3.Error`."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    # What cannot be opened is told before there is a thread: aiosqlite does not wait for the one it gives up, which
    # then fails in its turn when the event loop has ended.
    sqlite3.connect(address, uri=True).close()
    async with aiosqlite.connect(address, uri=True, isolation_level=None, cached_statements=256) as opened:
        for setting in _SETTINGS:
            await opened.execute_fetchall(setting)
        yield opened


async def use_wal(writer: aiosqlite.Connection) -> None:
    """Turns write-ahead logging on, for good: readers and the writer do not wait for one another."""
    await writer.execute_fetchall("PRAGMA journal_mode = WAL")
