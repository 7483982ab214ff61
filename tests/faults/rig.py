"""A bot in this process that stays connected to a Discord on loopback, and a member who asks it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import structlog
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.catalogue import Catalogue
from bot.client import HallyuClient
from bot.connecting import RECORD, Gate, stay_connected
from bot.exit_codes import exit_code
from bot.loop_lag import LoopLag
from bot.watching.pulse import Pulse
from fakes.knowing import ENGLISH, Small, small_knowing
from knowledge.errors import HallyuError
from loopback.faults import Fault
from loopback.server import Discord
from loopback.session import Session
from loopback.transcript import Transcript

HEARTBEAT_MS = 200
ZOMBIE_SECONDS = 1.0
"""Without a word for so long, discord.py takes a connection for dead; 60 by itself."""

IN_TIME_SECONDS = 1.5
"""An interaction that reaches the bot so soon after it was made has to be answered: Discord waits 3 seconds."""


@dataclass
class Rig:
    """`gate` counts the sessions that were begun."""

    discord: Discord
    small: Small
    gate: Gate
    _catalogue: Catalogue = field(default_factory=Catalogue.load)
    _task: asyncio.Task[None] | None = None
    _client: HallyuClient | None = None
    _told: dict[int, tuple[float, list[Session]]] = field(default_factory=dict)
    _faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._guild = self.discord.guild("Fans")
        self._mina = self.discord.user("mina", self._guild)

    # --- the bot ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._task = asyncio.create_task(
            stay_connected(self._new_client, self.discord.token, self.gate, Pulse(LoopLag()))
        )

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=10)
            if not self._task.done():
                self.complain("it does not stop")

    async def ends(self, code: int) -> bool:
        """Whether the bot has ended itself, as it should with this exit code; starts it again."""
        if self._task is None:
            return False
        await asyncio.wait({self._task}, timeout=3.0)
        if not self._task.done():
            if not self.discord.gateway.disarm():
                self.complain("it goes on after a code that is final")
            return False
        error = self._task.exception()
        if not isinstance(error, HallyuError) or exit_code(error) != code:
            self.complain(f"it ended with {error!r}, not with exit code {code}")
        self.start()
        return True

    async def back(self) -> None:
        """Waits until the bot is connected and has nothing before it that breaks; TimeoutError if it is not."""
        self.discord.gateway.disarm()
        ends = time.monotonic() + 30
        while not await self._settled():
            if self._task and self._task.done():
                self.complain(f"it ended by itself: {self._task.exception()!r}")
                self.start()
            if time.monotonic() > ends:
                raise TimeoutError("it did not come back within 30 s")

    async def _settled(self) -> bool:
        """Whether it is connected, and still is after a moment."""
        for _ in range(3):
            if not self.discord.gateway.live or self._client is None or not self._client.is_ready():
                await asyncio.sleep(0.02)
                return False
            before = self.discord.gateway.live
            await asyncio.sleep(0.02)
            if self.discord.gateway.live != before:
                return False
        return True

    def _new_client(self) -> HallyuClient:
        self._client = HallyuClient(
            use_cases=self.small.use_cases,
            store=self.small.store,
            status=self.small.status,
            catalogue=self._catalogue,
            api_url=self.discord.api_url.replace("127.0.0.1", "localhost"),
            before_identify=self.gate.identify,
        )
        self._client._connection.heartbeat_timeout = ZOMBIE_SECONDS
        return self._client

    # --- the member -------------------------------------------------------------------------------------------------

    async def ask(self, slowly: bool = False) -> Transcript:
        """Asks without waiting; the reply to a question that is asked `slowly` is under way for a while."""
        if slowly:
            self.discord.break_next(Fault("PATCH /webhooks", delay=0.3))
        told = list(self.discord.gateway.sessions.values())
        question = await self.discord.slash(self._guild, self._mina, "ask", question=ENGLISH, wait=False)
        self._told[question.id] = (time.monotonic(), told)
        return question

    async def judge(self, question: Transcript, owed: bool) -> bool:
        """Whether a question was answered; a complaint where it was not and should have been, or was twice."""
        if question.callback is not None or owed or self._was_told(question):
            with contextlib.suppress(TimeoutError):
                await question.over(10.0)
        if question.answered and (question.errors or len(question.messages) != 1 or "76" not in question.text):
            self.complain(f"not one clean answer: {question}")
        if not question.answered and (owed or question.callback is not None or self._was_told(question)):
            self.complain(f"no answer: {question}")
        return question.answered

    def _was_told(self, question: Transcript) -> bool:
        """Whether the bot heard of it in time: over a session that lives, or was resumed soon enough."""
        sent, sessions = self._told[question.id]
        known = self.discord.gateway.sessions
        return any(
            session.connection and session.resumed_at < sent + IN_TIME_SECONDS
            for session in sessions
            if session.id in known
        )

    # --- complaints -------------------------------------------------------------------------------------------------

    def complain(self, what: str) -> None:
        self._faults.append(what)

    def take_faults(self) -> list[str]:
        taken, self._faults = self._faults, []
        return taken


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """The log of what is broken on purpose is nobody's to read."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with structlog.testing.capture_logs():
            yield
    finally:
        logging.disable(before)


@contextlib.asynccontextmanager
async def rigged(folder: Path) -> AsyncIterator[Rig]:
    """A rig whose data is in `folder`; its bot is stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        quiet(),
        patch.object(Route, "BASE", Route.BASE),
        patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY),
    ):
        async with (
            small_knowing(folder / "hallyu.db") as small,
            Discord(identify_gap=0.0, heartbeat_ms=HEARTBEAT_MS) as discord,
        ):
            discord.gateway.url = discord.gateway.url.replace("127.0.0.1", "localhost")
            rig = Rig(discord, small, Gate(folder / RECORD))
            try:
                yield rig
            finally:
                await rig.stop()
