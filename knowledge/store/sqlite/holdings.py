"""A guild's snippets as a list: what it has under each id, and what has changed since."""

from __future__ import annotations

import asyncio
from typing import Any

import aiosqlite

from knowledge.curation import Holding
from knowledge.models import Hidden, Snippet
from knowledge.records import Decoder
from knowledge.store.sqlite.reading import rows

_HOLDINGS = """
    SELECT record.slug, latest.id, held.body, record.head IS NOT NULL, latest.created_at
    FROM record
    JOIN revision AS latest ON latest.record = record.id
        AND latest.number = (SELECT max(number) FROM revision WHERE revision.record = record.id)
    JOIN revision AS held ON held.id = coalesce(record.head, (
        SELECT id FROM revision WHERE revision.record = record.id AND body IS NOT NULL ORDER BY number DESC LIMIT 1))
    WHERE record.owner = ? AND record.type = 'snippet' AND latest.id > ?
    ORDER BY latest.id DESC
"""


async def holdings(connection: aiosqlite.Connection, guild: int, since: int) -> list[Holding]:
    """The latest changes first. They are decoded in a thread: 10,000 would hold the event loop for 0.2 s."""
    return await asyncio.to_thread(_decoded, await rows(connection, _HOLDINGS, (guild, since)))


def _decoded(found: list[tuple[Any, ...]]) -> list[Holding]:
    decoder = Decoder()
    return [
        Holding(slug, version, held(slug, body, decoder), bool(live), changed_at)
        for slug, version, body, live, changed_at in found
    ]


def held(snippet: str, body: str, decoder: Decoder) -> Snippet | Hidden:
    """What the body of a snippet's revision says; the canonical JSON of `Hidden` begins with the word for it."""
    return Hidden(snippet) if body.startswith('{"hidden":true') else decoder.snippet(body)


async def latest_of(connection: aiosqlite.Connection, guild: int, author: int) -> set[int]:
    sql = """
        SELECT revision.id FROM record JOIN revision ON revision.record = record.id
        WHERE record.owner = ? AND record.type = 'snippet' AND revision.author = ? AND NOT EXISTS (
            SELECT 1 FROM revision AS later WHERE later.record = record.id AND later.number > revision.number)
    """
    return {id for (id,) in await rows(connection, sql, (guild, author))}


async def changes(connection: aiosqlite.Connection, guild: int) -> tuple[int, int]:
    """The ids of the first and the latest line in the guild's log, in which every change stands."""
    sql = "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM change WHERE guild = ?"
    first, latest = (await rows(connection, sql, (guild,)))[0]
    return int(first), int(latest)
