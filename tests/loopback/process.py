"""The bot as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

Connected = Callable[[], Awaitable[None]]
"""Returns once a bot is connected."""


class BotEnded(Exception):
    """The process ended, or would not end, against what was expected; shows the end of its log."""


class BotProcess:
    """A running bot. `log` is the file its output goes to; `stop_seconds` how long it took to end on SIGTERM."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path, connected: Connected) -> None:
        self._process = process
        self._connected = connected
        self.log = log
        self.stop_seconds: float | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    def output(self) -> str:
        """What the process has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def ready(self) -> None:
        """Waits until the bot is connected and its commands are registered; BotEnded if it ends before."""
        ended = asyncio.create_task(self._process.wait())
        connected = asyncio.ensure_future(self._connected())
        await asyncio.wait([ended, connected], return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not connected.done():
            connected.cancel()
            raise BotEnded(f"ended with {self._process.returncode} before it was ready:\n{self.output()[-3000:]}")
        await connected

    async def printed(self, text: str, seconds: float = 30.0) -> None:
        """Waits until the output contains `text`."""
        async with asyncio.timeout(seconds):
            while text not in self.output():
                if not self.running:
                    raise BotEnded(f"ended before it printed {text!r}:\n{self.output()[-3000:]}")
                await asyncio.sleep(0.01)

    async def exit_code(self, seconds: float = 30.0) -> int:
        """Waits for the process to end by itself."""
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def stop(self, patience: float = 15.0) -> int:
        """Ends the process with SIGTERM, after `patience` seconds by force; its exit code."""
        if self.running:
            began = time.monotonic()
            self._process.terminate()
            try:
                await self.exit_code(patience)
            except TimeoutError:
                await self.kill()
                raise BotEnded(f"still running {patience:g} s after SIGTERM:\n{self.output()[-3000:]}") from None
            self.stop_seconds = time.monotonic() - began
        return await self._process.wait()

    async def kill(self) -> None:
        """Ends the process as a power cut would."""
        if self.running:
            self._process.kill()
        await self._process.wait()


@contextlib.asynccontextmanager
async def running(
    argv: tuple[str, ...], env: Mapping[str, str], log: Path, cwd: Path | None, connected: Connected
) -> AsyncIterator[BotProcess]:
    """Starts `argv` with `env` over the environment, without DISCORD_ settings of the machine; stops it at the end."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DISCORD_")}
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *argv, env={**inherited, **env}, cwd=cwd, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output
        )
    bot = BotProcess(process, log, connected)
    try:
        yield bot
    except BaseException:
        await bot.kill()
        raise
    await bot.stop()
