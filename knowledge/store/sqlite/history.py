"""Records and their revisions: the one mechanism for everything that has history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import aiosqlite

from knowledge.models import Content, Entity, Hidden, Snippet, canonical
from knowledge.store.sqlite import notes

Type = Literal["snippet", "entity", "topic"]
Action = Literal["add", "revise", "retire", "restore"]
Key = tuple[Type, str]
"""The type and the slug of a record, unique per owner."""

Counted = Literal["record", "revision"]
_COUNTED: tuple[Counted, ...] = ("record", "revision")
_HIGHEST = "highest-"
"""The notes of the highest id that a table had before rows of it were deleted."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of `record` with the hash of its live revision (None when retired) and its latest number."""

    id: int
    head: int | None
    hash: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Body:
    """A record's content as it is stored."""

    json: str
    hash: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A revision to append; `body` is None for a retirement."""

    key: Key
    action: Action
    body: Body | None


def key_of(content: Content) -> Key:
    match content:
        case Snippet() | Hidden():
            return "snippet", content.id
        case Entity():
            return "entity", content.id
        case _:
            return "topic", content.id


def body_of(content: Content) -> Body:
    text = canonical(content)
    topic = content.topic if isinstance(content, Snippet) else None
    return Body(text, hashlib.sha256(text.encode()).hexdigest(), topic)


_RECORDS = """
    SELECT record.type, record.slug, record.id, record.head, live.hash,
           (SELECT max(number) FROM revision WHERE revision.record = record.id)
    FROM record LEFT JOIN revision AS live ON live.id = record.head
    WHERE record.owner = ?
"""


async def records(connection: aiosqlite.Connection, owner: int, key: Key | None = None) -> dict[Key, Record]:
    """The records of an owner, retired ones too: all of them, or the one of `key` if it is there."""
    sql, parameters = (
        (_RECORDS, (owner,))
        if key is None
        else (
            _RECORDS + " AND record.type = ? AND record.slug = ?",
            (owner, *key),
        )
    )
    rows = await connection.execute_fetchall(sql, parameters)
    return {(type, slug): Record(id, head, hash, number) for type, slug, id, head, hash, number in rows}


async def append(
    connection: aiosqlite.Connection,
    owner: int,
    steps: Sequence[Step],
    known: Mapping[Key, Record],
    author: int | None,
    now: str,
) -> list[int]:
    """Appends one revision per step and makes it the head; their ids, in order. To be run in a transaction.

    `known` are the owner's records as they are now, at least those of the steps' keys.
    """
    record = await _with_records(connection, owner, [step.key for step in steps], known)
    first = await _next(connection, "revision")
    ids = list(range(first, first + len(steps)))
    rows = [
        (id, record[step.key].id, record[step.key].number + 1, step.action, *_columns(step.body), author, now)
        for id, step in zip(ids, steps, strict=True)
    ]
    await connection.executemany(_INSERT_REVISION, rows)
    heads = [(id if step.body else None, record[step.key].id) for id, step in zip(ids, steps, strict=True)]
    await connection.executemany("UPDATE record SET head = ? WHERE id = ?", heads)
    return ids


_INSERT_REVISION = """
    INSERT INTO revision (id, record, number, action, topic, body, hash, author, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _columns(body: Body | None) -> tuple[str | None, str | None, str | None]:
    return (body.topic, body.json, body.hash) if body else (None, None, None)


async def _with_records(
    connection: aiosqlite.Connection, owner: int, keys: Iterable[Key], known: Mapping[Key, Record]
) -> dict[Key, Record]:
    """`known` with a new, still headless record for every other key."""
    fresh = dict.fromkeys(key for key in keys if key not in known)
    made = {key: Record(id, None, None, 0) for id, key in enumerate(fresh, await _next(connection, "record"))}
    rows = [(record.id, owner, *key) for key, record in made.items()]
    await connection.executemany("INSERT INTO record (id, owner, type, slug) VALUES (?, ?, ?, ?)", rows)
    return {**known, **made}


async def keep_highest(connection: aiosqlite.Connection) -> None:
    """Notes the highest ids that were ever given. To be called before rows are deleted, in the same transaction."""
    for table in _COUNTED:
        await notes.keep_note(connection, _HIGHEST + table, str(await _next(connection, table) - 1))


async def _next(connection: aiosqlite.Connection, table: Counted) -> int:
    """The next id. None is given twice, so that a button from before a guild was purged never means another revision;
    a backup that is restored goes on from where it was made, and gives again what was given after it."""
    rows = await connection.execute_fetchall(f"SELECT coalesce(max(id), 0) FROM {table}")
    noted = await notes.note(connection, _HIGHEST + table)
    return max(int(next(iter(rows))[0]), int(noted or 0)) + 1
