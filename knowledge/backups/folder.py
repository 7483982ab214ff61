"""The folder that backups are in: their names, what a broken-off one left behind, and which are the oldest.

A backup is a folder `hallyu-YYYYMMDD-HHMMSS` (UTC). Whatever begins with a dot and ends with `.part` is not whole.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from knowledge.backups.manifest import MANIFEST
from knowledge.errors import HallyuError
from knowledge.store import Locked, inherit_owner, writer_lock, writing_to

_NAME = re.compile(r"hallyu-(\d{8}-\d{6})(?:-(\d+))?")
_TIME = "%Y%m%d-%H%M%S"


def time_in_name(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)


def unused(folder: Path, name: str, ending: str = "") -> Path:
    """A path in the folder that nothing is at: the name, or the name with a number."""
    path, number = folder / f"{name}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{ending}"
    return path


def backups_in(folder: Path) -> list[Path]:
    """Every whole backup, the oldest first. Raises `HallyuError` for a folder that may not be looked into."""
    with writing_to(folder):
        found = [(match.group(1), int(match.group(2) or 1), path) for path, match in _named(folder)]
    return [path for *_, path in sorted(found)]


def made_at(backup: Path) -> datetime:
    """When a backup was begun, by its name."""
    match = _NAME.fullmatch(backup.name)
    if match is None:
        raise ValueError(f"no backup's name: {backup.name}")
    return datetime.strptime(match.group(1), _TIME).replace(tzinfo=UTC)


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Makes the folder, for its owner's eyes only, keeps others from making backups there, and clears up.

    Raises `HallyuError` where it cannot be written, `Locked` where another backup is being made there.
    """
    _refuse_file(folder)
    with writing_to(folder):
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            inherit_owner(folder)
    with _held(folder):
        for leftover in folder.glob(".hallyu-*.part"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


def _refuse_file(folder: Path) -> None:
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise HallyuError(f"Backups cannot be written into {folder}, which is no folder. Name another one.")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(writer_lock(folder, "folder for backups"))
        except Locked:
            raise Locked(
                f"Another Hallyu is writing in {folder}. Wait until it is done, or name another folder."
            ) from None
        yield


def delete_oldest(folder: Path, keep: int, new: Path) -> list[Path]:
    """Deletes all but the latest `keep` backups, never the `new` one; which."""
    old = [backup for backup in backups_in(folder) if backup != new]
    gone = old[: max(0, len(old) - (keep - 1))]
    for backup in gone:
        broken = backup.with_name(f".{backup.name}.part")  # at no moment does half of one have a backup's name
        os.rename(backup, broken)
        shutil.rmtree(broken)
    return gone


def _named(folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        # A link leads to what lies elsewhere, which is kept or deleted there.
        if (match := _NAME.fullmatch(path.name)) and not path.is_symlink() and (path / MANIFEST).is_file():
            yield path, match
