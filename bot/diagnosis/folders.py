"""The data folder, the disk it is on, and who may read the secrets."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.diagnosis.finding import Finding
from bot.settings import Settings
from knowledge.store import file_system_of, is_shared

LEAST_DISK = 200 * 2**20
"""Bytes that should be free beside the database."""

_FOR_OTHERS = 0o004
"""The bit of a file's mode by which everybody may read it."""


def data_folder(settings: Settings) -> Finding:
    """Whether this user may write it, and the database and its companions in it."""
    folder = settings.data_dir
    nearest = _nearest(folder)
    refused = [nearest] if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)) else _unwritable(folder)
    remedy = f"{refused[0]} cannot be written. Change its owner, or set HALLYU_DATA_DIR." if refused else ""
    return Finding("Data folder", not refused, str(folder), remedy)


def file_system(settings: Settings) -> Finding:
    kind = file_system_of(_nearest(settings.data_dir))
    return Finding(
        "File system",
        not is_shared(kind),
        kind or "not known on this system",
        "SQLite is damaged on network and shared folders. Set HALLYU_DATA_DIR to a local disk or a named volume.",
    )


def disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_nearest(settings.data_dir)).free
    return Finding(
        "Disk", free >= LEAST_DISK, f"{free // 2**20} MB free", "Free some space: a full disk takes no writes."
    )


def secrets(settings: Settings) -> Finding:
    """Whether other users of this machine can read the token's file. In a container there are none."""
    named = [path for path in (Path(".env"), settings.token_file) if path and not path.is_relative_to("/run/secrets")]
    open_to_all = [path for path in named if os.path.isfile(path) and path.stat().st_mode & _FOR_OTHERS]
    said = f"{open_to_all[0]} can be read by every user" if open_to_all else "for their owner only"
    return Finding("Secrets", not open_to_all, said, f"Run: chmod 600 {open_to_all[0]}" if open_to_all else "")


def _unwritable(folder: Path) -> list[Path]:
    names = ("hallyu.db", "hallyu.db-wal", "hallyu.db-shm", "hallyu.lock")
    return [folder / name for name in names if os.path.exists(folder / name) and not os.access(folder / name, os.W_OK)]


def _nearest(folder: Path) -> Path:
    """The folder, or what is there of the path to it."""
    return next(path for path in (folder, *folder.absolute().parents) if os.path.exists(path))
