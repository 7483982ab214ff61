"""How the process ends: what is under way is finished within seconds, a second signal ends it at once.

Nothing depends on an orderly end: whatever was acknowledged is on disk, and the next start finds everything whole.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import structlog

from bot.under_way import Tell, UnderWay

log = structlog.stdlib.get_logger(__name__)

FINISHING_SECONDS = 5.5
"""For the answers, forms and changes that are under way; those that take longer are given up and told so."""

LONGEST_SECONDS = 9.5
"""From the signal to the end, whatever hangs: `docker stop` kills after 10."""

SAYING_SECONDS = 0.2

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""

    def __init__(self, under_way: UnderWay, tell: Tell) -> None:
        self._under_way = under_way
        self._tell = tell
        self._signalled = asyncio.Event()
        self._overdue = threading.Timer(LONGEST_SECONDS, _end, (1, "bot.stop_overdue"))
        self._overdue.daemon = True

    async def wait(self) -> None:
        """Until the process is told to stop."""
        await self._signalled.wait()

    async def finish(self) -> None:
        """Lets the interactions under way come to their end while Discord and the store can still be reached."""
        if given_up := await self._under_way.finish(FINISHING_SECONDS, self._tell):
            log.warning("bot.answers_given_up", count=given_up)

    def told(self, number: int) -> None:
        """The first signal: from now on nothing more is taken, and time runs."""
        log.info("bot.stopping", signal=signal.Signals(number).name, under_way=len(self._under_way))
        for each in SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(each)
            # Not the default action: in a container the process has number 1, for which the kernel drops it.
            signal.signal(each, lambda again, _: _end(128 + again, "bot.stopped_at_once"))
        self._overdue.start()
        self._under_way.closing = True
        self._signalled.set()


@contextmanager
def stopping(under_way: UnderWay, tell: Tell) -> Iterator[Stop]:
    """Listens to the signals from now on."""
    stop = Stop(under_way, tell)
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.told, number)
    yield stop


def leave() -> NoReturn:
    """Ends the process, exit code 0, once everything is closed. Python would free some 250 MB object by object before:
    half a second of a processor of its own, measured, and several where others want it too."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


def _end(code: int, why: str) -> None:
    said = threading.Thread(target=log.critical, args=(why,), daemon=True)
    said.start()
    said.join(SAYING_SECONDS)  # what hangs may be the log itself
    os._exit(code)
