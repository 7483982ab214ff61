"""Putting another database in the place of one, in one step, and keeping the old one.

At every moment there is a whole database at the path: the old one until the rename, the new one after it.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.errors import HallyuError
from knowledge.store.sqlite.connection import BUSY_MS
from knowledge.store.sqlite.files import address, logs_of, remove_beside, to_disk
from knowledge.store.sqlite.refusals import primary_code, refusals

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


def replace_database(made: Path, path: Path, kept: Path) -> bool:
    """Moves the finished database `made`, one file in the same folder, to `path`; the old one is at `kept` then.

    To be called by who holds the folder's lock. False where there was no old one. Raises `HallyuError` where a
    reader holds the old one, `OSError` for what the disk refuses; both leave the old one in place.
    """
    _use_wal(made)
    existed = path.exists()
    if existed:
        _settle(path)
        _keep(path, kept)
    remove_beside(path)
    os.replace(made, path)
    to_disk(path.parent)
    return existed


def _use_wal(made: Path) -> None:
    """Turns write-ahead logging on before it is in place: a writer that is killed while doing so leaves a
    database that readers cannot open until the next one has been there."""
    with refusals(made), closing(sqlite3.connect(address(made, mode="rw"), uri=True, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
    to_disk(made)


def _settle(path: Path) -> None:
    """Puts into the database what its log holds. A damaged one cannot do that: it is kept with its log."""
    try:
        with closing(sqlite3.connect(address(path, mode="rw"), uri=True, isolation_level=None)) as old:
            old.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()  # rolls back what a crash left
            busy, *_ = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        busy = primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if busy:
        raise HallyuError(f"Another program holds {path}. Close it and try again. Nothing was changed.")


def _keep(path: Path, kept: Path) -> None:
    """Gives the old database, and its log where it has one, a second name, so that the first can be taken over."""
    for log in logs_of(path):
        if log.stat().st_size:
            _link(log, kept.with_name(kept.name + log.name.removeprefix(path.name)))
    _link(path, kept)
    to_disk(path.parent)


def _link(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(path, name)
        to_disk(name)
