import sqlite3

import pytest

from knowledge.store.sqlite.connection import connection
from knowledge.store.sqlite.migrations import MIGRATIONS, Migration, applied, migrate

FIRST = Migration(1, "first", ("CREATE TABLE one (x)",))
SECOND = Migration(2, "second", ("CREATE TABLE two (x)", "INSERT INTO two SELECT x FROM one"))
BROKEN = Migration(3, "broken", ("CREATE TABLE three (x)", "INSERT INTO nowhere VALUES (1)"))
NOW = "2026-11-23T12:00:00+00:00"


@pytest.fixture
async def database(tmp_path):
    async with connection(tmp_path / "test.db", "rwc") as opened:
        yield opened


async def tables(database):
    return {name for (name,) in await database.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")}


async def test_looking_at_the_version_changes_nothing(database):
    assert await applied(database) == 0
    assert await tables(database) == set()


async def test_missing_steps_are_applied_in_order_and_recorded(database):
    assert await migrate(database, NOW, [FIRST, SECOND]) == (FIRST, SECOND)
    assert await tables(database) == {"migration", "one", "two"}
    recorded = list(await database.execute_fetchall("SELECT * FROM migration"))
    assert recorded == [(1, "first", NOW), (2, "second", NOW)]


async def test_steps_are_applied_once(database):
    await migrate(database, NOW, [FIRST])
    await database.execute_fetchall("INSERT INTO one VALUES (7)")
    assert await migrate(database, NOW, [FIRST, SECOND]) == (SECOND,)
    assert await migrate(database, NOW, [FIRST, SECOND]) == ()
    assert list(await database.execute_fetchall("SELECT x FROM two")) == [(7,)]


async def test_where_a_step_fails_none_is_applied(database):
    await migrate(database, NOW, [FIRST])
    with pytest.raises(sqlite3.OperationalError):
        await migrate(database, NOW, [FIRST, SECOND, BROKEN])
    assert await applied(database) == 1
    assert await tables(database) == {"migration", "one"}
    assert await migrate(database, NOW, [FIRST, SECOND]) == (SECOND,)


def test_versions_count_from_one_without_gaps():
    assert [step.version for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
