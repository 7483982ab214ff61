"""A Discord on 127.0.0.1 for tests: a real gateway, real REST, Discord's rules, and people who use the bot.

async with Discord() as discord:
    guild = discord.guild("Acme", locale="ko")
    mina = discord.user("mina", guild, locale="ko")
    async with discord.run_bot(sys.executable, "-m", "bot", "run", log=tmp_path / "bot.log") as bot:
        await bot.ready()
        answer = await discord.slash(guild, mina, "ask", question="...", private=True)
        answer.deferred, answer.ephemeral, answer.ack_ms, answer.text, answer.errors
        sources = await discord.click(answer.messages[0], button_id(answer.messages[0], "Sources"), mina)
        discord.break_next(Fault("POST /interactions", drop="after"))
        discord.gateway.abort()
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Self

from aiohttp import web

from .application import Application
from .call import Call
from .changes import Changes
from .channels import Channels
from .faults import Fault, Faults
from .gateway import Gateway
from .interactions import Interactions
from .people import People
from .process import BotProcess, running
from .rest import API, FILES, GATEWAY, Rest
from .wire import text_of
from .world import Guild, User, World


class Unsupported(AssertionError):
    """The bot asked for something that this Discord does not have, or that broke it."""


class Discord(People):
    """Listens on a free port while it is entered; leaving it raises `Unsupported` if the bot asked for more.

    `answer_within` and `token_lifetime` are Discord's 3 seconds and 15 minutes, `identify_gap` the 5 seconds
    between two IDENTIFYs; a test that is about something else may shorten them.
    """

    def __init__(
        self,
        *,
        token: str = "loopback.bot.token",
        answer_within: float = 3.0,
        token_lifetime: float = 900.0,
        heartbeat_ms: int = 41_250,
        identify_gap: float = 5.0,
    ) -> None:
        world, self._changes, self._faults = World(), Changes(), Faults()
        gateway = Gateway(world, self._changes, token, heartbeat_ms, identify_gap)
        interactions = Interactions(world, answer_within, token_lifetime)
        super().__init__(world, gateway, interactions)
        self.token = token
        self._rest = Rest(token, self._faults, self._changes, interactions, world)
        app = self._rest.application(Application(world, gateway), Channels(world), gateway)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        self._site: web.TCPSite | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await self._listen()
        self._port = self._runner.addresses[0][1]
        self.world.files_url = f"http://127.0.0.1:{self._port}{FILES}"
        self.gateway.url = f"ws://127.0.0.1:{self._port}{GATEWAY}"
        return self

    async def __aexit__(self, kind: object, *rest: object) -> None:
        await self._runner.cleanup()
        strange = [f"unknown: {call.line}" for call in self.calls if not call.route] + self._rest.broken
        if strange and kind is None:
            raise Unsupported("; ".join(strange))

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()

    @contextlib.asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Cuts every connection and refuses new ones."""
        if self._site and self._runner.server:
            await self._site.stop()
            for connection in self._runner.server.connections:
                if connection.transport:
                    connection.transport.abort()
        try:
            yield
        finally:
            await self._listen()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}{API}"

    @property
    def calls(self) -> list[Call]:
        """Every REST request so far."""
        return self._rest.calls

    def count(self, begins: str) -> int:
        """How many requests' "METHOD /path" began like that."""
        return sum(call.line.startswith(begins) for call in self.calls)

    def guild(self, name: str, locale: str = "en-US") -> Guild:
        return self.world.guild(name, locale)

    def user(self, name: str, *guilds: Guild, locale: str = "en-US", permissions: int = 0) -> User:
        """A new person, a member of `guilds` with `permissions` beyond the usual ones."""
        return self.world.user(name, *guilds, locale=locale, permissions=permissions)

    def role(self, guild: Guild, name: str, *users: User) -> int:
        """The id of a new role that these people have."""
        return self.world.role(guild, name, *users)

    def direct_messages(self, user: User) -> list[str]:
        """What the bot has written to a person."""
        channel = str(self.world.direct_channel(user))
        return [text_of(message) for message in self.world.messages.values() if message["channel_id"] == channel]

    def forget(self, older_than: float = 10.0) -> None:
        """Lets go of the requests so far and of what has been over for so many seconds: what a long load needs."""
        self.calls.clear()
        self._interactions.forget(older_than)

    def break_next(self, fault: Fault) -> None:
        """Lets `fault` befall the next requests that it matches."""
        self._faults.add(fault)

    def mend(self, fault: Fault) -> None:
        """Takes a fault back, whether or not it has befallen a request."""
        self._faults.remove(fault)

    async def until(self, wanted: Callable[[], object], what: str, seconds: float = 20.0) -> None:
        """Waits for a state of the gateway or of the requests."""
        await self._changes.until(wanted, seconds, what)

    async def ready(self, seconds: float = 180.0) -> None:
        """Waits until a bot is connected and has registered commands."""
        await self.until(lambda: self.gateway.live and any(self.world.commands.values()), "a bot, ready", seconds)

    def run_bot(
        self,
        *argv: str,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        patience: float = 60.0,
    ) -> AbstractAsyncContextManager[BotProcess]:
        """Runs the bot as a process that talks to this Discord; its output goes to the file `log`. `patience` is how
        many seconds it may take until it is ready."""
        own = {"DISCORD_TOKEN": self.token, "DISCORD_API_URL": self.api_url}
        return running(argv, {**own, **(env or {})}, log, cwd, partial(self.ready, patience))
