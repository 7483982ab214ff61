"""What logging changes for a whole process, put back for the next test."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def logging_restored() -> Iterator[None]:
    """Undoes `bot.logs.configure_logs` at its end."""
    root = logging.getLogger()
    handlers, level, raises, config = root.handlers[:], root.level, logging.raiseExceptions, structlog.get_config()
    hooks = (sys.excepthook, threading.excepthook)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        logging.raiseExceptions = raises
        root.handlers[:] = handlers
        root.setLevel(level)
        sys.excepthook, threading.excepthook = hooks
        structlog.configure(**config)
