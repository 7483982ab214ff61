"""The files of a database as files: what SQLite puts beside one, and what it takes that a name survives a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LOGS = ("-wal", "-journal")
"""Beside a database: what is not in it yet, or not out of it. Beside another one they would destroy it."""

_SHARED_MEMORY = "-shm"


def logs_of(path: Path) -> Iterator[Path]:
    """The logs that lie beside a database."""
    beside = (path.with_name(path.name + ending) for ending in LOGS)
    return (log for log in beside if log.exists())


def remove_beside(path: Path) -> None:
    """Removes what belongs to the database that was at `path`."""
    for ending in (*LOGS, _SHARED_MEMORY):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def remove_database(path: Path) -> None:
    """Removes a database and what is beside it, as far as there is any."""
    path.unlink(missing_ok=True)
    remove_beside(path)


def to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def inherit_owner(*paths: Path) -> None:
    """Where root works in the folders of the user who runs the bot, what root makes there is that user's."""
    if os.geteuid() == 0:
        for path in paths:
            owner = path.parent.stat()
            os.chown(path, owner.st_uid, owner.st_gid)


def address(path: Path, **options: str) -> str:
    """The URI of a database, for `sqlite3.connect`."""
    return f"{path.absolute().as_uri()}?" + "&".join(f"{name}={value}" for name, value in options.items())
