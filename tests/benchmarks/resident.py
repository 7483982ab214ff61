"""What a process holds in memory. MB are 10^6 bytes; pages of mapped files count, too."""

from __future__ import annotations

import re
from pathlib import Path

import psutil


def resident_mb(pid: int) -> float:
    """What is resident now."""
    return float(psutil.Process(pid).memory_info().rss) / 1e6


def peak_mb(pid: int) -> float:
    """The most that has ever been resident in the life of the process, as Linux notes it: see proc_pid_status(5)."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else float("nan")
