"""Opening a store: as the one writer of its folder, or for reading beside it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiosqlite

from knowledge.errors import HallyuError
from knowledge.store.interface import Store
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.clock import Clock, stamp, utc_now
from knowledge.store.sqlite.connection import connection, use_wal
from knowledge.store.sqlite.file_system import file_system_of, is_shared
from knowledge.store.sqlite.lock import writer_lock
from knowledge.store.sqlite.migrations import MIGRATIONS, applied, migrate, refuse_newer, refuse_older
from knowledge.store.sqlite.refusals import refusals
from knowledge.store.sqlite.store import SqliteStore
from knowledge.store.sqlite.transaction import Turns
from knowledge.store.sqlite.upgrading import upgrade


@asynccontextmanager
async def open_store(path: Path, clock: Clock = utc_now) -> AsyncIterator[Store]:
    """The store in the file at `path`, made or upgraded if need be, as the one writer of the folder it is in.

    Leaving the block waits for writes that were begun. Raises `HallyuError` when another writer holds the folder,
    the folder cannot be written or is shared over a network, or the file is damaged, another program's, or a newer
    Hallyu's.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(writer_lock(path.parent))
        _refuse_shared(path.parent)
        with refusals(path):
            writer = await stack.enter_async_context(connection(path, "rwc"))
            await _prepare(writer, path, clock)
            reader = await stack.enter_async_context(connection(path, "ro"))
        turns = Turns(writer)
        stack.push_async_callback(turns.finish)
        yield SqliteStore(Access(path, reader, turns, clock))


def _refuse_shared(folder: Path) -> None:
    if is_shared(kind := file_system_of(folder)):
        raise HallyuError(
            f"The data folder {folder} is on a shared file system ({kind}), where the database would be damaged. "
            "Set HALLYU_DATA_DIR to a folder on a local disk; with Docker, use a named volume."
        )


async def _prepare(writer: aiosqlite.Connection, path: Path, clock: Clock) -> None:
    version = await applied(writer)
    refuse_newer(version, path)
    if version and version < MIGRATIONS[-1].version:
        await upgrade(writer, path, version, clock)
    await use_wal(writer)
    await migrate(writer, stamp(clock()))
    # Touches no row: a file that cannot be written is refused now, not at the first write.
    await writer.execute_fetchall("DELETE FROM note WHERE key IS NULL")


@asynccontextmanager
async def open_store_readonly(path: Path, clock: Clock = utc_now) -> AsyncIterator[Store]:
    """The store in the file at `path` for reading only, beside a running writer or without one.

    Its writes raise `HallyuError`. Raises `HallyuError` when there is no file, or it cannot be read by this version.
    """
    if not os.path.isfile(path):  # unlike Path.is_file, False where one may not look
        raise HallyuError(f"There is no knowledge at {path} yet. Run `hallyu sync`, or start the bot, once.")
    async with AsyncExitStack() as stack:
        with refusals(path):
            reader = await stack.enter_async_context(connection(path, "ro"))
            version = await applied(reader)
        refuse_newer(version, path)
        refuse_older(version, path)
        yield SqliteStore(Access(path, reader, None, clock))
