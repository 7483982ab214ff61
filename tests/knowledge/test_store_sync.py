import sqlite3
from dataclasses import replace

import pytest

from fakes.keeping import add
from knowledge.models import Entity, Scope, Topic
from knowledge.pack import load_pack
from knowledge.store import Change, open_store

PACK = Scope()


@pytest.fixture
async def store(path, clock):
    async with open_store(path, clock) as opened:
        yield opened


def history(path, slug):
    with sqlite3.connect(path) as connection:
        sql = """
            SELECT number, action, body IS NULL FROM revision JOIN record ON record.id = revision.record
            WHERE slug = ? ORDER BY number
        """
        return connection.execute(sql, (slug,)).fetchall()


async def revision_ids(store):
    return {revision.snippet.id: revision.id for revision in await store.live(PACK)}


async def test_the_first_sync_adds_everything(store, make_snippet, make_pack):
    change = await store.sync(
        make_pack(make_snippet("a"), make_snippet("b"), entities=(Entity("duo", "group", "Duo"),))
    )
    assert (change.added, change.revised, change.retired) == (4, 0, 0)
    assert set(change.came) == set((await revision_ids(store)).values())
    assert change.went == ()


async def test_syncing_the_same_pack_again_changes_nothing(store, path, make_snippet, make_pack):
    pack = make_pack(make_snippet("a"))
    await store.sync(pack)
    before = await store.live(PACK)
    assert await store.sync(pack) == Change()
    assert (await store.sync(pack)).nothing
    assert await store.live(PACK) == before
    assert history(path, "a") == [(1, "add", 0)]


async def test_a_change_revises_that_record_alone(store, path, make_snippet, make_pack):
    await store.sync(make_pack(make_snippet("a"), make_snippet("b")))
    before = await revision_ids(store)
    change = await store.sync(make_pack(make_snippet("a", text="Another text."), make_snippet("b")))
    after = await revision_ids(store)
    assert change == Change(revised=1, came=(after["a"],), went=(before["a"],))
    assert after["b"] == before["b"]
    assert history(path, "a") == [(1, "add", 0), (2, "revise", 0)]


async def test_what_the_pack_lacks_is_retired_and_keeps_its_history(store, path, make_snippet, make_pack):
    await store.sync(make_pack(make_snippet("a"), make_snippet("b")))
    before = await revision_ids(store)
    change = await store.sync(make_pack(make_snippet("b")))
    assert change == Change(retired=1, went=(before["a"],))
    assert list(await revision_ids(store)) == ["b"]
    assert history(path, "a") == [(1, "add", 0), (2, "retire", 1)]


async def test_what_comes_back_goes_on_in_a_new_revision(store, path, make_snippet, make_pack):
    for snippets in ([make_snippet("a")], [], [make_snippet("a")]):
        change = await store.sync(make_pack(*snippets))
    assert change.added == 1
    assert change.came == ((await revision_ids(store))["a"],)
    assert history(path, "a") == [(1, "add", 0), (2, "retire", 1), (3, "restore", 0)]


async def test_entities_and_topics_are_synced_like_snippets(store, make_pack):
    await store.sync(make_pack(entities=(Entity("duo", "group", "Duo"), Entity("solo", "soloist", "Solo"))))
    renamed = replace(
        make_pack(entities=(Entity("duo", "group", "Duo", "듀오"),)), topics=(Topic("other", "Other", "다른"),)
    )
    change = await store.sync(renamed)
    assert (change.added, change.revised, change.retired) == (1, 1, 2)
    assert change.came == change.went == ()
    assert await store.entities(PACK) == [Entity("duo", "group", "Duo", "듀오")]


async def test_a_guilds_own_is_not_touched(store, make_snippet, make_pack):
    own = await add(store, 10, make_snippet("own"), 1)
    await store.sync(make_pack(make_snippet("own")))
    await store.sync(make_pack())
    assert await store.live(Scope(10)) == [own]


async def test_the_digest_is_kept_with_the_content(store, make_snippet, make_pack):
    await store.sync(make_pack(make_snippet("a"), digest="one"))
    await store.sync(make_pack(make_snippet("a"), digest="two"))
    assert await store.pack_digest() == "two"


async def test_the_bundled_pack_comes_back_whole(store):
    pack = load_pack()
    await store.sync(pack)
    assert sorted((r.snippet for r in await store.live(PACK)), key=lambda s: s.id) == list(pack.snippets)
    assert await store.entities(PACK) == list(pack.entities)
    assert (await store.sync(pack)).nothing
