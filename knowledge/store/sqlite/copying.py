"""Copying a database while it is written: SQLite's backup API, on a connection of its own that can only read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.store.examination import Stop, Stopped, never
from knowledge.store.sqlite.connection import BUSY_MS
from knowledge.store.sqlite.files import address, to_disk
from knowledge.store.sqlite.refusals import primary_code, refusals, writing_to

_PAGES = 256
"""Per step: 1 MB, between two looks at whether to stop."""

_OF_THE_TARGET = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_OF_THE_SOURCE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


def copy_database(source: Path, target: Path, stop: Stop = never) -> None:
    """Copies the database as it is at this moment to the new file `target`, whole, one file, on the disk.

    One read transaction holds that moment fast: writers go on meanwhile, and the copy never begins anew for their
    sake. Blocks, so it belongs into a thread. Raises `HallyuError` for what the disk or SQLite refuses, and for a
    target that exists; `Stopped` where `stop` says so. What is half done then is the caller's to remove.
    """
    with refusals(source), closing(sqlite3.connect(address(source, mode="ro"), uri=True, isolation_level=None)) as held:
        held.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        held.execute("BEGIN")
        held.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with _failures_of(target), writing_to(target):
            _fill(held, target, stop)
            to_disk(target)
            to_disk(target.parent)


def _fill(held: sqlite3.Connection, target: Path, stop: Stop) -> None:
    def look(_: int, __: int, ___: int) -> None:
        if stop():
            raise Stopped

    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(address(target, mode="rw"), uri=True, isolation_level=None)) as made:
        # Nobody else sees it before it is whole, so it needs no journal; it is put on the disk at the end.
        made.execute("PRAGMA journal_mode = OFF")
        made.execute("PRAGMA synchronous = OFF")
        held.backup(made, pages=_PAGES, progress=look)
    with closing(sqlite3.connect(address(target, mode="rw"), uri=True, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = DELETE")  # so that it stays one file wherever it is opened


@contextmanager
def _failures_of(target: Path) -> Iterator[None]:
    """What can only be the target's fault is told of the target."""
    try:
        yield
    except sqlite3.Error as error:
        of_the_source = getattr(error, "sqlite_errorcode", 0) in _OF_THE_SOURCE
        if primary_code(error) not in _OF_THE_TARGET or of_the_source:
            raise
        with refusals(target):
            raise
