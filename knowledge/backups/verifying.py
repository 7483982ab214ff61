"""Looking at a backup: is it what was written, and can it be relied on?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.backups.manifest import DATABASE, MANIFEST, File, Manifest, Newer, file_of, read_manifest
from knowledge.errors import HallyuError
from knowledge.store import Check, Examination, examine, logs_of


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at. `manifest` is None for a database by itself, such as one that was kept at an upgrade."""

    path: Path
    database: Path
    checks: tuple[Check, ...]
    manifest: Manifest | None = None

    @property
    def fine(self) -> bool:
        return all(check.fine for check in self.checks)


def verify(path: Path) -> Verified:
    """Looks at a backup, or at a database by itself, and changes nothing. Raises `HallyuError` for what is neither."""
    if os.path.isfile(path):
        return Verified(path, path, examine(path, frozen=not list(logs_of(path))).checks)
    if not os.path.isdir(path):
        raise HallyuError(f"There is no backup at {path}. `hallyu backup` makes one.")
    try:
        manifest = read_manifest(path)
    except FileNotFoundError:
        return _faulty(path, f"there is none in {path}. A database by itself is named as a file: {path / DATABASE}")
    except OSError as error:
        return _faulty(path, f"cannot be read ({error.strerror})")
    except Newer:
        return _faulty(path, "of a newer Hallyu. Upgrade Hallyu")
    except ValueError:
        return _faulty(path, f"{MANIFEST} is damaged")
    return Verified(path, path / DATABASE, tuple(_checks(path, manifest)), manifest)


def verify_live(database: Path) -> Verified:
    """Looks at the database of a data folder, beside a running bot or without one."""
    if not os.path.isfile(database):
        raise HallyuError(f"There is no knowledge at {database} yet, so there is nothing to verify.")
    return Verified(database, database, examine(database, frozen=False).checks)


def _faulty(path: Path, what: str) -> Verified:
    return Verified(path, path / DATABASE, (Check("Manifest", False, what),))


def _checks(path: Path, manifest: Manifest) -> Iterator[Check]:
    yield Check("Manifest", True, f"made {manifest.made_at} by Hallyu {manifest.hallyu}")
    checksums = _checksums(path, manifest)
    yield checksums
    if checksums.fine:
        found = examine(path / DATABASE, frozen=True)
        yield from found.checks
        yield _counts(found, manifest)


def _checksums(path: Path, manifest: Manifest) -> Check:
    same = _is(path / DATABASE, manifest.files[DATABASE])
    return Check("Checksums", same, f"{DATABASE} is {'' if same else 'missing or not '}what was written")


def _is(path: Path, file: File) -> bool:
    try:
        return path.is_file() and path.stat().st_size == file.bytes and file_of(path) == file
    except OSError:
        return False


def _counts(found: Examination, manifest: Manifest) -> Check:
    same = (found.version, found.records, found.revisions, found.pack) == (
        manifest.schema,
        manifest.records,
        manifest.revisions,
        manifest.pack,
    )
    return Check("Contents", same, "as the manifest says" if same else "not what the manifest says")
