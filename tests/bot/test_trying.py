"""Pauses grow, and end."""

from __future__ import annotations

import asyncio

from bot.trying import Patience, tries


async def test_pauses_double_up_to_the_longest_and_the_tries_end_with_the_time(monkeypatch):
    pauses, sleep = [], asyncio.sleep
    monkeypatch.setattr("random.uniform", lambda least, most: most)

    async def noting(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(asyncio, "sleep", noting)

    numbers = [number async for number in tries(Patience(first=0.01, longest=0.04, seconds=0.2))]

    assert numbers == list(range(len(pauses) + 1))
    assert pauses[:4] == [0.01, 0.02, 0.04, 0.04]
    assert 0.07 < sum(pauses) <= 0.2


async def test_with_no_time_left_there_is_one_try():
    assert [number async for number in tries(Patience(first=1.0, longest=1.0, seconds=-5.0))] == [0]
