"""A guild's changes to its knowledge, their history and the log of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite

from knowledge.curation import (
    Act,
    Applied,
    Conflict,
    Decided,
    Edit,
    Entry,
    Held,
    Holding,
    Outcome,
    Repeated,
    Standing,
    Type,
    Version,
)
from knowledge.models import PACK
from knowledge.records import Decoder, entity_from
from knowledge.store.sqlite import holdings, open_questions, queue, reading
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.growth import Listener
from knowledge.store.sqlite.history import Action, Key, Record, Step, append, body_of, records
from knowledge.store.sqlite.log_lines import note, own
from knowledge.store.sqlite.reading import rows


class SqliteEdits:
    """`Edits` on SQLite."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def apply(self, guild: int, edits: Sequence[Edit], act: Act) -> Outcome:
        own(guild)
        now = self._access.now()
        outcome = await self._access.write(lambda connection: apply(connection, guild, edits, act, now))
        if isinstance(outcome, Applied) and (outcome.versions or act.decides):
            self._access.growth.tell(guild)
        return outcome

    async def standing(self, guild: int, snippet: str) -> Standing:
        return await self._access.read(standing(self._access.reader, guild, snippet))

    async def name(self, guild: int, entity: str) -> Version | None:
        return await self._access.read(_latest(self._access.reader, guild, "entity", entity))

    async def history(self, guild: int, type: Type, record: str) -> list[Version]:
        return await self._access.read(versions(self._access.reader, guild, type, record))

    async def version(self, guild: int, revision: int) -> Version | None:
        return await self._access.read(version(self._access.reader, guild, revision))

    async def batch(self, guild: int, batch: str) -> list[Version]:
        return await self._access.read(of_batch(self._access.reader, guild, batch))

    async def overridden(self, guild: int) -> list[Version]:
        return await self._access.read(overridden(self._access.reader, guild))

    async def covered(self, guild: int) -> list[int]:
        return await self._access.read(covered(self._access.reader, guild))

    async def holdings(self, guild: int, since: int = 0) -> list[Holding]:
        return await self._access.read(holdings.holdings(self._access.reader, guild, since))

    async def latest_of(self, guild: int, author: int) -> set[int]:
        return await self._access.read(holdings.latest_of(self._access.reader, guild, author))

    async def changes(self, guild: int) -> tuple[int, int]:
        return await self._access.read(holdings.changes(self._access.reader, guild))

    async def log(self, guild: int, most: int, before: int | None = None) -> list[Entry]:
        return await self._access.read(log(self._access.reader, guild, most, before))

    def listen(self, listener: Listener) -> Callable[[], None]:
        return self._access.growth.listen(listener)


async def apply(connection: aiosqlite.Connection, guild: int, edits: Sequence[Edit], act: Act, now: str) -> Outcome:
    """All edits, or none of them. An edit that would change nothing leaves no version behind, and a line in the log
    only where it decides on a proposal."""
    if act.token is not None and (before := await _with_token(connection, guild, act.token)) is not None:
        return await _sent_before(connection, guild, before)
    latest: dict[Key, Version | None] = {}
    for edit in edits:
        key: Key = (edit.type, edit.id)
        latest[key] = found = await _latest(connection, guild, *key)
        if (found.id if found else None) != edit.seen:
            return Conflict(edit.id, found)
    if act.decides is not None and not await queue.decide(connection, guild, act.decides, "approved", None, now):
        return Decided()
    answered = [id for id in act.answers if await open_questions.close(connection, guild, id, "answered")]
    steps = [step for edit in edits if (step := _step(edit, latest[edit.type, edit.id])) is not None]
    known: dict[Key, Record] = {}
    for step in steps:
        known |= await records(connection, guild, step.key)
    ids = await append(connection, guild, steps, known, act.user, now)
    for position, (id, step) in enumerate(zip(ids, steps, strict=True)):
        await note(connection, guild, act, step.key[1], id, now, first=position == 0)
    if act.decides is not None and not steps:
        await note(connection, guild, act, edits[0].id, None, now)
    made = [found for id in ids if (found := await version(connection, guild, id)) is not None]
    gone = (latest[step.key] for step in steps)
    replaced = tuple(v.id for v in gone if v is not None and v.content is not None)
    return Applied(tuple(made), replaced, tuple(answered))


async def _sent_before(connection: aiosqlite.Connection, guild: int, revision: int) -> Repeated | Conflict:
    """What becomes of a form whose token stands beside a revision, or beside none (0)."""
    made = await version(connection, guild, revision) if revision else None
    latest = await _latest(connection, guild, made.type, made.record) if made else None
    if made and latest and latest.id != made.id:
        return Conflict(made.record, latest)
    return Repeated(made)


def _step(edit: Edit, latest: Version | None) -> Step | None:
    """The revision to append; None where the record holds just that already."""
    key: Key = (edit.type, edit.id)
    held = latest.content if latest else None
    if edit.content == held:
        return None
    if edit.content is None:
        return Step(key, "retire", None)
    return Step(key, _action(latest, held), body_of(edit.content))


def _action(latest: Version | None, held: Held | None) -> Action:
    if latest is None:
        return "add"
    return "revise" if held is not None else "restore"


async def _with_token(connection: aiosqlite.Connection, guild: int, token: str) -> int | None:
    """The revision that was made with a token, 0 where it made none, None where it is new."""
    found = await rows(connection, "SELECT revision FROM change WHERE guild = ? AND token = ?", (guild, token))
    return (found[0][0] or 0) if found else None


_VERSION = """
    SELECT revision.id, record.slug, revision.number, coalesce(change.action, revision.action), record.type,
           revision.body, revision.author, revision.created_at, change.batch
    FROM record JOIN revision ON revision.record = record.id LEFT JOIN change ON change.revision = revision.id
    WHERE record.owner = ?
"""


async def versions(connection: aiosqlite.Connection, guild: int, type: Type, record: str) -> list[Version]:
    sql = _VERSION + " AND record.type = ? AND record.slug = ? ORDER BY revision.number"
    return _decoded(await rows(connection, sql, (guild, type, record)))


async def _latest(connection: aiosqlite.Connection, guild: int, type: str, record: str) -> Version | None:
    sql = _VERSION + " AND record.type = ? AND record.slug = ? ORDER BY revision.number DESC LIMIT 1"
    return next(iter(_decoded(await rows(connection, sql, (guild, type, record)))), None)


async def version(connection: aiosqlite.Connection, guild: int, revision: int) -> Version | None:
    found = await rows(connection, _VERSION + " AND revision.id = ?", (guild, revision))
    return next(iter(_decoded(found)), None)


async def of_batch(connection: aiosqlite.Connection, guild: int, batch: str) -> list[Version]:
    return _decoded(await rows(connection, _VERSION + " AND change.batch = ? ORDER BY revision.id", (guild, batch)))


async def overridden(connection: aiosqlite.Connection, guild: int) -> list[Version]:
    """The guild's live versions of snippets that are bundled too."""
    sql = (
        _VERSION
        + """
        AND record.type = 'snippet' AND revision.id = record.head
        AND EXISTS (SELECT 1 FROM record AS bundled WHERE bundled.owner = ? AND bundled.type = 'snippet'
                    AND bundled.slug = record.slug AND bundled.head IS NOT NULL)
        ORDER BY revision.id
    """
    )
    return _decoded(await rows(connection, sql, (guild, PACK)))


async def covered(connection: aiosqlite.Connection, guild: int) -> list[int]:
    sql = """
        SELECT bundled.head FROM record AS own JOIN record AS bundled
            ON bundled.owner = ? AND bundled.type = own.type AND bundled.slug = own.slug
        WHERE own.owner = ? AND own.type = 'snippet' AND own.head IS NOT NULL AND bundled.head IS NOT NULL
    """
    return [head for (head,) in await rows(connection, sql, (PACK, guild))]


async def standing(connection: aiosqlite.Connection, guild: int, snippet: str) -> Standing:
    bundled = await reading.by_slug(connection, snippet)
    return Standing(bundled, await _latest(connection, guild, "snippet", snippet))


async def log(connection: aiosqlite.Connection, guild: int, most: int, before: int | None) -> list[Entry]:
    sql = """
        SELECT id, user, action, target, place, created_at, revision, batch FROM change
        WHERE guild = ? AND id < ? ORDER BY id DESC LIMIT ?
    """
    return [Entry(*row) for row in await rows(connection, sql, (guild, before or 2**62, most))]


def _decoded(found: Iterable[tuple[Any, ...]]) -> list[Version]:
    decoder = Decoder()
    return [
        Version(id, type, slug, number, action, _held(type, slug, body, decoder), author, created_at, batch)
        for id, slug, number, action, type, body, author, created_at, batch in found
    ]


def _held(type: str, slug: str, body: str | None, decoder: Decoder) -> Held | None:
    if body is None:
        return None
    return entity_from(body) if type == "entity" else holdings.held(slug, body, decoder)
