"""What the store keeps of guilds beside their knowledge: whose log has grown, and what goes with a guild."""

from datetime import timedelta

import pytest

from fakes.keeping import add
from knowledge.curation import Act, Edit
from knowledge.guilds import GuildSettings
from knowledge.queue import OpenQuestion, Proposal
from knowledge.store import open_store

BY_MIN = Act(7, "edit")


@pytest.fixture
async def store(path, clock):
    async with open_store(path, clock) as opened:
        yield opened


@pytest.fixture
def grown(store):
    """The guilds whose log has grown, in the order in which they did."""
    grown = []
    store.edits.listen(grown.append)
    return grown


async def test_whoever_listens_is_told_of_every_line_of_the_log_once_it_is_on_disk(store, grown, make_snippet):
    lines = []

    async def count(guild):
        lines.append(len(await store.edits.log(guild, 9)))

    await add(store, 10, make_snippet("one"), 7)
    await count(10)
    await store.queue.propose(20, [Proposal("p", "suggestion", make_snippet("two"), 7)])
    assert await store.queue.reject(20, "p", None, BY_MIN, "two")
    assert not await store.queue.reject(20, "p", None, BY_MIN, "two")
    await count(20)
    await store.settings.keep_settings(30, GuildSettings(), BY_MIN)
    await count(30)

    assert (grown, lines) == ([10, 20, 30], [1, 1, 1])


async def test_a_change_that_changes_nothing_tells_nobody(store, grown, make_snippet):
    first = await add(store, 10, make_snippet("one"), 7)
    await store.edits.apply(10, [Edit("snippet", "one", first.snippet, first.id)], BY_MIN)
    await store.edits.apply(10, [Edit("snippet", "one", None, None)], BY_MIN)  # a conflict

    assert grown == [10]


async def test_who_no_longer_listens_is_not_told(store, make_snippet):
    grown = []
    stop = store.edits.listen(grown.append)
    stop()
    await add(store, 10, make_snippet("one"), 7)

    assert grown == []


async def test_every_guild_of_which_anything_is_kept_is_known(store, make_snippet):
    await add(store, 10, make_snippet("one"), 7)
    await store.queue.propose(20, [Proposal("p", "suggestion", make_snippet("two"), 7)])
    await store.queue.note_question(30, OpenQuestion("q", "Who?", "en", ""))
    await store.queue.keep_draft(40, 7, "d", "{}")
    await store.settings.keep_settings(50, GuildSettings(), BY_MIN)

    assert await store.settings.known() == [10, 20, 30, 40, 50]


async def test_a_draft_is_dropped_by_the_person_in_the_guild_who_keeps_it(store):
    await store.queue.keep_draft(40, 7, "d", "{}")
    await store.queue.drop_draft(40, 8, "d")
    await store.queue.drop_draft(30, 7, "d")
    assert await store.queue.draft(40, 7, "d") == "{}"

    await store.queue.drop_draft(40, 7, "d")
    assert await store.queue.draft(40, 7, "d") is None


async def test_a_guild_that_has_the_bot_is_never_purged(store, make_snippet):
    await add(store, 10, make_snippet("one"), 7)

    assert not await store.settings.purge(10)
    await store.settings.left(10)
    await store.settings.returned(10)
    assert not await store.settings.purge(10)
    assert await store.guilds() == [10]


async def test_a_guild_that_was_purged_and_comes_back_is_given_no_id_again(store, make_snippet):
    given = []
    for _ in range(3):
        given += [(await add(store, 10, make_snippet(id), 7)).id for id in ("one", "two")]
        for _ in range(2):
            await store.settings.left(10)
            await store.settings.purge(10)
    other = await add(store, 20, make_snippet("one"), 7)

    assert [*given, other.id] == sorted({*given, other.id})
    assert len({*given, other.id}) == 7


async def test_the_mark_of_the_log_goes_with_its_guild(store):
    for guild in (1, 10, 110):
        await store.settings.keep_log_mark(guild, "5:1")
    await store.settings.left(10)
    await store.settings.purge(10)

    assert [await store.settings.log_mark(guild) for guild in (1, 10, 110)] == ["5:1", None, "5:1"]


async def test_the_moment_of_leaving_is_the_first(store, clock):
    await store.settings.left(10)
    before = (clock() + timedelta(days=1)).isoformat(timespec="seconds")
    clock.now += timedelta(days=2)
    await store.settings.left(10)

    assert await store.settings.gone(before) == [10]


async def test_questions_are_dropped_with_those_who_wait_for_one_guild_alone(store):
    for guild, question in ((10, "q"), (20, "r")):
        await store.queue.note_question(guild, OpenQuestion(question, "Who?", "en", ""))
        await store.queue.wait_for(guild, question, 7)

    assert await store.queue.drop_questions(10) == 1
    assert await store.queue.questions(10) == []
    assert (await store.people.kept(7))["questions"] == 1
