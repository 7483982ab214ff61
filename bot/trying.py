"""Trying again what came to nothing: at growing distances, until it is too late."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

SPREAD = 0.25
"""The part of a pause that is left to chance, so that what failed at once does not come again at once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: the `first` pause, which doubles up to the `longest`, and how long in all a try may still begin."""

    first: float
    longest: float
    seconds: float


async def tries(patience: Patience) -> AsyncIterator[int]:
    """The numbers of the tries, from 0, a pause before each but the first. Whoever succeeds leaves the loop; it ends by
    itself when the time is over."""
    loop = asyncio.get_running_loop()
    ends, pause, number = loop.time() + patience.seconds, patience.first, 0
    while True:
        yield number
        wait = pause * random.uniform(1 - SPREAD, 1)
        if loop.time() + wait > ends:
            return
        await asyncio.sleep(wait)
        pause, number = min(2 * pause, patience.longest), number + 1
