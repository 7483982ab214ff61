"""Counts of questions by guild and day, and of what waits: kept for a time, without anybody's name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from fakes.keeping import add
from knowledge.curation import Act, Edit
from knowledge.models import Hidden
from knowledge.queue import OpenQuestion, Proposal
from knowledge.store import open_store
from knowledge.store.sqlite.connection import connection, use_wal
from knowledge.store.sqlite.migrations import MIGRATIONS, migrate
from knowledge.tallies import KEPT, Figures, Slot

BY_MIN = Act(7, "edit")


@pytest.fixture
async def store(path, clock):
    async with open_store(path, clock) as opened:
        yield opened


@pytest.fixture
def today(clock) -> date:
    return clock().date()


async def test_counts_of_a_slot_add_up(store, today):
    await store.counts.add({Slot(10, today, "answered"): 2, Slot(10, today, "declined"): 1})
    await store.counts.add({Slot(10, today, "answered"): 3})

    assert await store.counts.days(10, 30) == {"answered": 5, "declined": 1}


async def test_a_guild_has_its_own_counts_and_no_guild_has_too(store, today):
    await store.counts.add({Slot(10, today, "answered"): 1, Slot(20, today, "answered"): 2})
    await store.counts.add({Slot(None, today, "busy"): 4})

    assert await store.counts.days(10, 30) == {"answered": 1}
    assert await store.counts.days(30, 30) == {}
    assert await store.counts.days(None, 30) == {"busy": 4}


async def test_the_last_days_end_with_today(store, today):
    days = {age: today - timedelta(days=age) for age in (0, 29, 30)}
    await store.counts.add({Slot(10, day, "answered"): 10**number for number, day in enumerate(days.values())})

    assert await store.counts.days(10, 30) == {"answered": 11}


async def test_counts_are_forgotten_after_their_time(store, today, clock):
    await store.counts.add({Slot(10, today, "answered"): 1, Slot(20, today, "busy"): 1})
    clock.now += KEPT
    assert await store.counts.forget() == 0
    clock.now += timedelta(days=1)
    assert await store.counts.forget() == 1
    assert await store.counts.days(10, KEPT.days + 2) == {}


async def test_the_counts_of_a_guild_go_with_it(store, today):
    await store.counts.add({Slot(guild, today, "answered"): 1 for guild in (None, 10, 110)})
    assert await store.settings.known() == [10, 110]
    await store.settings.left(10)
    await store.settings.purge(10)

    assert [await store.counts.days(guild, 1) for guild in (None, 10, 110)] == [{"answered": 1}, {}, {"answered": 1}]


async def test_figures_are_those_of_the_guild(store, make_pack, make_snippet):
    await store.sync(make_pack(make_snippet("seen"), make_snippet("hidden")))
    await store.edits.apply(10, [Edit("snippet", "hidden", Hidden("hidden"), None)], BY_MIN)
    for guild, id in ((10, "one"), (10, "two"), (20, "three")):
        await add(store, guild, make_snippet(id), 7)
    await store.queue.propose(10, [Proposal("p", "suggestion", make_snippet("four"), 7)])
    await store.queue.note_question(10, OpenQuestion("q", "Who?", "en", ""))
    await store.queue.note_question(20, OpenQuestion("r", "Who?", "en", ""))

    assert await store.counts.figures(10) == Figures(2, 1, 1, 1, 0, MIGRATIONS[-1].version)
    assert await store.counts.figures(20) == Figures(1, 2, 0, 1, 0, MIGRATIONS[-1].version)


async def test_a_question_that_is_too_old_to_be_listed_is_not_counted(store, clock):
    await store.queue.note_question(10, OpenQuestion("q", "Who?", "en", ""))
    clock.now += timedelta(days=31)

    assert (await store.counts.figures(10)).questions == len(await store.queue.questions(10)) == 0


async def test_a_database_from_before_counts_takes_them(path, clock, today):
    path.parent.mkdir()
    async with connection(path, "rwc") as writer:
        await use_wal(writer)
        await migrate(writer, "2026-01-01T00:00:00+00:00", MIGRATIONS[:2])
        await writer.execute_fetchall("INSERT INTO note VALUES ('key', 'kept')")
    async with open_store(path, clock) as store:
        assert await store.counts.days(10, 30) == {}
        await store.counts.add({Slot(10, today, "answered"): 1})
        assert await store.note("key") == "kept"
    async with open_store(path, clock) as store:
        assert await store.counts.days(10, 30) == {"answered": 1}


async def test_nobody_and_no_text_is_in_the_table(store, path):
    with closing(sqlite3.connect(path)) as opened:
        columns = [name for _, name, *_ in opened.execute("PRAGMA table_info(tally)")]
    assert columns == ["guild", "day", "outcome", "count"]
