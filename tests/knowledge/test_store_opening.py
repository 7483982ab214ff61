import os
import sqlite3
import subprocess
import sys

import aiosqlite
import pytest

from fakes.keeping import add
from knowledge.errors import HallyuError
from knowledge.models import Scope
from knowledge.store import open_store, open_store_readonly, sqlite_version
from knowledge.store.sqlite.migrations import MIGRATIONS

NEEDS_PERMISSIONS = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")


async def opened(path):
    async with open_store(path):
        pass


async def opened_readonly(path):
    async with open_store_readonly(path):
        pass


async def test_the_folder_is_made_on_first_use(path):
    await opened(path)
    assert path.is_file()


async def test_what_was_written_is_there_after_reopening(path, make_snippet):
    async with open_store(path) as store:
        await add(store, 10, make_snippet("own"), 1)
    async with open_store(path) as store:
        assert [revision.snippet.id for revision in await store.live(Scope(10))] == ["own"]


async def test_a_second_writer_is_refused_and_changes_nothing(path, make_snippet):
    async with open_store(path) as store:
        await add(store, 10, make_snippet("own"), 1)
        with pytest.raises(HallyuError, match=r"^Another Hallyu is already writing in .* choose another folder\.$"):
            await opened(path)
        await add(store, 10, make_snippet("more"), 1)
        assert len(await store.live(Scope(10))) == 2
    await opened(path)


async def test_a_writer_in_another_process_is_refused_too(path):
    program = "import sys, asyncio; from pathlib import Path; from knowledge.store import open_store\n"
    program += "async def main():\n    async with open_store(Path(sys.argv[1])): pass\nasyncio.run(main())"
    command = [sys.executable, "-c", program, str(path)]
    async with open_store(path):
        result = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert "Another Hallyu is already writing" in result.stderr
    assert subprocess.run(command, timeout=30).returncode == 0


async def test_a_writer_that_failed_to_open_leaves_the_folder_free(path):
    path.parent.mkdir()
    path.write_bytes(b"this is no database, not at all" * 100)
    for _ in range(2):
        with pytest.raises(HallyuError, match="no Hallyu database"):
            await opened(path)
    path.unlink()
    await opened(path)


@pytest.mark.parametrize("open_it", [opened, opened_readonly])
async def test_a_newer_database_is_refused_and_left_as_it_is(path, open_it):
    await opened(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migration VALUES (?, 'later', '')", (MIGRATIONS[-1].version + 1,))
    connection.close()
    before = path.read_bytes()
    with pytest.raises(HallyuError, match=r"made by a newer Hallyu \(version \d+ .* Upgrade Hallyu"):
        await open_it(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("open_it", [opened, opened_readonly])
@pytest.mark.parametrize("content", [b"x" * 5_000, b"SQLite format 3\0" + b"\xff" * 5_000])
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path, open_it, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(HallyuError, match=r"hallyu\.db is (no Hallyu database|damaged)"):
        await open_it(path)
    assert path.read_bytes() == content


async def test_a_damaged_page_is_a_sentence(path, make_snippet, make_pack):
    async with open_store(path) as store:
        await store.sync(make_pack(*(make_snippet(f"s-{n}") for n in range(300))))
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 20)
    with pytest.raises(HallyuError, match=r"is damaged\. Restore a backup"):
        async with open_store(path) as store:
            await store.live(Scope())


@pytest.mark.parametrize("open_it", [opened, opened_readonly])
async def test_another_programs_database_is_refused_and_left_as_it_is(path, open_it):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(HallyuError, match="another program's database"):
        await open_it(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("open_it", [opened, opened_readonly])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE migration (id INTEGER PRIMARY KEY, batch INTEGER)",
        "CREATE TABLE migration (version TEXT, name TEXT, applied_at TEXT)",
        "CREATE VIEW migration AS SELECT 1 AS version",
    ],
)
async def test_another_programs_database_with_migrations_of_its_own_is_refused(path, open_it, statement):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(HallyuError, match="another program's database"):
        await open_it(path)
    assert path.read_bytes() == before


async def test_a_writer_that_cannot_give_the_lock_to_its_owner_leaves_the_folder_free(path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr("knowledge.store.sqlite.lock.inherit_owner", refuse)
        with pytest.raises(HallyuError, match="cannot be written") as refused:
            await opened(path)
    assert refused.value  # while somebody holds the error, and with it the lock as it was left
    await opened(path)


async def test_a_data_folder_that_is_a_file_is_a_sentence(path):
    path.parent.write_text("a file")
    with pytest.raises(HallyuError, match=r"The data folder .* cannot be written"):
        await opened(path)


@NEEDS_PERMISSIONS
async def test_an_unwritable_folder_is_a_sentence(path):
    path.parent.mkdir()
    path.parent.chmod(0o500)
    with pytest.raises(HallyuError, match=r"The data folder .* cannot be written"):
        await opened(path)


@NEEDS_PERMISSIONS
async def test_a_database_that_cannot_be_written_is_a_sentence_at_once(path):
    await opened(path)
    path.chmod(0o400)
    with pytest.raises(HallyuError, match=r"cannot be written\. Nothing was changed"):
        await opened(path)


async def test_a_folder_in_place_of_the_database_is_a_sentence_and_starts_no_thread(path, monkeypatch):
    path.mkdir(parents=True)
    monkeypatch.setattr(aiosqlite, "connect", None)
    with pytest.raises(HallyuError, match="cannot be opened"):
        await opened(path)


async def test_reading_what_is_not_there_yet_is_a_sentence(path):
    with pytest.raises(HallyuError, match=r"There is no knowledge at .* Run `hallyu sync`"):
        await opened_readonly(path)
    assert not path.parent.exists()


async def test_reading_a_database_without_a_schema_is_a_sentence(path):
    path.parent.mkdir()
    path.touch()
    with pytest.raises(HallyuError, match="made by an older Hallyu"):
        await opened_readonly(path)


async def test_a_reader_beside_a_writer_sees_what_is_committed(path, make_snippet):
    async with open_store(path) as writer, open_store_readonly(path) as reader:
        assert await reader.live(Scope(10)) == []
        added = await add(writer, 10, make_snippet("own"), 1)
        assert await reader.live(Scope(10)) == [added]
        assert await reader.topics(Scope(10))


async def test_a_reader_needs_no_writer(path, make_snippet):
    async with open_store(path) as writer:
        added = await add(writer, 10, make_snippet("own"), 1)
    async with open_store_readonly(path) as reader:
        assert await reader.live(Scope(10)) == [added]


async def test_a_reader_writes_nothing(path, make_snippet, make_pack):
    await opened(path)
    async with open_store_readonly(path) as reader:
        for write in (
            add(reader, 10, make_snippet("own"), 1),
            reader.sync(make_pack()),
            reader.keep_note("key", "value"),
            reader.vote("answer", 1, 1),
        ):
            with pytest.raises(HallyuError, match="open for reading only"):
                await write


def test_the_version_of_sqlite_can_be_logged():
    assert sqlite_version() == sqlite3.sqlite_version
