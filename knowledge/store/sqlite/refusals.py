"""What the database or the disk refuses, in words for people."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import HallyuError, Unwritable

_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk with {path} is full. Nothing was changed; free some space and try again.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written. Nothing was changed; check who owns the file and its folder.",
    sqlite3.SQLITE_PERM: "{path} cannot be written. Nothing was changed; check who owns the file and its folder.",
    sqlite3.SQLITE_BUSY: "Another program holds {path}. Close it and try again.",
    sqlite3.SQLITE_LOCKED: "Another program holds {path}. Close it and try again.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Restore a backup, or move the file away to start anew.",
    sqlite3.SQLITE_NOTADB: "{path} is no Hallyu database, or it is damaged. Restore a backup, or move the file away.",
    sqlite3.SQLITE_IOERR: "The disk failed at {path}. Nothing was changed; check the disk, then try again.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Check that its folder exists and may be read and written.",
}


_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "refused.disk_full",
    sqlite3.SQLITE_READONLY: "refused.not_writable",
    sqlite3.SQLITE_PERM: "refused.not_writable",
    sqlite3.SQLITE_BUSY: "refused.not_writable",
    sqlite3.SQLITE_LOCKED: "refused.not_writable",
    sqlite3.SQLITE_IOERR: "refused.not_writable",
}
"""What a person is told whose change was not written."""


def primary_code(error: sqlite3.Error) -> int:
    """The primary result code, which SQLite's extended ones carry in their low byte; 0 where SQLite gave none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


@contextmanager
def refusals(path: Path, *, writing: bool = False) -> Iterator[None]:
    """Turns what SQLite refuses into `HallyuError`, where something is `writing` into `Unwritable`; a defect of ours,
    such as wrong SQL, passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        primary = primary_code(error)
        if primary not in _SENTENCES:
            raise
        sentence = _SENTENCES[primary].format(path=path)
        if writing and primary in _UNWRITABLE:
            raise Unwritable(_UNWRITABLE[primary], sentence) from error
        raise HallyuError(sentence) from error


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turns what the disk refuses when files are written, an `OSError`, into `HallyuError`."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise HallyuError(_SENTENCES[sqlite3.SQLITE_FULL].format(path=path)) from error
        raise HallyuError(f"{path} cannot be written ({error.strerror or error}). Nothing was changed.") from error
