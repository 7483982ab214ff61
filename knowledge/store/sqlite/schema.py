"""What a database is made of: its tables, indexes and triggers, beside those that the migrations make."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from knowledge.store.sqlite.migrations import MIGRATIONS, statements_of, unwrapped

Objects = Counter[tuple[str, str, str]]
"""The kind, name and statement of each; the statement is empty for an index that SQLite makes for itself."""

_OBJECTS = """
    SELECT CAST(type AS TEXT), CAST(name AS TEXT), CAST(coalesce(sql, '') AS TEXT) FROM sqlite_master
    WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))
"""
"""But for the statistics that `ANALYZE` keeps, which change no answer."""


def altered(opened: sqlite3.Connection, version: int) -> list[str]:
    """What a database is made of otherwise than one of this version: `trigger x is missing`. Raises `sqlite3.Error`."""
    return list(_differences(_objects(opened), _as_migrated(version)))


def _objects(opened: sqlite3.Connection) -> Objects:
    return Counter((kind, name, unwrapped(sql)) for kind, name, sql in opened.execute(_OBJECTS))


def _as_migrated(version: int) -> Objects:
    """An upgraded database is made of the same as a new one: both come from the same statements in the same order."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for step in MIGRATIONS[:version]:
            for statement in statements_of(step):
                made.execute(statement)
        return _objects(made)


def _differences(found: Objects, expected: Objects) -> Iterator[str]:
    strange = {f"{kind} {name}" for kind, name, _ in found - expected}
    acting = {f"{kind} {name}" for kind, name, sql in found - expected if _acts(kind, sql)}
    lacking = {f"{kind} {name}" for kind, name, _ in expected - found}
    yield from (f"{name} is missing" for name in sorted(lacking - strange))
    yield from (f"{name} is changed" for name in sorted(lacking & strange))
    yield from (f"{name} is not Hallyu's" for name in sorted(acting - lacking))


def _acts(kind: str, sql: str) -> bool:
    """Whether what Hallyu did not make changes or refuses what it writes: no table, view or index does that."""
    return kind == "trigger" or sql.upper().startswith("CREATE UNIQUE")
