"""`Store` on SQLite: reads on one connection, transactions in turns on another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from knowledge.models import AnswerRecord, Entity, Pack, Revision, Scope
from knowledge.store.interface import Change, TopicCount, Vote
from knowledge.store.sqlite import answers, notes, reading, vectors, writing
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.clock import restamped
from knowledge.store.sqlite.edits import SqliteEdits
from knowledge.store.sqlite.guilds import SqliteGuilds
from knowledge.store.sqlite.models import SqliteModels
from knowledge.store.sqlite.people import SqlitePeople
from knowledge.store.sqlite.queue import SqliteQueue
from knowledge.store.sqlite.tallies import SqliteCounts


class SqliteStore:
    """The store in one file."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._read, self._write, self._now = access.read, access.write, access.now
        self._reader = access.reader
        self.edits = SqliteEdits(access)
        self.queue = SqliteQueue(access)
        self.settings = SqliteGuilds(access)
        self.people = SqlitePeople(access)
        self.counts = SqliteCounts(access)
        self.models = SqliteModels(access)

    def _oldest(self) -> str:
        return self._access.ago(answers.KEPT)

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

    # Answers and votes
    async def record_answer(self, record: AnswerRecord) -> None:
        created_at = restamped(record.created_at) if record.created_at else self._now()
        await self._write(lambda connection: answers.record_answer(connection, record, created_at))

    async def answer(self, answer_id: str) -> AnswerRecord | None:
        return await self._read(answers.answer(self._reader, answer_id, self._oldest()))

    async def vote(self, answer_id: str, user: int, value: Vote, reason: str | None = None) -> bool:
        since, now = self._oldest(), self._now()
        return await self._write(
            lambda connection: answers.vote(connection, answer_id, user, value, reason, since, now)
        )

    async def forget_answers(self, before: str) -> int:
        moment = restamped(before)
        return await self._write(lambda connection: answers.forget_answers(connection, moment))

    # Notes
    async def note(self, key: str) -> str | None:
        return await self._read(notes.note(self._reader, key))

    async def keep_note(self, key: str, value: str) -> None:
        await self._write(lambda connection: notes.keep_note(connection, key, value))
