import pytest

from fakes.keeping import add, retire
from knowledge.models import Entity, Kind, Scope, Snippet, Statement, Status, Topic
from knowledge.store import TopicCount, open_store

PACK, HERE, ELSEWHERE = Scope(), Scope(10), Scope(20)


@pytest.fixture
async def store(path, clock):
    async with open_store(path, clock) as opened:
        yield opened


def ids(revisions):
    return [revision.snippet.id for revision in revisions]


async def test_a_fresh_store_is_empty(store):
    assert await store.live(HERE) == []
    assert await store.entities(HERE) == []
    assert await store.topics(HERE) == []
    assert await store.guilds() == []
    assert await store.pack_digest() is None


async def test_a_snippet_comes_back_with_every_field(store, make_snippet):
    full = make_snippet(
        "duo/label/big-label",
        text_ko="듀오는 빅 레이블 소속이다.",
        kind=Kind.STATE,
        status=Status.DISPUTED,
        entities=("duo", "big-label"),
        asks=("누구 소속",),
        valid_until="2026-05",
        statement=Statement("duo", "label", "big-label", "2023", None, ("other-label",)),
    )
    bare = Snippet("bare", "charts", None, "듀오.", Kind.EVENT, "2025", Status.OFFICIAL, ())
    for snippet in (full, bare):
        added = await add(store, 10, snippet, 7)
        assert added.snippet == snippet
        assert await store.revisions(HERE, [added.id]) == {added.id: added}


async def test_a_revision_says_when_by_whom_and_which_number(store, make_snippet):
    added = await add(store, 10, make_snippet("own"), 7)
    assert (added.owner, added.number, added.author) == (10, 1, 7)
    assert added.created_at == "2026-11-23T12:00:00+00:00"


async def test_two_guilds_never_see_each_other(store, make_snippet, make_pack):
    await store.sync(make_pack(make_snippet("bundled")))
    here = await add(store, 10, make_snippet("ours"), 1)
    there = await add(store, 20, make_snippet("theirs"), 2)
    assert ids(await store.live(HERE)) == ["bundled", "ours"]
    assert ids(await store.live(ELSEWHERE)) == ["bundled", "theirs"]
    assert ids(await store.live(PACK)) == ["bundled"]
    assert list(await store.revisions(HERE, [here.id, there.id])) == [here.id]
    assert list(await store.revisions(PACK, [here.id, there.id])) == []
    assert await store.guilds() == [10, 20]


async def test_two_guilds_may_use_the_same_id(store, make_snippet):
    ours = await add(store, 10, make_snippet("same", text="Ours."), 1)
    theirs = await add(store, 20, make_snippet("same", text="Theirs."), 2)
    assert [revision.snippet.text for revision in await store.live(HERE)] == ["Ours."]
    assert ours.id != theirs.id


async def test_a_retired_snippet_is_gone_at_once(store, make_snippet):
    added = await add(store, 10, make_snippet("own"), 1)
    await retire(store, 10, "own", 2)
    assert await store.live(HERE) == []
    assert await store.revisions(HERE, [added.id]) == {}
    assert await store.guilds() == []


async def test_a_retired_id_can_be_used_again_and_goes_on_counting(store, make_snippet):
    first = await add(store, 10, make_snippet("own"), 1)
    await retire(store, 10, "own", 1)
    again = await add(store, 10, make_snippet("own", text="Anew."), 1)
    assert again.number == 3
    assert again.id > first.id
    assert await store.live(HERE) == [again]


async def test_more_ids_than_fit_in_a_statement_are_looked_up(store, make_snippet, make_pack):
    await store.sync(make_pack(*(make_snippet(f"s-{n}") for n in range(1_200))))
    live = await store.live(PACK)
    found = await store.revisions(PACK, [revision.id for revision in live] + [999_999, 1, 1])
    assert sorted(found.values(), key=lambda revision: revision.id) == live
    assert len(live) == 1_200


async def test_snippets_that_cite_one_page_share_its_source(store, make_snippet, make_pack):
    await store.sync(make_pack(make_snippet("a"), make_snippet("b")))
    one, other = await store.live(PACK)
    assert one.snippet.sources[0] is other.snippet.sources[0]


async def test_entities_come_back_with_their_names(store, make_pack):
    entities = (Entity("duo", "group", "Duo", "듀오", ("DUO", "Trio")), Entity("solo", "soloist", "Solo"))
    await store.sync(make_pack(entities=entities))
    assert tuple(await store.entities(HERE)) == entities


async def test_topics_are_counted_per_scope_largest_first(store, make_snippet, make_pack):
    await store.sync(
        make_pack(make_snippet("a"), make_snippet("b", topic="profiles"), make_snippet("c", topic="profiles"))
    )
    await add(store, 10, make_snippet("own"), 1)
    await add(store, 10, make_snippet("mine"), 1)
    charts, profiles = Topic("charts", "Charts", "차트"), Topic("profiles", "profiles", "profiles")
    assert await store.topics(PACK) == [TopicCount(profiles, 2), TopicCount(charts, 1)]
    assert await store.topics(HERE) == [TopicCount(charts, 3), TopicCount(profiles, 2)]


async def test_a_topic_without_live_snippets_is_not_listed(store, make_pack):
    await store.sync(make_pack())
    assert await store.topics(PACK) == []


@pytest.mark.parametrize("text", ["'; DROP TABLE record; --", "％_\\", "\u0000", "🎤" * 100])
async def test_any_text_is_data_and_never_sql(store, make_snippet, text):
    added = await add(store, 10, make_snippet(text, text=text, topic=text), 1)
    assert (await store.revisions(HERE, [added.id]))[added.id].snippet.text == text
    await retire(store, 10, text, 1)
    assert await store.live(HERE) == []
