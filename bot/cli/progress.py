"""Long work as it goes on: a bar in a terminal, now and then a line elsewhere."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.terminal import console, note, progress_bar
from index.loading import Progress

EVERY_SECONDS = 10.0
"""Between two lines."""


@contextmanager
def told(label: str) -> Iterator[Progress]:
    """Reports on stderr how far it is and how long it will take."""
    if console(stderr=True).is_terminal:
        with progress_bar(label) as bar:
            yield bar
        return
    began = last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done >= total or now - last >= EVERY_SECONDS:
            last = now
            note(f"{label}: {done} of {total}{_left((now - began) * (total - done) / done)}")

    yield report


def _left(seconds: float) -> str:
    if seconds < 1:
        return ""
    return f", about {math.ceil(seconds / 60)} min left" if seconds > 90 else f", about {math.ceil(seconds)} s left"
