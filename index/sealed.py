"""Files of the cache folder: whole or not there, with a checksum in front, always safe to delete."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_DIGEST = 32


def read_sealed(path: Path) -> bytes | None:
    """What was written; None where the file is absent or its checksum is wrong."""
    try:
        with path.open("rb", buffering=0) as file:
            digest, body = file.read(_DIGEST), file.read()
    except OSError:
        return None
    return body if hashlib.sha256(body).digest() == digest else None


def write_sealed(path: Path, body: bytes) -> None:
    """Replaces the file in one step. Raises `OSError` where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        made = Path(scratch) / path.name
        made.write_bytes(hashlib.sha256(body).digest() + body)
        os.replace(made, path)
