"""The use case behind `/status`: how the bot is, and what one server has asked and holds. Nothing of other servers."""

from __future__ import annotations

import asyncio
import contextlib
import platform
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import PurePath
from typing import TypeVar

import structlog

from bot.compose import Knowing
from bot.models import model_name
from bot.settings import Settings
from bot.watching.pulse import Pulse
from bot.watching.readiness import parts_of
from bot.watching.report import DAYS, Disk, Health, Report, Versions, Writes
from bot.watching.tallying import Tallying
from knowledge.backups import backups_in, made_at
from knowledge.errors import HallyuError
from knowledge.store import sqlite_version, stamp

T = TypeVar("T")

WRITE_SECONDS = 0.7
READ_SECONDS = 1.0
"""What the database may take, so that the card is there within the 3 seconds in which people expect it."""

PROBE = "status"
"""The note that is written to see whether anything can be."""

log = structlog.stdlib.get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Status:
    """Gathers; never raises for what is wrong, since that is what it is asked for."""

    def __init__(
        self,
        known: Knowing,
        settings: Settings,
        pulse: Pulse,
        tallying: Tallying,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._known = known
        self._settings = settings
        self._pulse = pulse
        self._tallying = tallying
        self._now = now
        self._since = now()
        self._versions = _versions(known, settings)
        self.parts = parts_of(known.store, known.index, known.engine, pulse)

    async def of(self, guild: int) -> Report:
        """How things are for an admin of this guild."""
        writes = await self._writes()  # first, so that the counts below are those up to now
        counts = self._known.store.counts
        asked, figures, disk, health = await asyncio.gather(
            _in_time(counts.days(guild, DAYS)),
            _in_time(counts.figures(guild)),
            asyncio.to_thread(self._disk),
            self._health(guild),
        )
        return Report(asked, figures, writes, health, disk, self._versions, self._since)

    async def _writes(self) -> Writes:
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await self._tallying.flush()
                await self._known.store.keep_note(PROBE, stamp(self._now()))
        except TimeoutError:
            return "slow"
        except HallyuError as error:
            log.warning("status.not_written", cause=str(error))
            return "refused"
        return "fine"

    async def _health(self, guild: int) -> Health:
        ready = dict(zip(self.parts, await asyncio.gather(*(check() for check in self.parts.values())), strict=True))
        pulse, index = self._pulse, self._known.index
        return Health(
            ready=ready,
            alive=pulse.alive,
            silence=pulse.silence,
            latency_ms=pulse.latency_ms,
            lag_ms=pulse.lag_ms,
            waiting=self._known.engine.waiting,
            indexed=(index.sizes[0], index.size(guild)),
        )

    def _disk(self) -> Disk:
        settings = self._settings
        free: int | None = None
        size: int | None = None
        with contextlib.suppress(OSError):
            free = shutil.disk_usage(settings.data_dir).free
            size = settings.database.stat().st_size
        try:
            backups = backups_in(settings.backups)
        except HallyuError as error:
            log.warning("status.backups_not_read", cause=str(error))
            backups = []
        return Disk(free, size, made_at(backups[-1]) if backups else None)


def _versions(known: Knowing, settings: Settings) -> Versions:
    """Of what runs, which does not change while it does."""
    return Versions(
        hallyu=version("hallyu"),
        python=platform.python_version(),
        discord=version("discord.py"),
        sqlite=sqlite_version(),
        model=PurePath(model_name(settings)).name,
        fingerprint=known.embedder.fingerprint[:12],
    )


async def _in_time(reading: Awaitable[T]) -> T | None:
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await reading
    except (HallyuError, TimeoutError):
        return None
