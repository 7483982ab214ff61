"""The schema as a list of steps, each applied once, all that are missing in one transaction with the record of them.

To change the schema, add a module with the next number and its `STATEMENTS`, and a line to `MIGRATIONS`. A step
that has been released is never edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiosqlite

from knowledge.errors import HallyuError
from knowledge.store.sqlite.migrations import m0001_knowledge, m0002_curation, m0003_tallies
from knowledge.store.sqlite.transaction import transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; `version` counts from 1 without gaps."""

    version: int
    name: str
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(1, "knowledge", m0001_knowledge.STATEMENTS),
    Migration(2, "curation", m0002_curation.STATEMENTS),
    Migration(3, "tallies", m0003_tallies.STATEMENTS),
)

_TABLE = "CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"


async def applied(connection: aiosqlite.Connection) -> int:
    """The version of the database, 0 for an empty one; changes nothing. Raises `sqlite3.Error`.

    Raises `HallyuError` if the file is some other program's database.
    """
    rows = await connection.execute_fetchall("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    tables = {str(name): str(sql) for name, sql in rows}
    if not tables:
        return 0
    if unwrapped(tables.get("migration", "")) != _TABLE:
        raise HallyuError("This file is another program's database. Choose another data folder.")
    found = list(await connection.execute_fetchall("SELECT coalesce(max(version), 0) FROM migration"))
    return int(found[0][0])


def unwrapped(sql: str) -> str:
    """A statement on one line, to be compared: where its lines ended says nothing."""
    return " ".join(sql.split())


def statements_of(step: Migration) -> tuple[str, ...]:
    """What a step executes, but for the record of it, whose table the first step makes."""
    return (_TABLE, *step.statements) if step.version == 1 else step.statements


async def migrate(
    connection: aiosqlite.Connection, now: str, migrations: Sequence[Migration] = MIGRATIONS
) -> tuple[Migration, ...]:
    """Applies the steps that are missing, all or none, so that the Hallyu before this one can go on where one fails;
    which."""
    version = await applied(connection)
    missing = tuple(step for step in migrations if step.version > version)
    if missing:
        async with transaction(connection):
            for step in missing:
                await _apply(connection, step, now)
    return missing


async def _apply(connection: aiosqlite.Connection, step: Migration, now: str) -> None:
    for statement in statements_of(step):
        await connection.execute_fetchall(statement)
    await connection.execute_fetchall("INSERT INTO migration VALUES (?, ?, ?)", (step.version, step.name, now))


def refuse_newer(version: int, path: Path, newest: int = MIGRATIONS[-1].version) -> None:
    """Raises `HallyuError` for a database that a later Hallyu has written."""
    if version > newest:
        raise HallyuError(
            f"{path} was made by a newer Hallyu (version {version} of the database, this one knows {newest}). "
            "Upgrade Hallyu, or restore an older backup."
        )


def refuse_older(version: int, path: Path, newest: int = MIGRATIONS[-1].version) -> None:
    """Raises `HallyuError` for a database that has to be upgraded before it can be read."""
    if version < newest:
        raise HallyuError(f"{path} was made by an older Hallyu. Run `hallyu sync` once to upgrade it.")
