"""What lies in a folder, to be compared."""

from __future__ import annotations

import hashlib
from pathlib import Path


def snapshot(folder: Path) -> dict[str, str]:
    """A digest of each file and link, and a mark for each folder, by its path below `folder`.

    Left out is what SQLite puts beside a database that is only read: shared memory, and an empty log.
    """
    paths = (path for path in sorted(folder.rglob("*")) if not path.name.endswith("-shm"))
    kept = (path for path in paths if not path.name.endswith("-wal") or path.stat().st_size)
    return {path.relative_to(folder).as_posix(): _content(path) for path in kept}


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"to {path.readlink()}"
    return "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
