"""Posts every change of a guild's knowledge and settings in the channel that `/setup` names.

Whoever changes something does not wait for it and does not know of it: the store tells that the log has grown, and a
task of the guild's own posts what is new. A channel that is gone or closed to the bot costs the post, never the change.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Callable

import discord
import structlog
from discord.ext import commands

from bot.catalogue import Catalogue
from bot.cogs.surface import Surface
from bot.curation.guilds import GuildLife
from bot.curation.logbook import Change, Logbook
from bot.discord_api import passes
from bot.log_channel import channel_of, fault_of
from bot.rendering.log import log_post
from bot.rendering.setup import LogFault
from bot.replying import NO_PINGS
from bot.trying import Patience, tries
from knowledge.errors import HallyuError
from knowledge.models import Language

RETRIES = Patience(first=2.0, longest=60.0, seconds=math.inf)
"""How a post is tried again for which Discord could not be reached."""

ENDING_SECONDS = 0.5
"""For a post that is on its way when the process ends, so that it is not posted again by the next one."""

log = structlog.stdlib.get_logger(__name__)


class Log(Surface):
    """One task a guild, while there is something to post."""

    def __init__(
        self, client: commands.AutoShardedBot, logbook: Logbook, guilds: GuildLife, catalogue: Catalogue
    ) -> None:
        self._client = client
        self._logbook = logbook
        self._guilds = guilds
        self._catalogue = catalogue
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._grown: set[int] = set()
        self._faults: dict[int, LogFault] = {}
        self._unreached: set[int] = set()
        """Guilds with something to post of which Discord has not yet said what channels there are."""
        self._sent: dict[int, str] = {}
        """What was posted last in each guild, also where that could not be kept on disk."""
        self._stop: Callable[[], None] = lambda: None
        self._ending = False

    async def cog_load(self) -> None:
        self._ending = False
        self._stop = self._logbook.listen(self.wake)

    async def cog_unload(self) -> None:
        """What is not posted yet is posted by the next process."""
        self._stop()
        self._ending = True
        tasks = tuple(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=ENDING_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Posts what was changed before the process ended."""
        for guild in await self._logbook.posting():
            self.wake(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Posts what had to wait for the guild's channels."""
        if guild.id in self._unreached:
            self.wake(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.on_guild_available(guild)

    def wake(self, guild: int) -> None:
        """Sees to it that everything of the guild's log is posted."""
        self._grown.add(guild)
        if guild not in self._tasks:
            task = asyncio.get_running_loop().create_task(self._post_all(guild), name=f"log-posts-{guild}")
            self._tasks[guild] = task
            task.add_done_callback(lambda ended: self._ended(guild, ended))

    def _ended(self, guild: int, task: asyncio.Task[None]) -> None:
        """What grew after the task had looked for the last time gets a new one."""
        self._tasks.pop(guild, None)
        if guild in self._grown and not task.cancelled() and not self._ending:
            self.wake(guild)

    async def _post_all(self, guild: int) -> None:
        while guild in self._grown:
            async for _ in tries(RETRIES):
                self._grown.discard(guild)
                try:
                    for change in await self._logbook.unposted(guild):
                        if not await self._post(guild, change) or self._ending:
                            return
                    break
                except HallyuError as error:  # what is posted is a copy: the change itself is in the log
                    log.warning("log.not_read", guild=guild, cause=str(error))
                    break
                except Exception as error:
                    if not passes(error):
                        raise
                    log.warning("log.unreachable", guild=guild, cause=type(error).__name__)

    async def _post(self, guild: int, change: Change) -> bool:
        """False where it has to wait, and what comes after it too."""
        settings = await self._guilds.settings(guild)
        here = self._client.get_guild(guild)
        if here is None or here.unavailable:
            self._unreached.add(guild)
            return False
        self._unreached.discard(guild)
        if settings.log_channel is None:
            return False
        fault = fault_of(here, settings)
        channel = channel_of(here, settings.log_channel)
        nonce = _nonce(settings.log_channel, change)
        if channel is not None and fault is None and self._sent.get(guild) != nonce:
            try:
                fault = await self._send(channel, change, _language_of(here), nonce)
            except Exception as error:
                if passes(error):
                    raise
                # One that can never be posted must not keep back those after it.
                log.exception("log.not_posted", guild=guild, entry=change.entry.id)
        self._sent[guild] = nonce
        self._note(guild, fault)
        await self._logbook.posted(guild, settings.log_channel, change.entry.id)
        return True

    async def _send(
        self, channel: discord.TextChannel, change: Change, language: Language, nonce: str
    ) -> LogFault | None:
        view = log_post(change, self._catalogue.voice(language))
        view.stop()  # so that discord.py does not keep it: buttons are found by their custom_id
        try:
            await channel.send(view=view, nonce=nonce, allowed_mentions=NO_PINGS)
        except discord.NotFound:
            return "gone"
        except discord.Forbidden:
            return "forbidden"
        return None

    def _note(self, guild: int, fault: LogFault | None) -> None:
        """Logs a channel in which nothing can be posted once, and again after it has worked."""
        if fault is None:
            self._faults.pop(guild, None)
        elif self._faults.get(guild) != fault:
            self._faults[guild] = fault
            log.warning("log.channel_unusable", guild=guild, fault=fault)


def _nonce(channel: int, change: Change) -> str:
    """The same for the same post, so that Discord posts it once although the answer to the first try was lost. 25
    characters at most: https://discord.com/developers/docs/resources/message#create-message"""
    what = f"{channel} {change.entry.id} {change.entry.created_at}"
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()


def _language_of(guild: discord.Guild) -> Language:
    """What a community has set as its language, for texts that nobody in particular reads."""
    return "ko" if guild.preferred_locale is discord.Locale.korean else "en"
