"""The interpreter, the database library, and the memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.diagnosis.finding import Finding
from knowledge.store import sqlite_version

LEAST_PYTHON = (3, 11)
LEAST_SQLITE = (3, 37, 0)
"""The first with strict tables."""

SAFE_SQLITE = (3, 51, 3)
"""First version without the WAL-reset bug, which needs two writing connections; Hallyu has only one."""

LEAST_MEMORY = 400 * 2**20
"""Bytes: the most that a running bot needs at its peak."""

_TOTAL = Path("/proc/meminfo")
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""What a container may use, in the two versions of cgroups."""


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", tuple(sys.version_info[:2]) >= LEAST_PYTHON, version, "Install Python 3.11 or newer.")


def sqlite() -> Finding:
    version = sqlite_version()
    parts = tuple(int(part) for part in version.split(".")[:3])
    said = version if parts >= SAFE_SQLITE else f"{version} (safe here: Hallyu writes through one connection)"
    return Finding(
        "SQLite", parts >= LEAST_SQLITE, said if parts >= LEAST_SQLITE else version, "Use a Python with SQLite 3.37+."
    )


def memory() -> Finding:
    """Of the machine or, where that is less, what a container may use."""
    sizes = list(_sizes())
    if not sizes:
        return Finding("Memory", True, "not known on this system")
    size = min(sizes)
    return Finding(
        "Memory", size >= LEAST_MEMORY, f"{size // 2**20} MB", "Hallyu needs 400 MB: raise the limit, or add memory."
    )


def _sizes() -> Iterator[int]:
    for path in _LIMITS:
        if (text := _read(path).strip()).isdecimal():
            yield int(text)
    for line in _read(_TOTAL).splitlines():
        if line.startswith("MemTotal:"):
            yield int(line.split()[1]) * 1024


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
