"""What a start has to know of the sessions before it: a small file in the data folder.

It is no part of the database, which may be read-only or full while the bot still answers. A file that is missing or
broken says nothing, and one that cannot be written is not missed until the next start.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path

RECORD = "sessions.json"
"""Its name in the data folder."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Sessions:
    """How many sessions in a row have not proved themselves, and when the last one was begun, in seconds of the wall
    clock since 1970."""

    short: int = 0
    began: float = 0.0


def read_sessions(path: Path) -> Sessions:
    """What the file says; nothing where it is missing or holds something else."""
    try:
        found = json.loads(path.read_bytes())
        short, began = int(found["short"]), float(found["began"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Sessions()
    if not 0 <= short <= _MOST or not math.isfinite(began):
        return Sessions()
    return Sessions(short, began)


def write_sessions(path: Path, sessions: Sessions) -> None:
    """Puts the file in its place whole. Raises `OSError`."""
    made = path.with_suffix(".part")
    made.write_text(json.dumps(asdict(sessions)), encoding="ascii")
    os.replace(made, path)
