"""What lists of notes are made of: what a guild holds, who changed it last, what members think of it."""

from __future__ import annotations

import pytest

from fakes.keeping import add, retire
from knowledge.curation import Act, Edit, Holding
from knowledge.models import AnswerRecord, Hidden, Quote, Scope
from knowledge.queue import Opinions
from knowledge.store import open_store

HERE, ELSEWHERE = 10, 20


@pytest.fixture
async def store(path, clock, make_pack, make_snippet):
    async with open_store(path, clock=clock) as store:
        await store.sync(make_pack(make_snippet("bundled")))
        yield store


async def hide(store, guild, snippet):
    await store.edits.apply(guild, [Edit("snippet", snippet, Hidden(snippet), None)], Act(7, "remove"))


async def test_a_guild_holds_what_it_wrote_what_it_hides_and_what_it_wrote_once(store, make_snippet):
    kept = await add(store, HERE, make_snippet("kept"), 7)
    await add(store, HERE, make_snippet("gone"), 7)
    await retire(store, HERE, "gone", 7)
    await hide(store, HERE, "bundled")

    hidden, gone, still = await store.edits.holdings(HERE)

    assert hidden.content == Hidden("bundled")
    assert (gone.id, gone.content, gone.live) == ("gone", make_snippet("gone"), False)
    assert still == Holding("kept", kept.id, make_snippet("kept"), True, "2026-11-23T12:00:00+00:00")


async def test_the_latest_text_is_held_with_the_time_of_the_latest_change(store, clock, make_snippet):
    await add(store, HERE, make_snippet("note", text="One."), 7)
    await add(store, HERE, make_snippet("note", text="Two."), 7)
    clock.forward(days=1)
    await retire(store, HERE, "note", 8)

    (held,) = await store.edits.holdings(HERE)

    assert (held.content.text, held.live, held.changed_at[:10]) == ("Two.", False, "2026-11-24")


async def test_only_what_was_changed_since_a_version_is_read_again(store, make_snippet):
    await add(store, HERE, make_snippet("one"), 7)
    second = await add(store, HERE, make_snippet("two"), 7)
    third = await add(store, HERE, make_snippet("one", text="Changed."), 7)

    assert [held.version for held in await store.edits.holdings(HERE, since=second.id)] == [third.id]
    assert await store.edits.holdings(HERE, since=third.id) == []


async def test_no_guild_holds_anything_of_another(store, make_snippet):
    await add(store, ELSEWHERE, make_snippet("theirs"), 7)

    assert await store.edits.holdings(HERE) == []
    assert await store.edits.latest_of(HERE, 7) == set()
    assert await store.edits.changes(HERE) == (0, 0)


async def test_the_latest_versions_are_told_by_who_made_them(store, make_snippet):
    mine = await add(store, HERE, make_snippet("mine"), 7)
    await add(store, HERE, make_snippet("ours"), 7)
    theirs = await add(store, HERE, make_snippet("ours", text="Changed."), 8)

    assert await store.edits.latest_of(HERE, 7) == {mine.id}
    assert await store.edits.latest_of(HERE, 8) == {theirs.id}


async def test_who_is_forgotten_made_nothing(store, make_snippet):
    await add(store, HERE, make_snippet("mine"), 7)
    await store.people.forget(7)

    assert await store.edits.latest_of(HERE, 7) == set()


async def test_every_change_of_a_guild_is_told_and_no_other(store, make_snippet):
    await add(store, HERE, make_snippet("one"), 7)
    first = await store.edits.changes(HERE)
    await add(store, ELSEWHERE, make_snippet("one"), 7)
    assert await store.edits.changes(HERE) == first
    await retire(store, HERE, "one", 7)
    later = await store.edits.changes(HERE)

    assert later[0] == first[0]
    assert later[1] > first[1]


async def vote(store, guild, revision, user, value):
    id = f"{guild}-{revision}-{user}"
    await store.record_answer(AnswerRecord(id, Scope(guild), "en", (Quote(revision, "en", 0, 4),)))
    await store.vote(id, user, value)


async def test_opinions_of_all_versions_count_and_those_of_other_guilds_do_not(store, make_snippet):
    (bundled,) = await store.live(Scope())
    mine = await add(store, HERE, make_snippet("bundled", text="Ours."), 7)
    other = await add(store, HERE, make_snippet("other"), 7)
    await vote(store, HERE, bundled.id, 1, 1)
    await vote(store, HERE, mine.id, 2, 1)
    await vote(store, HERE, mine.id, 3, -1)
    await vote(store, HERE, other.id, 4, -1)
    await vote(store, ELSEWHERE, bundled.id, 5, -1)

    assert await store.queue.opinions(HERE, "bundled") == Opinions(good=2, bad=1)
    assert await store.queue.opinions(ELSEWHERE, "bundled") == Opinions(good=0, bad=1)
    assert await store.queue.opinions(HERE, "nothing") == Opinions()
