"""The Discord client: what it listens to, where it connects, and the commands and buttons that it answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.admission import Admission
from bot.catalogue import Catalogue
from bot.cogs.corrections import Corrections
from bot.cogs.finder import Finder
from bot.cogs.guide import Guide
from bot.cogs.guilds import Guilds
from bot.cogs.log import Log
from bot.cogs.names import NameCommands
from bot.cogs.note_forms import NoteForms
from bot.cogs.notes import Notes
from bot.cogs.privacy import Privacy
from bot.cogs.questions import Questions
from bot.cogs.queue import Queue
from bot.cogs.review import Review
from bot.cogs.setup import Setup
from bot.cogs.status import StatusCommand
from bot.cogs.suggest import Suggest
from bot.cogs.surface import Grouped, Surface
from bot.cogs.transfer import Transfer
from bot.command_sync import keep_trying_to_sync, payload, sync_commands, try_to_sync
from bot.discord_api import checked_api_url, point_at, use_gateway_of
from bot.errors import ErrorPath
from bot.pacing import Pacing
from bot.pressing import Forms, Pressed, dynamic_items
from bot.replying import NO_PINGS
from bot.roles import NEEDS, Guard, Role
from bot.telling import Telling
from bot.translation import CatalogueTranslator
from bot.tree import guarded_tree
from bot.use_cases import UseCases
from bot.watching.status import Status
from knowledge.store.interface import Store

log = structlog.stdlib.get_logger(__name__)

ANSWERING_SECONDS = 2.0
"""For the answers that are under way when the client is closed."""

LAST_SECONDS = 0.5
"""The same where all were waited for before: for who came in last, and is told that the bot is being restarted."""

FAREWELL_SECONDS = 0.7
"""For the gateway to take the goodbye; nothing that it sends is read any more."""

CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
FOR_SERVERS = app_commands.AppInstallationType(guild=True, user=False)

READY_AFTER = 0.2
"""Seconds without a further GUILD_CREATE after which discord.py calls the bot ready. Its own 2 are for the caches of
members and channels, which nothing here needs: READY itself names every server."""


class HallyuClient(commands.AutoShardedBot):
    """Answers slash commands, message menus and buttons. Needs no privileged intent and reads no messages.

    `api_url` replaces Discord's REST address for the whole process (see `bot.discord_api`), `pacing` outlives the
    client. Raises `HallyuError` for an address that would send the token unencrypted to another machine.
    `before_identify` is awaited with the shard right before each IDENTIFY.
    """

    def __init__(
        self,
        *,
        use_cases: UseCases,
        store: Store,
        status: Status,
        catalogue: Catalogue,
        api_url: str | None = None,
        admission: Admission | None = None,
        before_identify: Callable[[int], Awaitable[None]] | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice, so nothing is missing
        self._use_cases = use_cases
        self._store = store
        self._status = status
        self._catalogue = catalogue
        self._api_url = checked_api_url(api_url) if api_url else None
        self._before_identify = before_identify
        self._errors = ErrorPath(catalogue)
        self._admission = admission or Admission()
        self._guard = Guard(use_cases.guilds, admission=self._admission)
        self._forms = Forms({}, self._guard, self._errors)
        self._syncing: asyncio.Task[None] | None = None
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=guarded_tree(self._guard, self._errors),
            intents=discord.Intents(guilds=True),
            allowed_mentions=NO_PINGS,
            allowed_contexts=CONTEXTS,
            allowed_installs=INSTALLS,
            http_trace=(pacing or Pacing()).trace(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=READY_AFTER,
        )

    async def login(self, token: str) -> None:
        """Checks the token with Discord, then sets the commands up. Raises `discord.LoginFailure`."""
        if self._api_url:
            point_at(self._api_url)
        await super().login(token)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Waits some seconds between two IDENTIFYs, as discord.py does."""
        await super().before_identify_hook(shard_id, initial=initial)
        if self._before_identify:
            await self._before_identify(shard_id or 0)

    async def setup_hook(self) -> None:
        """Runs once, after the login and before the gateway is connected."""
        if self._api_url:
            await use_gateway_of(self.http)
        await self._set_up()
        if not await try_to_sync(self.tree, self._store, self._own_id):
            self._syncing = asyncio.create_task(keep_trying_to_sync(self.tree, self._store, self._own_id))

    async def payload(self) -> list[dict[str, Any]]:
        """The commands as they are sent to Discord. In place of a login, which needs a token."""
        await self._set_up()
        return await payload(self.tree)

    async def _set_up(self) -> None:
        await self.tree.set_translator(CatalogueTranslator(self._catalogue))
        presses: dict[re.Pattern[str], Pressed] = {}
        forms: dict[re.Pattern[str], Pressed] = {}
        for surface in self._surfaces():
            await self.add_cog(surface)
            self._add_grouped(surface.grouped())
            presses |= surface.presses()
            forms |= surface.forms()
        self.add_dynamic_items(*dynamic_items(presses, self._guard, self._errors))
        self._forms = Forms(forms, self._guard, self._errors)
        self._keep_to_servers()

    async def close(self) -> None:
        """Hears no more of Discord first, then lets what is under way be answered. It may be discord.py that closes the
        client, as after something that it cannot read."""
        if self._syncing:
            self._syncing.cancel()
        leaving = [asyncio.create_task(shard.disconnect()) for shard in self.shards.values()]
        under_way = self._admission.under_way
        await under_way.wait(LAST_SECONDS if under_way.closing else ANSWERING_SECONDS)
        if leaving:
            await asyncio.wait(leaving, timeout=FAREWELL_SECONDS)
            await under_way.wait(LAST_SECONDS)  # what came in while Discord took the goodbye
        await super().close()

    def _add_grouped(self, grouped: Grouped) -> None:
        for name, own in grouped.items():
            group = self.tree.get_command(name)
            if not isinstance(group, app_commands.Group):
                description = self._catalogue.say(f"command.{name}.description", "en")
                group = app_commands.Group(name=name, description=description)
                self.tree.add_command(group)
            for command in own:
                group.add_command(command)

    def _keep_to_servers(self) -> None:
        """Discord offers what needs a server in servers alone that have added the bot."""
        for command in self.tree.get_commands(type=None):
            leaves = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
            if all(NEEDS[leaf.qualified_name] >= Role.MEMBER for leaf in leaves):
                command.allowed_contexts = IN_SERVERS
                command.allowed_installs = FOR_SERVERS

    def _surfaces(self) -> Iterator[Surface]:
        """All commands, buttons and forms."""
        cases, catalogue = self._use_cases, self._catalogue
        yield Questions(cases.asking, catalogue, self.tree, cases.guilds)
        yield Guide(cases.asking, self._guard, catalogue)
        yield Transfer(cases.importing, cases.exporting, cases.finding, catalogue)
        forms, telling = NoteForms(cases.adding, catalogue), Telling(catalogue)
        yield Notes(cases.adding, cases.unanswered, cases.finding, forms, telling, catalogue, self.tree)
        yield Guilds(self, cases.guilds)
        yield Log(self, cases.logbook, cases.guilds, catalogue)
        yield Privacy(cases.members, catalogue)
        yield Setup(cases.guilds, cases.setting, catalogue)
        yield StatusCommand(self._status, catalogue)
        yield Corrections(cases.correcting, cases.finding, catalogue)
        yield NameCommands(cases.naming, cases.names, catalogue)
        yield Finder(cases.finding, catalogue)
        yield Suggest(cases.suggesting, catalogue)
        yield Review(cases.reviewing, telling, forms, catalogue, self._admission.under_way)
        yield Queue(cases.unanswered, cases.complaining, forms, catalogue)

    async def sync(self) -> None:
        """Sends the commands to Discord now, changed or not. After `login`."""
        await sync_commands(self.tree, self._store, self._own_id, force=True)

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        await self._forms.sent(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("event.failed", name=event_method)

    @property
    def _own_id(self) -> int:
        if self.application_id is None:
            raise RuntimeError("the commands are synced after the login")
        return self.application_id
