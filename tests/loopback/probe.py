"""A tiny bot in this process, to try the loopback with: real discord.py, behaviour by the test."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import discord as library
import pytest
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from .server import Discord

Event = library.Interaction[Any]


class Probe(commands.AutoShardedBot):
    """`/do [word]` with autocomplete, `/admin`, the message menu Look; `react` is called for whatever comes."""

    react: Callable[[Event], Awaitable[object]]

    def __init__(self, intents: library.Intents) -> None:
        super().__init__(command_prefix=(), intents=intents, heartbeat_timeout=5.0)
        self.failures: asyncio.Queue[Exception] = asyncio.Queue()
        self.heard: list[Event] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without discord.py's 5 seconds: the loopback's own gap is what is tested."""

    async def setup_hook(self) -> None:
        @app_commands.describe(word="anything")
        async def do(interaction: Event, word: app_commands.Range[str, 1, 20] = "x", times: int = 1) -> None:
            await self.answer(interaction)

        @app_commands.default_permissions(manage_guild=True)
        @app_commands.guild_only()
        async def admin(interaction: Event, sure: bool) -> None:
            await self.answer(interaction)

        async def look(interaction: Event, message: library.Message) -> None:
            interaction.extras["message"] = message
            await self.answer(interaction)

        command: Any = app_commands.Command(name="do", description="Do it", callback=do)
        command.autocomplete("word")(self._complete)
        self.tree.add_command(command)
        self.tree.add_command(app_commands.Command(name="admin", description="Rule", callback=admin))
        self.tree.add_command(app_commands.ContextMenu(name="Look", callback=look))
        await self.tree.sync()

    async def _complete(self, interaction: Event, text: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=word, value=word) for word in ("maths", "moss") if word.startswith(text)]

    async def on_interaction(self, interaction: Event) -> None:
        if interaction.type in (library.InteractionType.component, library.InteractionType.modal_submit):
            await self.answer(interaction)

    async def answer(self, interaction: Event) -> None:
        self.heard.append(interaction)
        try:
            await self.react(interaction)
        except Exception as failure:
            self.failures.put_nowait(failure)


@contextlib.asynccontextmanager
async def probing(
    discord: Discord, monkeypatch: pytest.MonkeyPatch, *, privileged: bool = False, token: str | None = None
) -> AsyncIterator[Probe]:
    """Runs a probe against `discord` until the end of the block; what ends it too early is raised."""
    monkeypatch.setattr(Route, "BASE", discord.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway.url))
    intents = library.Intents(guilds=True, message_content=privileged)
    async with Probe(intents) as probe:
        run = asyncio.create_task(probe.start(token or discord.token))
        ready = asyncio.create_task(discord.ready())
        await asyncio.wait([run, ready], return_when=asyncio.FIRST_COMPLETED)
        if run.done():
            ready.cancel()
            await run
        yield probe
        await probe.close()
        await run
