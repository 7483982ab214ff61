"""Logging: structlog for ours, the standard library's records (discord.py's) through the same formatter."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import TracebackType
from typing import Any

import structlog

from bot.settings import LogFormat, LogLevel

_SECRETS = re.compile(
    r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # a bot token
    r"|(?<=/webhooks/)\d+/[^/?#\s\"']+"  # a webhook's or an interaction's token
    r"|(?<=/interactions/)\d+/[^/?#\s\"']+"
    r"|aW50ZXJhY3Rpb246[\w=+/-]+"  # an interaction's token by itself: "interaction:" in base64
    r"|(?<=://)[^/?#\s\"'@]*:[^/?#\s\"'@]+(?=@)"  # a password in an address, as of a proxy
)

_SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

_TALKATIVE = ("aiosqlite", "discord")
"""At DEBUG they log what people write and who they are: events, request bodies, SQL with its values."""

log = structlog.stdlib.get_logger(__name__)


def configure_logs(level: LogLevel, form: LogFormat) -> None:
    """Sets up logging for the process, to stderr, what ends a process or a thread included."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.INFO, root.level))
    logging.raiseExceptions = False  # it prints a faulty record as it is, past the formatter
    logging.captureWarnings(True)
    sys.excepthook = _log_crash
    threading.excepthook = lambda crash: _log_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)


def redact(_: Any, __: str, line: str) -> str:
    """Blots out whatever has the shape of a token, wherever it stands in a line that is ready to be written."""
    return _SECRETS.sub("[redacted]", line)


def _formatter(form: LogFormat) -> logging.Formatter:
    processors: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
        redact,
    ]
    before = [*_SHARED, structlog.stdlib.ExtraAdder()]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=processors)


def _log_crash(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    if not isinstance(error, Exception):
        sys.__excepthook__(kind, error or kind(), traceback)
    else:
        log.critical("crashed", exc_info=(kind, error, traceback))
