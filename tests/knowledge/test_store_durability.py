"""What the store promises about writes, looked at from inside its own connections."""

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager

import pytest

from fakes.keeping import add
from knowledge.curation import Act, Edit
from knowledge.errors import HallyuError, Unwritable
from knowledge.models import Scope
from knowledge.store import open_store
from knowledge.store.sqlite.connection import connection, use_wal
from knowledge.store.sqlite.refusals import refusals
from knowledge.store.sqlite.transaction import Turns, transaction


async def value(opened, pragma):
    return next(iter(await opened.execute_fetchall(f"PRAGMA {pragma}")))[0]


@asynccontextmanager
async def a_table(path):
    """A connection as the writer's, with an empty table `t`."""
    path.parent.mkdir(exist_ok=True)
    async with connection(path, "rwc") as opened:
        await use_wal(opened)
        await opened.execute_fetchall("CREATE TABLE t (x)")
        yield opened


async def rows(opened):
    return [x for (x,) in await opened.execute_fetchall("SELECT x FROM t")]


async def test_the_writer_syncs_every_commit_to_the_disk(path):
    async with open_store(path) as store:
        writer = store._access._turns._connection
        full = 2
        assert await value(writer, "synchronous") == full
        assert await value(writer, "journal_mode") == "wal"
        assert await value(writer, "foreign_keys") == 1
        assert await value(writer, "recursive_triggers") == 1
        assert await value(writer, "busy_timeout") == 5_000


@pytest.mark.parametrize("size", [1, 1_000], ids=["short", "longer than a page"])
async def test_what_a_person_has_deleted_is_not_in_the_file_any_more(path, size):
    written = "what I wanted to add " * size
    async with open_store(path) as store:
        await store.queue.keep_draft(10, 7, "form", written)
        await store.queue.keep_draft(10, 8, "another", "a draft that stays")
    assert b"what I wanted to add" in path.read_bytes()
    async with open_store(path) as store:
        assert await value(store._access._turns._connection, "secure_delete") == 1
        await store.people.forget(7)
    assert b"what I wanted to add" not in path.read_bytes()
    assert b"a draft that stays" in path.read_bytes()


async def test_sorting_needs_no_room_on_a_disk(path):
    async with open_store(path) as store:
        assert await value(store._access.reader, "temp_store") == 2  # MEMORY


async def test_the_readers_connection_cannot_write(path):
    async with open_store(path) as store:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await store._reader.execute_fetchall("INSERT INTO note VALUES ('a', 'b')")


async def test_a_transaction_that_fails_changes_nothing(path):
    async def work(opened):
        await opened.execute_fetchall("INSERT INTO t VALUES (1)")
        raise KeyError

    async with a_table(path) as opened:
        with pytest.raises(KeyError):
            await Turns(opened).run(work)
        assert not opened.in_transaction
        assert await rows(opened) == []


async def test_a_caller_that_is_cancelled_leaves_a_whole_write_and_no_open_transaction(path):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(opened):
        await opened.execute_fetchall("INSERT INTO t VALUES (1)")
        begun.set()
        await go_on.wait()
        await opened.execute_fetchall("INSERT INTO t VALUES (2)")

    async with a_table(path) as opened:
        turns = Turns(opened)
        caller = asyncio.create_task(turns.run(work))
        await begun.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        go_on.set()
        await turns.finish()
        assert not opened.in_transaction
        assert await rows(opened) == [1, 2]


@pytest.mark.parametrize("steps", range(8))
async def test_a_transaction_cancelled_at_any_step_is_whole_or_undone(path, steps):
    async def write(opened):
        async with transaction(opened):
            await opened.execute_fetchall("INSERT INTO t VALUES (1)")
            await opened.execute_fetchall("INSERT INTO t VALUES (2)")

    async with a_table(path) as opened:
        task = asyncio.create_task(write(opened))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert await rows(opened) in ([], [1, 2])
        assert not opened.in_transaction
        await write(opened)


async def test_leaving_the_store_waits_for_writes_that_were_begun(path, make_snippet):
    async with open_store(path) as store:
        edit = Edit("snippet", "own", make_snippet("own"), None)
        caller = asyncio.create_task(store.edits.apply(10, [edit], Act(1, "add")))
        await asyncio.sleep(0)
        caller.cancel()
    async with open_store(path) as store:
        assert len(await store.live(Scope(10))) == 1


async def test_writers_take_turns(path, make_snippet):
    async with open_store(path) as store:
        added = await asyncio.gather(*(add(store, 10, make_snippet(f"s-{n}"), 1) for n in range(30)))
        assert sorted(revision.id for revision in added) == [r.id for r in await store.live(Scope(10))]


async def test_a_read_during_a_write_sees_the_state_before_it(path, make_snippet, make_pack):
    pack = make_pack(*(make_snippet(f"s-{n}") for n in range(500)))
    async with open_store(path) as store:
        writing = asyncio.create_task(store.sync(pack))
        seen = set()
        while not writing.done():
            seen.add(len(await store.live(Scope())))
        seen.add(len(await store.live(Scope())))
        assert seen == {0, 500}


async def test_a_full_disk_is_a_sentence_and_changes_nothing(path, make_snippet):
    async with open_store(path) as store:
        await add(store, 10, make_snippet("own"), 1)
        writer = store._access._turns._connection
        pages = await value(writer, "page_count")
        await value(writer, f"max_page_count = {pages}")
        with pytest.raises(Unwritable, match=r"The disk with .* is full\. Nothing was changed") as refused:
            await store.keep_vectors("model", {str(n): bytes(1_000) for n in range(100)})
        assert refused.value.key == "refused.disk_full"
        assert await store.vectors("model", ["0"]) == {}
        await value(writer, f"max_page_count = {pages + 1_000}")
        await add(store, 10, make_snippet("more"), 1)
        assert len(await store.live(Scope(10))) == 2


async def test_a_database_that_turns_read_only_is_a_sentence(path, make_snippet):
    async with open_store(path) as store:
        await store._access._turns._connection.execute_fetchall("PRAGMA query_only = ON")
        with pytest.raises(Unwritable, match=r"cannot be written\. Nothing was changed") as refused:
            await add(store, 10, make_snippet("own"), 1)
        assert refused.value.key == "refused.not_writable"
        assert await store.live(Scope(10)) == []


async def test_a_database_that_another_program_holds_is_a_sentence(path):
    async with open_store(path) as store:
        await store._access._turns._connection.execute_fetchall("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HallyuError, match="Another program holds"):
            await store.keep_note("key", "value")
        other.close()
        await store.keep_note("key", "value")


def test_a_defect_of_ours_is_not_dressed_up_as_a_refusal(path):
    with pytest.raises(sqlite3.OperationalError, match="syntax error"), refusals(path):
        sqlite3.connect(":memory:").execute("SELEKT")


async def test_no_thread_is_left_behind(path):
    before = set(threading.enumerate())
    async with open_store(path):
        threads = set(threading.enumerate()) - before
        assert len(threads) == 2
    for thread in threads:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET body = '{}'",
        "UPDATE revision SET number = 9",
        "UPDATE revision SET created_at = ''",
        "UPDATE revision SET author = 2",
        "DELETE FROM revision",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO revision SELECT * FROM revision",
        "INSERT INTO revision VALUES (9, 1, 9, 'retire', NULL, '{}', 'hash', NULL, '')",
        "INSERT INTO revision VALUES (9, 1, 9, 'revise', NULL, NULL, NULL, NULL, '')",
    ],
)
async def test_history_cannot_be_rewritten(path, make_snippet, statement):
    async with open_store(path) as store:
        added = await add(store, 10, make_snippet("own"), 1)
        with pytest.raises(sqlite3.IntegrityError):
            await store._access._turns._connection.execute_fetchall(statement)
        assert await store.live(Scope(10)) == [added]


async def test_an_author_can_be_forgotten(path, make_snippet):
    async with open_store(path) as store:
        await add(store, 10, make_snippet("own"), 1)
        await store._access._turns._connection.execute_fetchall("UPDATE revision SET author = NULL WHERE author = 1")
        (revision,) = await store.live(Scope(10))
        assert revision.author is None
