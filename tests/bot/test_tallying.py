"""Questions are counted in memory and written all together; what cannot be written is not lost."""

from __future__ import annotations

import asyncio
import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from bot.watching.tallying import Tallying
from fakes.damage import read_only
from knowledge.errors import HallyuError
from knowledge.store import open_store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path):
    async with open_store(tmp_path / "data" / "hallyu.db", lambda: NOON) as opened:
        yield opened


@pytest.fixture
def tallying(store) -> Tallying:
    return Tallying(store, lambda: NOON)


async def test_nothing_is_written_before_it_is_flushed(store, tallying):
    tallying.asked(10, "answered")
    assert await store.counts.days(10, 1) == {}
    await tallying.flush()
    await tallying.flush()
    assert await store.counts.days(10, 1) == {"answered": 1}


async def test_a_question_counts_on_its_day_in_utc(tmp_path):
    moments = [datetime.fromisoformat(f"2026-11-2{day}+09:00") for day in ("4T08:59:59", "4T09:00:00")]
    async with open_store(tmp_path / "hallyu.db", lambda: NOON + timedelta(days=1)) as store:
        tallying = Tallying(store, lambda: moments.pop(0))
        tallying.asked(10, "answered")
        tallying.asked(10, "declined")
        await tallying.flush()
        assert await store.counts.days(10, 1) == {"declined": 1}
        assert await store.counts.days(10, 2) == {"answered": 1, "declined": 1}


async def test_what_is_refused_stays_counted(store, tallying):
    tallying.asked(10, "answered")
    async with read_only(store):
        with pytest.raises(HallyuError, match="cannot be written"):
            await tallying.flush()
        tallying.asked(10, "answered")
    await tallying.flush()
    assert await store.counts.days(10, 1) == {"answered": 2}


async def test_a_flush_that_nobody_waits_for_any_more_counts_once(store, tallying):
    tallying.asked(10, "answered")
    flush = asyncio.create_task(tallying.flush())
    await asyncio.sleep(0)
    flush.cancel()
    await asyncio.wait({flush})
    assert flush.cancelled()
    await tallying.flush()
    await store.keep_note("after", "it")
    assert await store.counts.days(10, 1) == {"answered": 1}


async def test_counts_are_written_now_and_then_and_at_the_end(store, tallying):
    async with tallying.regularly(every=0.01):
        tallying.asked(10, "answered")
        async with asyncio.timeout(5):
            while await store.counts.days(10, 1) != {"answered": 1}:
                await asyncio.sleep(0.01)
    async with tallying.regularly():
        tallying.asked(10, "declined")
    assert await store.counts.days(10, 1) == {"answered": 1, "declined": 1}


async def test_a_database_that_refuses_ends_nothing(store, tallying, logged):
    tallying.asked(10, "answered")
    async with read_only(store):
        async with tallying.regularly(every=0.01):
            await asyncio.sleep(0.05)
        assert {entry["event"] for entry in logged} == {"tallies.not_written"}
    await tallying.flush()
    assert await store.counts.days(10, 1) == {"answered": 1}


@pytest.mark.parametrize("seed", range(10))
async def test_whatever_is_refused_or_given_up_each_question_counts_once(store, tallying, seed):
    dice, asked, refused, given_up = random.Random(seed), 0, 0, 0
    for _ in range(40):
        for _ in range(dice.randrange(4)):
            tallying.asked(10, "answered")
            asked += 1
        async with read_only(store) if dice.random() < 0.3 else nullcontext():
            flush = asyncio.create_task(tallying.flush())
            for _ in range(dice.randrange(3)):
                await asyncio.sleep(0)
            given_up += dice.random() < 0.3 and flush.cancel()
            await asyncio.wait({flush})
            refused += not flush.cancelled() and flush.exception() is not None
            await store._access._turns.finish()
            await asyncio.sleep(0)
    await tallying.flush()
    print(f"seed {seed}: {asked} questions, {refused} writes refused, {given_up} given up")
    assert min(asked, refused, given_up) > 0
    assert await store.counts.days(10, 1) == {"answered": asked}
