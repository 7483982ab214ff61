"""A wall clock that can be set to any hour while the process runs; the pace of time stays as it is."""

from __future__ import annotations

import datetime
import signal
import sys
import time
from pathlib import Path
from typing import Any

_real_time, _real_datetime = time.time, datetime.datetime


class _Kind(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real_datetime)


class Clock:
    """Ahead by as many seconds as the file says, which is read again on SIGUSR1."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = 0.0

    def read(self, *_: object) -> None:
        self._ahead = float(self._file.read_text(encoding="ascii"))

    def time(self) -> float:
        return _real_time() + self._ahead

    def install(self) -> None:
        """Everything in this process reads this clock from now on, as far as it is imported."""
        clock = self

        class Set(_real_datetime, metaclass=_Kind):
            @classmethod
            def now(cls, tz: datetime.tzinfo | None = None) -> Any:
                return cls.fromtimestamp(clock.time(), tz)

        time.time = clock.time
        datetime.datetime = Set  # type: ignore[misc]
        for module in list(sys.modules.values()):
            if getattr(module, "datetime", None) is _real_datetime:
                module.datetime = Set  # type: ignore[attr-defined]
        self.read()
        signal.signal(signal.SIGUSR1, self.read)
