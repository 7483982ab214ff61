"""`/privacy` shows and deletes what is kept about the person, in every table, and nothing of anybody else."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace

import pytest

from fakes.knowing import a_snippet
from fakes.town import labels, shown
from knowledge.curation import Act, Edit
from knowledge.guilds import GuildSettings
from knowledge.models import AnswerRecord, Quote, Scope
from knowledge.queue import OpenQuestion, Proposal
from knowledge.store.sqlite.people import TRACES

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.")
GUILD = 10
ONE_OF_EACH = dict.fromkeys(TRACES, 1)


async def leave_traces(small, user, suffix=""):
    """Everything that a person may do that is kept with their id, once."""
    store, note = small.store, replace(TEA, id=f"tea{suffix}")
    outcome = await small.curating.apply(GUILD, [Edit("snippet", note.id, note, None)], Act(user, "add"))
    await store.queue.propose(GUILD, [Proposal(f"p{suffix}", "suggestion", note, user, tell=True)])
    await store.queue.note_question(GUILD, OpenQuestion(f"q{suffix}", "Who?", "en", ""))
    await store.queue.wait_for(GUILD, f"q{suffix}", user)
    await store.queue.keep_draft(GUILD, user, f"d{suffix}", "{}")
    quotes = (Quote(outcome.versions[0].id, "en", 0, 4),)
    await store.record_answer(AnswerRecord(f"a{suffix}", Scope(GUILD), "en", quotes))
    await store.vote(f"a{suffix}", user, -1, "wrong")


@pytest.fixture
async def traces(town, small):
    await leave_traces(small, town.alice.id)
    await leave_traces(small, town.bob.id, "-2")


@pytest.fixture
def database(small, tmp_path):
    """The database as another program reads it."""
    connection = sqlite3.connect(tmp_path / "hallyu.sqlite3")
    yield connection
    connection.close()


def tables(database):
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def columns(database):
    return [(table, row[1]) for table in tables(database) for row in database.execute(f"PRAGMA table_info({table})")]


def holding(database, user):
    """The columns of every table in which the id of a person stands, as a number or within a text."""
    return {
        (table, column)
        for table, column in columns(database)
        for (value,) in database.execute(f'SELECT "{column}" FROM {table}')
        if re.search(rf"(?<!\d){user}(?!\d)", str(value))
    }


PEOPLE = re.compile(
    r"(user|author|asker|member|moderator|voter|person|people|owner_id|creator|editor|reviewer|decider|by|who|sender)s?"
)


def names_a_person(column):
    return any(PEOPLE.fullmatch(word) for word in column.split("_"))


def test_every_column_that_holds_people_is_covered(database):
    held = {(table, column) for table, column in columns(database) if names_a_person(column)}

    assert held == {(trace.table, trace.column) for trace in TRACES.values()}


@pytest.mark.parametrize("column", ["user", "author", "asked_by", "member_id", "reviewers", "decided_by", "user_id"])
def test_a_column_that_were_forgotten_would_be_noticed(column):
    assert names_a_person(column)


async def test_what_people_do_leaves_their_id_where_it_is_covered_and_nowhere_else(town, traces, small, database):
    assert holding(database, town.alice.id) == {(trace.table, trace.column) for trace in TRACES.values()}
    assert await small.use_cases.members.kept(town.alice.id) == ONE_OF_EACH


async def test_show_counts_everything_to_the_person_alone(town, traces):
    result = await town.alice.slash(town.channel, "privacy show")

    assert result.ephemeral
    assert len(re.findall(r"^- .*: 1$", shown(result), re.MULTILINE)) == len(TRACES)
    assert labels(result) == []


async def test_show_works_in_a_direct_message(town, traces):
    result = await town.alice.user.slash("privacy show")

    assert "Notes you suggested: 1" in shown(result)


async def test_delete_asks_once_and_deletes_nothing_before(town, traces, small):
    result = await town.alice.slash(town.channel, "privacy delete")

    assert result.ephemeral
    assert labels(result) == ["Delete"]
    assert await small.use_cases.members.kept(town.alice.id) == ONE_OF_EACH


async def test_after_delete_no_table_holds_the_id_and_others_keep_theirs(town, traces, small, database):
    page = await town.alice.slash(town.channel, "privacy delete")
    await town.press(page, "Delete")

    assert holding(database, town.alice.id) == set()
    assert "Your user ID is gone from:" in shown(page)
    assert labels(page) == []
    assert await small.use_cases.members.kept(town.bob.id) == ONE_OF_EACH


async def test_delete_keeps_the_texts_that_others_rely_on(town, traces, small):
    page = await town.alice.slash(town.channel, "privacy delete")
    await town.press(page, "Delete")

    [version] = await small.store.edits.history(GUILD, "snippet", "tea")
    assert (version.content, version.author) == (TEA, None)
    assert (await small.store.queue.proposal(GUILD, "p")).author is None
    assert [entry.user for entry in await small.store.edits.log(GUILD, 9)] == [town.bob.id, None]


async def test_the_button_deletes_what_is_kept_about_who_presses_it_also_after_a_restart(town, traces, small):
    page = await town.alice.slash(town.channel, "privacy delete")
    await town.restart()
    await town.press(page, "Delete")

    assert not any((await small.use_cases.members.kept(town.alice.id)).values())


async def test_who_left_nothing_is_told_so_and_has_nothing_to_press(town):
    for command in ("privacy show", "privacy delete"):
        result = await town.bob.slash(town.channel, command)

        assert "Nothing is kept with your user ID." in shown(result)
        assert labels(result) == []


async def test_a_second_press_is_harmless(town, traces):
    first, second = [await town.alice.slash(town.channel, "privacy delete") for _ in range(2)]
    await town.press(first, "Delete")
    await town.press(second, "Delete")

    assert "Nothing is kept with your user ID." in shown(second)


async def test_it_speaks_korean(town, traces):
    town.speaks_korean(town.alice)

    assert "내가 제안한 노트: 1개" in shown(await town.alice.slash(town.channel, "privacy show"))


async def test_settings_hold_roles_and_channels_but_nobody(town, small, database):
    await small.use_cases.guilds.change(GUILD, GuildSettings((1, 2), log_channel=3), Act(town.alice.id, "setup-log"))

    assert holding(database, town.alice.id) == {("change", "user")}
