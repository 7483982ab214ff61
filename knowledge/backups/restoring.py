"""Putting a backup in the place of the database: verified first, and the old one kept.

A crash at any moment leaves the old database or the new one, whole. What it may leave besides is a copy that was not
finished, or a second name of the database; the next restore removes both.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.backups.folder import time_in_name, unused
from knowledge.backups.manifest import DATABASE, file_of
from knowledge.backups.verifying import Verified, verify
from knowledge.errors import HallyuError
from knowledge.store import (
    Clock,
    copy_database,
    examine,
    inherit_owner,
    logs_of,
    remove_database,
    replace_database,
    to_disk,
    utc_now,
    writer_lock,
    writing_to,
)

_PART = "hallyu-restoring.part"
_KEPT = "hallyu-replaced-"


class NotSound(HallyuError):
    """A backup that must not be restored."""

    def __init__(self, verified: Verified) -> None:
        faults = "; ".join(f"{check.part}: {check.what}" for check in verified.checks if not check.fine)
        super().__init__(f"{verified.path} is not restored, since it is not sound. {faults}. Nothing was changed.")
        self.verified = verified


@dataclass(frozen=True, slots=True)
class Restored:
    """What was verified and put in place, and where the database is that was there before."""

    verified: Verified
    kept: Path | None


def restore(source: Path, database: Path, *, clock: Clock = utc_now) -> Restored:
    """Verifies the backup `source`, then makes it the database. Raises `NotSound`, `Locked` where a bot runs, and
    `HallyuError` for what the disk refuses; nothing is changed then."""
    if os.path.exists(database) and os.path.exists(source) and os.path.samefile(source, database):
        raise HallyuError(f"{source} is the database that is in use. Name a backup.")
    verified = verify(source)
    if not verified.fine:
        raise NotSound(verified)
    with writer_lock(database.parent), writing_to(database):
        _clear(database)
        made = database.with_name(_PART)
        try:
            _copy(verified, made)
            inherit_owner(made)
            kept = unused(database.parent, f"{_KEPT}{time_in_name(clock())}", ".db")
            existed = replace_database(made, database, kept)
        finally:
            remove_database(made)
    return Restored(verified, kept if existed else None)


def _clear(database: Path) -> None:
    """Removes what a restore that was killed left: its copy, and a second name of the database that it did not
    replace."""
    remove_database(database.with_name(_PART))
    for kept in database.parent.glob(f"{_KEPT}*.db"):
        with suppress(FileNotFoundError):
            if kept.samefile(database):
                kept.unlink()


def _copy(verified: Verified, made: Path) -> None:
    """The backup's database as one file that is on the disk, looked at once more.

    Where a manifest says what the file is, a log beside it is no part of the backup: something opened it there."""
    manifest = verified.manifest
    if manifest is None and list(logs_of(verified.database)):
        copy_database(verified.database, made)
    else:
        made.touch(mode=0o600)
        shutil.copyfile(verified.database, made)
        to_disk(made)
    if file_of(made) != manifest.files[DATABASE] if manifest else examine(made, frozen=True).faults:
        raise HallyuError(f"{verified.path} changed while it was copied. Nothing was changed; try again.")
