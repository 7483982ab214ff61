"""The lock that makes one process the writer of a data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import HallyuError
from knowledge.store.sqlite.files import inherit_owner

LOCK_FILE = "hallyu.lock"


class Locked(HallyuError):
    """Another process writes in the folder."""


@contextmanager
def writer_lock(folder: Path, kind: str = "data folder") -> Iterator[None]:
    """Holds the lock of `folder`, which is made if need be, and is called its `kind` to people. Never waits.

    Raises `Locked` if another process, or another store in this one, holds it, `HallyuError` if the folder is
    unwritable.
    """
    lock = FileLock(folder / LOCK_FILE, thread_local=False)
    try:
        _acquire(lock, folder, kind)
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, folder: Path, kind: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
        inherit_owner(folder / LOCK_FILE)
    except Timeout:
        raise Locked(f"Another Hallyu is already writing in {folder}. Stop it, or choose another folder.") from None
    except (OSError, NotImplementedError) as error:
        raise HallyuError(f"The {kind} {folder} cannot be written. Check that it is a folder of yours.") from error
