"""A guild's settings, and what becomes of its data when it removes the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from bot.curation.publishing import Publisher
from knowledge.curation import Act
from knowledge.guilds import GuildSettings
from knowledge.store import Store

GRACE = timedelta(days=30)
"""How long the data of a guild that removed the bot is kept, so that inviting it back brings everything back."""


def _now() -> datetime:
    return datetime.now(UTC)


class GuildLife:
    """Settings are read once and kept in memory, a few hundred bytes each: this process alone changes them."""

    def __init__(self, store: Store, publisher: Publisher, now: Callable[[], datetime] = _now) -> None:
        self._store = store
        self._publisher = publisher
        self._now = now
        self._counted = asyncio.Event()
        self._known: dict[int, GuildSettings] = {}

    async def settings(self, guild: int) -> GuildSettings:
        if guild not in self._known:
            found = await self._store.settings.settings(guild)
            self._known.setdefault(guild, found)  # what was changed meanwhile is newer than what was read
        return self._known[guild]

    async def change(self, guild: int, settings: GuildSettings, act: Act) -> None:
        """Keeps new settings; the log says who changed them."""
        await self._store.settings.keep_settings(guild, settings, act)
        self._known[guild] = settings

    async def left(self, guild: int) -> None:
        """The guild removed the bot: its data goes after `GRACE`."""
        await self._store.settings.left(guild)

    async def returned(self, guild: int) -> None:
        """The guild has the bot (again): its data stays."""
        await self._store.settings.returned(guild)

    async def present(self, guilds: Collection[int]) -> None:
        """Says which guilds have the bot, after a time in which nobody saw them come and go."""
        marked = set(await self._store.settings.gone(_stamp(self._now() + GRACE)))
        for guild in await self._store.settings.known():
            if guild in guilds and guild in marked:
                await self.returned(guild)
            elif guild not in guilds and guild not in marked:
                await self.left(guild)
        self._counted.set()

    async def purge(self) -> list[int]:
        """Deletes everything of the guilds whose days of grace are over, from disk and from the index; which. Waits
        until `present` has said which guilds have the bot: one may have invited it back unseen."""
        await self._counted.wait()
        gone = await self._store.settings.gone(_stamp(self._now() - GRACE))
        purged = [guild for guild in gone if await self._store.settings.purge(guild)]
        for guild in purged:
            self._known.pop(guild, None)
            await self._publisher.forget(guild)
        return purged


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
