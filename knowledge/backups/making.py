"""Making a backup: a copy of the database and a manifest, beside a running bot, whole or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from knowledge.backups.folder import delete_oldest, opened, time_in_name, unused
from knowledge.backups.manifest import DATABASE, FORMAT, MANIFEST, Manifest, as_text, file_of
from knowledge.errors import HallyuError
from knowledge.store import (
    Clock,
    Stop,
    copy_database,
    examine,
    inherit_owner,
    never,
    stamp,
    to_disk,
    utc_now,
    writing_to,
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and verified, and the older ones that were deleted for it."""

    path: Path
    manifest: Manifest
    deleted: tuple[Path, ...] = ()

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.manifest.files.values())


def make_backup(
    database: Path, folder: Path, keep: int | None = None, *, clock: Clock = utc_now, stop: Stop = never
) -> Backup:
    """Backs the database up into the folder; deletes all but the latest `keep` backups once the new one is verified.

    Blocks, so it belongs into a thread where an event loop runs. Raises `HallyuError`, with nothing half made, when
    there is no database, it is not sound, or the disk refuses; `Stopped` where `stop` says so.
    """
    if not os.path.isfile(database):
        raise HallyuError(f"There is no knowledge at {database} yet, so there is nothing to back up.")
    _refuse_data_folder(folder, database)
    with opened(folder):
        path = unused(folder, f"hallyu-{time_in_name(clock())}")
        with _whole(path) as made:
            manifest = _fill(made, database, clock, stop)
        deleted = () if keep is None else _without_oldest(folder, keep, path)
    return Backup(path, manifest, deleted)


def _refuse_data_folder(folder: Path, database: Path) -> None:
    """A folder is held while backups are made in it, and the data folder by the bot that runs."""
    if os.path.exists(folder) and os.path.samefile(folder, database.parent):
        raise HallyuError(
            f"{folder} is the data folder itself. Name another folder for backups, such as {folder / 'backups'}."
        )


def _without_oldest(folder: Path, keep: int, new: Path) -> tuple[Path, ...]:
    try:
        return tuple(delete_oldest(folder, keep, new))
    except OSError as error:
        why = error.strerror or error
        raise HallyuError(f"{new} is made, but older ones could not be deleted ({why}).") from error


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A folder to fill, which is at `path` afterwards; nothing stays where filling it failed."""
    part = path.with_name(f".{path.name}.part")
    try:
        with writing_to(path):
            part.mkdir(mode=0o700)
            yield part
            inherit_owner(part, *part.iterdir())
            to_disk(part)
            os.rename(part, path)
            to_disk(path.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _fill(made: Path, database: Path, clock: Clock, stop: Stop) -> Manifest:
    moment = stamp(clock())
    copy_database(database, made / DATABASE, stop)
    found = examine(made / DATABASE, frozen=True, stop=stop)
    if found.faults:
        faults = "; ".join(f"{check.part}: {check.what}" for check in found.faults)
        raise HallyuError(f"No backup was made, since {database} is not sound. {faults}. Restore an earlier backup.")
    manifest = Manifest(
        format=FORMAT,
        made_at=moment,
        hallyu=version("hallyu"),
        schema=found.version,
        records=found.records,
        revisions=found.revisions,
        pack=found.pack,
        files={DATABASE: file_of(made / DATABASE)},
    )
    with open(made / MANIFEST, "x", encoding="utf-8", opener=_for_its_owner) as file:
        file.write(as_text(manifest))
    to_disk(made / MANIFEST)
    return manifest


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
