"""What an admin may set for a guild, one setting at a time."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from bot.curation.guilds import GuildLife
from knowledge.curation import Act
from knowledge.errors import Refused
from knowledge.guilds import GuildSettings
from knowledge.store import Store

Switch = Literal["private", "suggestions", "unanswered"]
"""The fields of `GuildSettings` that are either on or off."""

SWITCHES: tuple[Switch, ...] = get_args(Switch)

MOST_ROLES = 25
"""As many as a menu of Discord takes."""


def digest_of(moderators: Iterable[int]) -> str:
    """A few characters that are others for other roles, for a menu to carry."""
    return hashlib.blake2b(repr(sorted(moderators)).encode(), digest_size=6).hexdigest()


class Setting:
    """Changes settings. Each change is in the log; what is set already leaves no line there."""

    def __init__(self, store: Store, guilds: GuildLife) -> None:
        self._store = store
        self._guilds = guilds
        self._turn = asyncio.Lock()

    async def switch(self, guild: int, switch: Switch, on: bool, user: int) -> GuildSettings:
        """Turns something on or off, whatever it was; the settings then. Questions that are no longer to be kept are
        deleted."""
        action = f"setup-{switch}-{'on' if on else 'off'}"
        settings = await self._set(guild, Act(user, action), {switch: on})
        if not settings.unanswered:
            await self._store.queue.drop_questions(guild)
        return settings

    async def moderators(self, guild: int, roles: Iterable[int], user: int, seen: str | None = None) -> GuildSettings:
        """`seen` is what `digest_of` makes of the roles that the person saw, None where that is not known. Raises
        `Refused` where they are others by now, for the role that everybody has, which carries the id of the guild, and
        for too many."""
        chosen = tuple(sorted(set(roles)))
        if guild in chosen:
            raise Refused("setup.not_everyone", "Everybody has that role, so that everybody would be a moderator.")
        if len(chosen) > MOST_ROLES:
            raise Refused("setup.too_many", f"At most {MOST_ROLES} roles can be moderators.")
        return await self._set(guild, Act(user, "setup-moderators"), {"moderators": chosen}, seen)

    async def log_channel(self, guild: int, channel: int | None, user: int) -> GuildSettings:
        """Where changes are posted; None for nowhere."""
        return await self._set(guild, Act(user, "setup-log"), {"log_channel": channel})

    async def _set(self, guild: int, act: Act, fields: Mapping[str, object], seen: str | None = None) -> GuildSettings:
        async with self._turn:  # two admins at once change two settings, and neither is lost
            before = await self._guilds.settings(guild)
            after = replace(before, **fields)  # type: ignore[arg-type]
            if after != before:
                if seen not in (None, digest_of(before.moderators)):
                    raise Refused("setup.overtaken", "The moderators have been changed meanwhile.")
                await self._guilds.change(guild, after, act)
            return after
