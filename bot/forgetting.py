"""What is deleted by itself when its time is over, once a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from bot.curation.guilds import GuildLife
from knowledge.errors import HallyuError
from knowledge.store import Store

KEPT = timedelta(days=30)
"""How long the record of an answer is kept."""

DAY_SECONDS = 24 * 60 * 60.0

log = structlog.stdlib.get_logger(__name__)


async def daily(work: Callable[[], Awaitable[None]]) -> None:
    """Deletes at the start and then every day. A fault of the database leaves it to the next day."""
    while True:
        try:
            await work()
        except HallyuError as error:
            log.warning("forgetting.failed", cause=str(error))
        await asyncio.sleep(DAY_SECONDS)


def _now() -> datetime:
    return datetime.now(UTC)


async def forget(store: Store, now: Callable[[], datetime] = _now) -> None:
    """Deletes answer records, questions without an answer and unfinished forms after 30 days, counts of questions after
    400."""
    answers = await store.forget_answers((now() - KEPT).isoformat(timespec="seconds"))
    log.info("answers.forgotten", count=answers)
    log.info("questions.forgotten", count=await store.queue.forget())
    log.info("tallies.forgotten", days=await store.counts.forget())


async def purge(guilds: GuildLife) -> None:
    """Deletes everything of the guilds that removed the bot and whose days of grace are over."""
    if purged := await guilds.purge():
        log.info("guilds.purged", guilds=purged)
