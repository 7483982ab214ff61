"""A server that removes the bot has 30 days to invite it back; then nothing of it is left, on disk or in memory."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.curation.guilds import GRACE
from bot.forgetting import daily, forget, purge
from fakes.knowing import BY_MIN, GOLDEN_NOTE, a_snippet, small_knowing
from index.results import Answer
from knowledge.curation import Act, Edit
from knowledge.errors import HallyuError
from knowledge.guilds import GuildSettings
from knowledge.models import AnswerRecord, Entity, Quote, Scope
from knowledge.queue import OpenQuestion, Proposal
from knowledge.tallies import Slot

HERE, ELSEWHERE, RETURNED = 10, 20, 1456074443999999999
TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea")
QUESTION = "When did Tiger Tea open its Busan shop?"
CAFE = Entity("cafe", "company", "Kkot Cafe")
DAY = timedelta(days=1)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def small(tmp_path, clock):
    async with small_knowing(tmp_path / "hallyu.sqlite3", clock=clock) as small:
        yield small


@pytest.fixture
async def guilds(small):
    """What is done with guilds, once it is known which have the bot."""
    await small.use_cases.guilds.present([])
    return small.use_cases.guilds


@pytest.fixture
def rows_of(tmp_path):
    """How many rows of each table speak of a guild, as another program reads them."""

    def count(guild: int) -> dict[str, int]:
        found = {}
        with sqlite3.connect(tmp_path / "hallyu.sqlite3") as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
                named = [c for c in ("guild", "owner", *(["id"] if table == "guild" else [])) if c in columns]
                for column in named:
                    sql = f"SELECT count(*) FROM {table} WHERE {column} = ?"
                    found[table] = database.execute(sql, (guild,)).fetchone()[0]
            sql = "SELECT count(*) FROM note WHERE key LIKE '%:' || ?"
            found["note"] = database.execute(sql, (guild,)).fetchone()[0]
        return found

    return count


async def fill(small, guild):
    """Something in every table that a guild can have rows in."""
    store = small.store
    edits = [Edit("snippet", TEA.id, TEA, None), Edit("entity", CAFE.id, CAFE, None)]
    outcome = await small.curating.apply(guild, edits, Act(7, "add"))
    await small.curating.remove(guild, GOLDEN_NOTE.id, None, BY_MIN)
    await small.use_cases.guilds.change(guild, GuildSettings(private=True, log_channel=3), Act(7, "setup-log"))
    await store.settings.keep_log_mark(guild, "3:1")
    await store.queue.propose(guild, [Proposal(f"p{guild}", "suggestion", TEA, 7)])
    await store.queue.note_question(guild, OpenQuestion(f"q{guild}", "Who?", "en", ""))
    await store.queue.wait_for(guild, f"q{guild}", 7)
    await store.queue.keep_draft(guild, 7, f"d{guild}", "{}")
    quotes = (Quote(outcome.versions[0].id, "en", 0, 4),)
    await store.record_answer(AnswerRecord(f"a{guild}", Scope(guild), "en", quotes))
    await store.vote(f"a{guild}", 7, -1)
    await store.counts.add({Slot(guild, date(2026, 11, 23), "answered"): 1})


async def answer(small, guild):
    outcome = (await small.asking.ask(QUESTION, Scope(guild))).outcome
    return outcome.lines[0].text if isinstance(outcome, Answer) else None


async def test_after_the_days_of_grace_nothing_of_the_guild_is_left(small, guilds, clock, rows_of):
    for guild in (HERE, ELSEWHERE):
        await fill(small, guild)
    assert all(rows_of(HERE).values())
    before = rows_of(ELSEWHERE)

    await guilds.left(HERE)
    clock.move(GRACE + DAY)

    assert await guilds.purge() == [HERE]
    assert not any(rows_of(HERE).values())
    assert rows_of(ELSEWHERE) == before
    assert await guilds.settings(HERE) == GuildSettings()


async def test_the_index_forgets_the_guild_too(small, guilds, clock):
    for guild in (HERE, ELSEWHERE):
        await fill(small, guild)
    assert small.index.vocabulary(Scope(HERE)).names.entities.keys() >= {"cafe"}
    await guilds.left(HERE)
    clock.move(GRACE + DAY)
    await guilds.purge()

    assert small.index.owner(HERE).documents() == []
    assert "cafe" not in small.index.vocabulary(Scope(HERE)).names.entities
    assert await answer(small, HERE) is None
    assert await answer(small, ELSEWHERE) == TEA.text


async def test_within_the_days_of_grace_everything_stays(small, guilds, clock):
    await fill(small, HERE)
    await guilds.left(HERE)
    clock.move(GRACE - DAY)

    assert await guilds.purge() == []
    assert await answer(small, HERE) == TEA.text


async def test_a_guild_that_invites_the_bot_back_keeps_everything(small, guilds, clock):
    await fill(small, HERE)
    await guilds.left(HERE)
    clock.move(GRACE - DAY)
    await guilds.returned(HERE)
    clock.move(2 * DAY)

    assert await guilds.purge() == []
    assert (await guilds.settings(HERE)).private


async def test_a_guild_that_comes_back_while_others_are_deleted_stays(small, guilds, clock, monkeypatch):
    await fill(small, HERE)
    await guilds.left(HERE)
    clock.move(GRACE + DAY)
    gone = await small.store.settings.gone("9999")
    await guilds.returned(HERE)

    assert [await small.store.settings.purge(guild) for guild in gone] == [False]
    assert await answer(small, HERE) == TEA.text


async def test_the_days_of_grace_begin_once(small, guilds, clock):
    await fill(small, HERE)
    await guilds.left(HERE)
    clock.move(GRACE - DAY)
    await guilds.present([])  # a start in between
    clock.move(2 * DAY)

    assert await guilds.purge() == [HERE]


async def test_a_guild_of_which_nothing_is_kept_leaves_no_row_when_it_comes(guilds, rows_of):
    await guilds.returned(HERE)

    assert not any(rows_of(HERE).values())


async def test_guilds_that_went_and_came_while_the_bot_was_away_are_noticed(small, guilds, clock):
    for guild in (HERE, ELSEWHERE):
        await fill(small, guild)
    await guilds.left(ELSEWHERE)
    await guilds.present([ELSEWHERE, 30])
    clock.move(GRACE + DAY)

    assert await guilds.purge() == [HERE]


async def test_a_guild_with_nothing_but_a_question_is_noticed_too(small, guilds, clock):
    await small.store.queue.note_question(HERE, OpenQuestion("q", "Who?", "en", ""))
    await guilds.present([])
    clock.move(GRACE + DAY)

    assert await guilds.purge() == [HERE]


async def test_a_purged_guild_starts_anew(small, guilds, clock):
    await fill(small, HERE)
    await guilds.left(HERE)
    clock.move(GRACE + DAY)
    await guilds.purge()
    await fill(small, HERE)

    assert await answer(small, HERE) == TEA.text
    assert await guilds.purge() == []


async def test_the_daily_task_deletes_what_is_older_than_thirty_days(small, guilds, clock, rows_of):
    await fill(small, HERE)
    clock.move(timedelta(days=29))
    await forget(small.store, clock)
    assert rows_of(HERE)["question"] == rows_of(HERE)["draft"] == rows_of(HERE)["answer"] == 1

    clock.move(2 * DAY)
    await forget(small.store, clock)

    kept = rows_of(HERE)
    assert kept["question"] == kept["draft"] == kept["answer"] == 0
    assert kept["opinion"] == 1, "an opinion stays until /privacy delete"
    assert await answer(small, HERE) == TEA.text


async def test_the_daily_task_deletes_guilds_once_it_is_known_which_have_the_bot(small, clock, rows_of):
    guilds = small.use_cases.guilds
    for guild in (HERE, ELSEWHERE):
        await fill(small, guild)
        await guilds.left(guild)
    clock.move(GRACE + DAY)
    task = asyncio.create_task(daily(partial(purge, guilds)))
    await asyncio.sleep(0.05)
    assert all(rows_of(HERE).values())

    await guilds.present([ELSEWHERE])  # it invited the bot back while the process was down
    while any(rows_of(HERE).values()):
        await asyncio.sleep(0.01)
    task.cancel()
    assert all(rows_of(ELSEWHERE).values())


async def test_a_fault_of_the_database_leaves_it_to_the_next_day(monkeypatch, logged):
    faults = [HallyuError("The disk is full.")]
    done = asyncio.Event()

    async def work() -> None:
        if faults:
            raise faults.pop()
        done.set()

    monkeypatch.setattr("bot.forgetting.DAY_SECONDS", 0.01)
    task = asyncio.create_task(daily(work))
    await asyncio.wait_for(done.wait(), 5)
    task.cancel()
    assert [entry["event"] for entry in logged] == ["forgetting.failed"]


@pytest.fixture
def marked(small):
    """The guilds that removed the bot."""
    return lambda: small.store.settings.gone("9999")


def without(payload, key):
    return {name: value for name, value in payload.items() if name != key}


async def test_discord_tells_when_a_guild_removes_the_bot(town, small, marked):
    await fill(small, town.guild.id)
    town.env.backend.remove_guild(town.guild.id)
    await town.env.settle()

    assert await marked() == [town.guild.id]


async def test_discord_tells_when_a_guild_invites_the_bot_back(town, small, marked, monkeypatch):
    await fill(small, RETURNED)
    await small.store.settings.left(RETURNED)
    emit = town.env.backend.emit
    # Discord says nothing of availability in the guild that has just added the bot.
    monkeypatch.setattr(town.env.backend, "emit", lambda event, payload: emit(event, without(payload, "unavailable")))
    town.env.create_guild("Back", id=RETURNED)
    await town.env.settle()

    assert await marked() == []


async def test_an_outage_of_discord_is_no_leaving(town, small, marked):
    await fill(small, town.guild.id)
    town.env.backend.emit("GUILD_DELETE", {"id": str(town.guild.id), "unavailable": True})
    await town.env.settle()

    assert await marked() == []


async def test_at_the_start_guilds_that_are_gone_are_marked_and_others_are_not(town, small, marked):
    await fill(small, town.guild.id)
    await fill(small, HERE)
    await small.store.settings.left(town.guild.id)
    await town.restart()
    await town.env.settle()

    assert await marked() == [HERE]
