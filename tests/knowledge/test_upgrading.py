"""What becomes of a database that an earlier Hallyu has written: copied first, then upgraded as a whole."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from fakes.files import snapshot
from knowledge.backups import restore, verify, verify_live
from knowledge.errors import HallyuError
from knowledge.models import Scope
from knowledge.store import open_store, open_store_readonly
from knowledge.store.sqlite.clock import utc_now
from knowledge.store.sqlite.connection import connection, use_wal
from knowledge.store.sqlite.history import body_of
from knowledge.store.sqlite.migrations import MIGRATIONS, Migration, applied, migrate
from knowledge.store.sqlite.upgrading import copy_of, upgrade

NEWEST = MIGRATIONS[-1].version
LATER = Migration(NEWEST + 1, "later", ("CREATE TABLE later (x)",))
BROKEN = Migration(NEWEST + 2, "broken", ("CREATE TABLE broken (x)", "INSERT INTO nowhere VALUES (1)"))


@pytest.fixture
async def old(path, make_snippet) -> Path:
    """A database of the first Hallyu's, with one note, which a crash left in the log."""
    path.parent.mkdir()
    body = body_of(make_snippet("own"))
    async with connection(path, "rwc") as writer:
        await use_wal(writer)
        await migrate(writer, "2026-01-01T00:00:00+00:00", MIGRATIONS[:1])
        await writer.execute_fetchall("INSERT INTO record (id, owner, type, slug) VALUES (1, 10, 'snippet', 'own')")
        await writer.execute_fetchall(
            "INSERT INTO revision VALUES (1, 1, 1, 'add', ?, ?, ?, 1, '2026-01-01T00:00:00+00:00')",
            (body.topic, body.json, body.hash),
        )
        await writer.execute_fetchall("UPDATE record SET head = 1")
    return path


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("SELECT max(version) FROM migration").fetchone()[0]


async def own_notes(path: Path) -> list[str]:
    async with open_store_readonly(path) as store:
        return [revision.snippet.id for revision in await store.live(Scope(10))]


async def test_an_older_database_is_copied_before_it_is_upgraded(old):
    async with open_store(old):
        pass
    assert version_of(old) == NEWEST
    assert await own_notes(old) == ["own"]
    kept = old.with_name(f"hallyu-before-upgrade-1-to-{NEWEST}.db")
    assert version_of(kept) == 1
    assert verify(kept).fine
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in old.parent.iterdir() if file.name.endswith(".part")] == []


async def test_an_upgrade_happens_once(old):
    async with open_store(old):
        pass
    before = snapshot(old.parent)
    async with open_store(old):
        pass
    assert snapshot(old.parent) == before


async def test_a_new_database_and_one_of_this_version_are_not_copied(path):
    for _ in range(2):
        async with open_store(path):
            pass
    assert list(path.parent.glob("*before-upgrade*")) == []


async def test_the_way_back_is_to_restore_the_copy(old):
    async with open_store(old):
        pass
    restored = restore(copy_of(old, 1, NEWEST), old)
    assert version_of(old) == 1
    assert version_of(restored.kept) == NEWEST
    assert await own_notes(restored.kept) == ["own"]


async def test_an_upgrade_that_fails_leaves_the_database_to_the_hallyu_before(path):
    async with open_store(path) as store:
        await store.keep_note("key", "value")
    async with connection(path, "rwc") as writer:
        with pytest.raises(HallyuError, match=r"could not be upgraded .* \(no such table: nowhere\)\. It is as it was"):
            await upgrade(writer, path, NEWEST, utc_now, [*MIGRATIONS, LATER, BROKEN])
        assert await applied(writer) == NEWEST
    async with open_store(path) as store:
        assert await store.note("key") == "value"
    assert verify(copy_of(path, NEWEST, BROKEN.version)).fine


async def test_where_the_copy_cannot_be_made_nothing_is_upgraded(old):
    copy_of(old, 1, NEWEST).mkdir()
    with pytest.raises(HallyuError, match=r"before-upgrade.* cannot be written"):
        async with open_store(old):
            pass
    assert version_of(old) == 1


async def test_what_is_not_sound_is_not_upgraded(old):
    with closing(sqlite3.connect(old)) as opened:
        opened.execute("UPDATE record SET head = NULL")
        opened.commit()
    with pytest.raises(HallyuError, match=r"is not sound, so it is not upgraded\. Records: 1 of 1 not at their latest"):
        async with open_store(old):
            pass
    assert version_of(old) == 1
    assert not copy_of(old, 1, NEWEST).exists()


async def test_what_a_killed_upgrade_left_is_in_nobodys_way(old):
    kept = copy_of(old, 1, NEWEST)
    Path(f"{kept}.part").write_bytes(b"half")
    async with open_store(old):
        pass
    assert version_of(kept) == 1
    assert not os.path.exists(f"{kept}.part")


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
async def test_a_database_of_every_version_is_verified_as_sound(path, version):
    path.parent.mkdir()
    async with connection(path, "rwc") as writer:
        await migrate(writer, "2026-01-01T00:00:00+00:00", MIGRATIONS[:version])
    assert verify_live(path).fine


async def test_an_upgraded_database_is_verified_as_sound(old):
    async with open_store(old):
        pass
    assert verify_live(old).fine
