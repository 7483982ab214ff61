"""`Store` on SQLite: reads on one connection, transactions in turns on another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import aiosqlite

from knowledge.errors import HallyuError
from knowledge.models import PACK, AnswerRecord, Entity, Pack, Revision, Scope, Snippet
from knowledge.store.interface import Change, TopicCount, Vote
from knowledge.store.sqlite import answers, notes, reading, vectors, writing
from knowledge.store.sqlite.clock import Clock, restamped, stamp
from knowledge.store.sqlite.refusals import refusals
from knowledge.store.sqlite.transaction import Turns

T = TypeVar("T")


class SqliteStore:
    """The store in the file at `path`. Without `turns` every write is refused with a sentence."""

    def __init__(self, path: Path, reader: aiosqlite.Connection, turns: Turns | None, clock: Clock) -> None:
        self._path = path
        self._reader = reader
        self._turns = turns
        self._clock = clock

    async def _read(self, reads: Awaitable[T]) -> T:
        with refusals(self._path):
            return await reads

    async def _write(self, work: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        if self._turns is None:
            raise HallyuError(f"{self._path} is open for reading only, beside the Hallyu that writes it.")
        with refusals(self._path):
            return await self._turns.run(work)

    def _now(self) -> str:
        return stamp(self._clock())

    def _oldest(self) -> str:
        return stamp(self._clock() - answers.KEPT)

    # Reading knowledge
    async def live(self, scope: Scope) -> list[Revision]:
        return await self._read(reading.live(self._reader, scope))

    async def revisions(self, scope: Scope, ids: Iterable[int]) -> dict[int, Revision]:
        return await self._read(reading.revisions(self._reader, scope, ids))

    async def entities(self, scope: Scope) -> list[Entity]:
        return await self._read(reading.entities(self._reader, scope))

    async def topics(self, scope: Scope) -> list[TopicCount]:
        return await self._read(reading.topics(self._reader, scope))

    async def guilds(self) -> list[int]:
        return await self._read(reading.guilds(self._reader))

    # Vectors
    async def vectors(self, fingerprint: str, keys: Iterable[str]) -> dict[str, bytes]:
        return await self._read(vectors.vectors(self._reader, fingerprint, keys))

    async def keep_vectors(self, fingerprint: str, kept: Mapping[str, bytes]) -> None:
        await self._write(lambda connection: vectors.keep_vectors(connection, fingerprint, kept))

    # Writing knowledge
    async def sync(self, pack: Pack) -> Change:
        wanted = await asyncio.to_thread(writing.bodies_of, pack)
        now = self._now()
        return await self._write(lambda connection: writing.sync(connection, wanted, pack.digest, now))

    async def pack_digest(self) -> str | None:
        return await self.note(writing.PACK_DIGEST)

    async def add(self, owner: int, snippet: Snippet, author: int | None) -> Revision:
        _own(owner)
        now = self._now()
        return await self._write(lambda connection: writing.add(connection, owner, snippet, author, now))

    async def retire(self, owner: int, snippet: str, author: int | None) -> None:
        _own(owner)
        now = self._now()
        await self._write(lambda connection: writing.retire(connection, owner, snippet, author, now))

    # Answers and votes
    async def record_answer(self, record: AnswerRecord) -> None:
        created_at = restamped(record.created_at) if record.created_at else self._now()
        await self._write(lambda connection: answers.record_answer(connection, record, created_at))

    async def answer(self, answer_id: str) -> AnswerRecord | None:
        return await self._read(answers.answer(self._reader, answer_id, self._oldest()))

    async def vote(self, answer_id: str, user: int, value: Vote) -> bool:
        since, now = self._oldest(), self._now()
        return await self._write(lambda connection: answers.vote(connection, answer_id, user, value, since, now))

    async def forget_answers(self, before: str) -> int:
        moment = restamped(before)
        return await self._write(lambda connection: answers.forget_answers(connection, moment))

    # Notes
    async def note(self, key: str) -> str | None:
        return await self._read(notes.note(self._reader, key))

    async def keep_note(self, key: str, value: str) -> None:
        await self._write(lambda connection: notes.keep_note(connection, key, value))


def _own(owner: int) -> None:
    """The pack changes by `sync` alone."""
    if owner <= PACK:
        raise ValueError(f"not a guild id: {owner}")
