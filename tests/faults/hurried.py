"""A bot whose patience is shortened, so that an hour of it takes seconds: its waits are scaled, nothing is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from bot.connecting.patience import HEALTHY, patience

DISCORD_PY = ("discord.client", "discord.shard")
"""Where discord.py waits between two attempts."""


class _Hurried:
    """asyncio, but for its sleep."""

    def __init__(self, times: float) -> None:
        self._times = times

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._times)


@contextmanager
def hurried(times: float, healthy: float = HEALTHY) -> Iterator[None]:
    """Everything that waits before it connects again waits so many times shorter; `healthy` seconds prove a session."""
    with ExitStack() as changed:
        for module in DISCORD_PY:
            changed.enter_context(patch(f"{module}.asyncio", _Hurried(times)))
        changed.enter_context(patch("bot.connecting.gate.patience", lambda short: patience(short) / times))
        changed.enter_context(patch("bot.connecting.gate._HOLDING_SECONDS", 10.0 / times))
        changed.enter_context(patch("bot.connecting.gate.HEALTHY", healthy))
        changed.enter_context(patch("bot.connecting.staying.FIRST_PAUSE", 1.0 / times))
        changed.enter_context(patch("bot.connecting.staying.LONGEST_PAUSE", 60.0 / times))
        yield
