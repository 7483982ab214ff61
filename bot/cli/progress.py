"""Long work as it goes on: a bar in a terminal, now and then a line elsewhere."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli.terminal import console, note, progress_bar

if TYPE_CHECKING:
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
    lines = _Lines(label)
    yield lines.report


class _Lines:
    """The pace is that since the first report: what comes before is loading."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._begun: tuple[float, int] | None = None
        self._last = time.monotonic()

    def report(self, done: int, total: int) -> None:
        now = time.monotonic()
        since, at = self._begun = self._begun or (now, done)
        if done >= total or now - self._last >= EVERY_SECONDS:
            self._last = now
            left = (now - since) * (total - done) / (done - at) if done > at else 0.0
            note(f"{self._label}: {done} of {total}{_left(left)}")


def _left(seconds: float) -> str:
    if seconds < 1:
        return ""
    return f", about {math.ceil(seconds / 60)} min left" if seconds > 90 else f", about {math.ceil(seconds)} s left"
