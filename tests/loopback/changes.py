"""Waiting for a state instead of sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Wakes everybody who waits for a state, each time something has changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        """To be called after every change that somebody may wait for."""
        happened, self._next = self._next, asyncio.Event()
        happened.set()

    async def until(self, wanted: Callable[[], object], seconds: float, what: str) -> None:
        """Returns as soon as `wanted()` is true; TimeoutError naming `what` if that takes longer than `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                while not wanted():
                    await self._next.wait()
        except TimeoutError:
            raise TimeoutError(f"not within {seconds:g} s: {what}") from None
