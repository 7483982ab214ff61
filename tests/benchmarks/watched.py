"""The bot as a process, with the pages that a running one serves."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.loopback.ports import free_port
from tests.loopback.process import BotProcess
from tests.loopback.server import Discord


@dataclass(frozen=True, slots=True)
class Watched:
    """A running bot and where its pages are."""

    process: BotProcess
    address: str

    @property
    def pid(self) -> int:
        return self.process.pid

    async def ready(self) -> None:
        """Waits until `/readyz` says so and the commands are registered."""
        await self.process.ready()
        async with aiohttp.ClientSession() as session, asyncio.timeout(120):
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"{self.address}/readyz") as response:
                        if response.status == 200:
                            return
                await asyncio.sleep(0.01)

    async def questions(self, outcome: str) -> int:
        """How many questions have become that, by `/metrics`."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}/metrics") as response:
            found = re.search(rf'^hallyu_questions_total{{outcome="{outcome}"}} (\S+)$', await response.text(), re.M)
        return int(float(found[1])) if found else 0


@asynccontextmanager
async def watched(discord: Discord, data: Path, **settings: str) -> AsyncIterator[Watched]:
    """Runs `hallyu run` on a data folder; its log is `bot.log` beside the folder."""
    port = free_port()
    own = {"HALLYU_DATA_DIR": str(data), "HALLYU_HTTP_PORT": str(port), "HALLYU_LOG_FORMAT": "json"}
    log = data.with_name("bot.log")
    async with discord.run_bot(sys.executable, "-m", "bot", "run", env={**own, **settings}, log=log) as process:
        yield Watched(process, f"http://127.0.0.1:{port}")
