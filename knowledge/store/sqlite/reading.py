"""Reading knowledge in a scope."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import aiosqlite

from knowledge.models import PACK, Entity, Revision, Scope, Topic
from knowledge.records import entity_from, topic_from
from knowledge.store.interface import TopicCount
from knowledge.store.sqlite.rows import RevisionRow, RevisionRows

T = TypeVar("T")

_CHUNK = 500
"""Parameters per statement: SQLite allowed 999 before 3.32."""

_DECODED_AT_ONCE = 200
"""More rows than this are decoded in a thread: 10,000 of them would hold the event loop for 0.2 s."""

_LIVE = """
    FROM record JOIN revision ON revision.id = record.head
    WHERE record.owner IN (?, ?) AND record.type = ?
"""
_SHOWN = """
    AND revision.topic IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM record AS own
        WHERE own.owner = ? AND own.type = 'snippet' AND own.slug = record.slug
          AND own.head IS NOT NULL AND own.id <> record.id)
"""
"""Of snippets: neither one that the guild (the parameter) has put its own in place of, nor what stands for hiding it,
which has no topic."""
_REVISION = "SELECT revision.id, record.owner, revision.number, revision.body, revision.created_at, revision.author"
_BY_ID = f"""
    {_REVISION} FROM revision CROSS JOIN record ON record.head = revision.id AND record.id = revision.record
    WHERE record.owner IN (?, ?) AND record.type = 'snippet' {_SHOWN}
"""
"""CROSS keeps SQLite from walking through every record of the owners instead of looking up the ids."""


def owners(scope: Scope) -> tuple[int, int]:
    """The two owners that a scope sees; the pack twice where there is no guild."""
    return PACK, scope.owners[-1]


async def rows(connection: aiosqlite.Connection, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    return list(await connection.execute_fetchall(sql, parameters))


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` without repetitions in pieces that fit into one statement."""
    rest = iter(dict.fromkeys(values))
    while piece := list(islice(rest, _CHUNK)):
        yield piece


async def live(connection: aiosqlite.Connection, scope: Scope) -> list[Revision]:
    found = await rows(connection, _REVISION + _LIVE + _SHOWN + " ORDER BY revision.id", _snippets_of(scope))
    return await _decoded(found)


async def revisions(connection: aiosqlite.Connection, scope: Scope, ids: Iterable[int]) -> dict[int, Revision]:
    found: list[RevisionRow] = []
    for piece in chunks(ids):
        sql = f"{_BY_ID} AND revision.id IN ({','.join('?' * len(piece))})"
        found += await rows(connection, sql, (*owners(scope), owners(scope)[1], *piece))
    return {revision.id: revision for revision in await _decoded(found)}


async def by_slug(connection: aiosqlite.Connection, snippet: str) -> Revision | None:
    """The bundled snippet of this id."""
    sql = _REVISION + _LIVE + " AND record.slug = ?"
    return next(iter(await _decoded(await rows(connection, sql, (PACK, PACK, "snippet", snippet)))), None)


def _snippets_of(scope: Scope) -> tuple[int, int, str, int]:
    """The parameters of `_LIVE` and `_SHOWN`."""
    return (*owners(scope), "snippet", owners(scope)[1])


async def _decoded(found: list[RevisionRow]) -> list[Revision]:
    decoder = RevisionRows()
    if len(found) <= _DECODED_AT_ONCE:
        return decoder.revisions(found)
    return await asyncio.to_thread(decoder.revisions, found)


_BODIES = "SELECT record.slug, revision.body" + _LIVE + " ORDER BY record.owner, record.slug"


async def entities(connection: aiosqlite.Connection, scope: Scope) -> list[Entity]:
    """The entities of the scope; a guild's own goes before the pack's of the same id."""
    found = await rows(connection, _BODIES, (*owners(scope), "entity"))
    return [entity_from(body) for body in dict(found).values()]


_COUNTS = f"""
    SELECT revision.topic, count(*) {_LIVE} {_SHOWN} GROUP BY revision.topic ORDER BY count(*) DESC, revision.topic
"""


async def topics(connection: aiosqlite.Connection, scope: Scope) -> list[TopicCount]:
    counts = await rows(connection, _COUNTS, _snippets_of(scope))
    bodies = dict(await rows(connection, _BODIES, (*owners(scope), "topic")))
    known = {id: topic_from(body) for id, body in bodies.items()}
    return [TopicCount(known.get(id) or Topic(id, id, id), count) for id, count in counts]


async def count(connection: aiosqlite.Connection, scope: Scope) -> dict[int, int]:
    """How many snippets the scope sees, by owner."""
    sql = f"SELECT record.owner, count(*) {_LIVE} {_SHOWN} GROUP BY record.owner"
    return dict(await rows(connection, sql, _snippets_of(scope)))


async def guilds(connection: aiosqlite.Connection) -> list[int]:
    sql = """
        SELECT DISTINCT owner FROM record
        WHERE owner <> ? AND head IS NOT NULL AND type IN ('snippet', 'entity') ORDER BY owner
    """
    return [owner for (owner,) in await rows(connection, sql, (PACK,))]
