"""What a backup says about itself: where it comes from, what is in it, and the checksum of its file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "hallyu.db"
_SEAL = "checksum"
_LONGEST = 65_536
"""Bytes of a manifest that are read; one has some 500."""


class Newer(ValueError):
    """A manifest in a format of a later Hallyu's."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is an ISO time in UTC, `hallyu` the version that made it, `schema` the version of the database, `pack`
    the digest of the bundled knowledge."""

    format: int
    made_at: str
    hallyu: str
    schema: int
    records: int
    revisions: int
    pack: str | None
    files: Mapping[str, File]


def as_text(manifest: Manifest) -> str:
    """JSON with a checksum over itself."""
    content = asdict(manifest)
    return json.dumps(content | {_SEAL: _seal(content)}, indent=1) + "\n"


def from_text(text: str) -> Manifest:
    """The reverse of `as_text`. Raises `Newer` for a later format, `ValueError` for anything else, be it one changed
    space."""
    try:
        content = dict(json.loads(text))
        _refuse_newer(content["format"])
        content.pop(_SEAL)
        files = {str(name): File(**fields) for name, fields in content.pop("files").items()}
        manifest = Manifest(**content, files=files)
        same = as_text(manifest) == text and _is_of_a_backup(manifest)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no manifest of a backup") from error
    if not same:
        raise ValueError("the manifest was changed")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Raises `OSError` where it cannot be read, `Newer` or `ValueError` where it is none of this Hallyu's."""
    path = folder / MANIFEST
    if path.exists() and not path.is_file():
        raise ValueError("no file, and reading it may never end")
    with path.open("rb") as opened:
        return from_text(opened.read(_LONGEST).decode("utf-8"))


def _refuse_newer(format: object) -> None:
    """Comes first: what else a later format holds is not known."""
    if isinstance(format, int) and format > FORMAT:
        raise Newer


def _is_of_a_backup(manifest: Manifest) -> bool:
    """Whether a backup was ever made with this: anybody can write a checksum to words and paths of their own."""
    return (
        manifest.format == FORMAT
        and set(manifest.files) == {DATABASE}
        and datetime.fromisoformat(manifest.made_at).isoformat() == manifest.made_at
        and manifest.hallyu.isprintable()
    )


def file_of(path: Path) -> File:
    """A file as it lies on the disk."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return File(path.stat().st_size, digest)


def _seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
