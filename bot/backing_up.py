"""Backups by the running bot, as often as the settings say."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.settings import Settings
from knowledge.backups import Backup, backups_in, made_at, make_backup
from knowledge.errors import HallyuError

log = structlog.stdlib.get_logger(__name__)

AGAIN = timedelta(hours=1)
"""At the latest after a backup that failed."""

Now = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


async def back_up_regularly(settings: Settings, now: Now = _now) -> None:
    """Makes a backup whenever the latest is as old as `HALLYU_BACKUP_HOURS` says, for as long as the bot runs."""
    if not settings.backup_hours:
        return
    every = timedelta(hours=settings.backup_hours)
    while True:
        try:
            await asyncio.sleep(_until_due(settings.backups, every, now()).total_seconds())
            made = await _in_a_thread(settings, now)
            log.info("backup.made", path=str(made.path), bytes=made.bytes, deleted=len(made.deleted))
        except HallyuError as error:
            log.error("backup.failed", cause=str(error))
            await asyncio.sleep(min(every, AGAIN).total_seconds())


def _until_due(folder: Path, every: timedelta, now: datetime) -> timedelta:
    """Counted from the latest backup, so that a bot that is restarted often makes them too."""
    backups = backups_in(folder)
    if not backups:
        return timedelta()
    # One that is dated in the future, as after a clock that was wrong, puts the next one off by no more than usual.
    return min(every, max(timedelta(), made_at(backups[-1]) + every - now))


async def _in_a_thread(settings: Settings, now: Now) -> Backup:
    """Leaves the event loop free. Cancelled, it tells the thread to give up, which it does within moments."""
    stop = threading.Event()

    def work() -> Backup:
        return make_backup(settings.database, settings.backups, settings.backup_keep, clock=now, stop=stop.is_set)

    try:
        return await asyncio.to_thread(work)
    finally:
        stop.set()
