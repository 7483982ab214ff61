"""What waits for a guild's moderators."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import aiosqlite

from knowledge.curation import Act
from knowledge.models import PACK, canonical
from knowledge.queue import Asker, Complaint, OpenQuestion, Opinions, Proposal
from knowledge.records import Decoder
from knowledge.store.sqlite import open_questions
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.log_lines import note, own
from knowledge.store.sqlite.reading import rows
from knowledge.store.sqlite.transaction import changed

KEPT = timedelta(days=30)
"""How long a question without an answer is kept."""


class SqliteQueue:
    """`Queue` on SQLite."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def propose(self, guild: int, proposals: Sequence[Proposal], act: Act | None = None) -> int:
        rows = await asyncio.to_thread(_rows_of, guild, proposals, self._access.now())
        if act is None:
            return await self._access.write(lambda connection: propose(connection, rows))
        return await self._decided(guild, act, act.batch or "", lambda connection: propose(connection, rows))

    async def proposal(self, guild: int, id: str) -> Proposal | None:
        return await self._access.read(proposal(self._access.reader, guild, id))

    async def waiting(
        self, guild: int, most: int, batch: str | None = None, after: str | None = None
    ) -> list[Proposal]:
        return await self._access.read(waiting(self._access.reader, guild, most, batch, after))

    async def count_waiting(self, guild: int, batch: str | None = None, author: int | None = None) -> int:
        return await self._access.read(count_waiting(self._access.reader, guild, batch, author))

    async def reject(self, guild: int, id: str, reason: str | None, act: Act, target: str) -> bool:
        now = self._access.now()

        async def work(connection: aiosqlite.Connection) -> int:
            return int(await decide(connection, guild, id, "rejected", reason, now))

        return await self._decided(guild, act, target, work) > 0

    async def reopen(self, guild: int, proposal: str | None, questions: Sequence[str]) -> None:
        await self._access.write(lambda connection: reopen(connection, guild, proposal, questions))

    async def withdraw(self, guild: int, batch: str, act: Act) -> int:
        now = self._access.now()
        return await self._decided(guild, act, batch, lambda connection: withdraw(connection, guild, batch, now))

    async def note_question(self, guild: int, question: OpenQuestion) -> None:
        now = self._access.now()
        await self._access.write(lambda connection: open_questions.keep(connection, guild, question, now))

    async def questions(self, guild: int) -> list[OpenQuestion]:
        return await self._access.read(open_questions.still_open(self._access.reader, guild, self._access.ago(KEPT)))

    async def wait_for(self, guild: int, question: str, user: int) -> bool:
        return await self._access.write(lambda connection: open_questions.wait_for(connection, guild, question, user))

    async def askers(self, guild: int, ids: Sequence[str]) -> list[Asker]:
        return await self._access.read(open_questions.askers(self._access.reader, guild, ids))

    async def dismiss(self, guild: int, ids: Sequence[str], act: Act, target: str) -> int:
        async def work(connection: aiosqlite.Connection) -> int:
            return sum([await open_questions.close(connection, guild, id, "dismissed") for id in ids])

        return await self._decided(guild, act, target, work)

    async def drop_questions(self, guild: int) -> int:
        return await self._access.write(lambda connection: open_questions.drop(connection, guild))

    async def complaints(self, guild: int) -> list[Complaint]:
        return await self._access.read(complaints(self._access.reader, guild))

    async def settle(self, guild: int, complaints: Sequence[Complaint], act: Act, target: str) -> int:
        async def work(connection: aiosqlite.Connection) -> int:
            return sum([await settle(connection, guild, complaint) for complaint in complaints])

        return await self._decided(guild, act, target, work)

    async def opinions(self, guild: int, snippet: str) -> Opinions:
        return await self._access.read(opinions(self._access.reader, guild, snippet))

    async def keep_draft(self, guild: int, user: int, id: str, body: str) -> None:
        now = self._access.now()
        await self._access.write(lambda connection: keep_draft(connection, guild, user, id, body, now))

    async def draft(self, guild: int, user: int, id: str) -> str | None:
        return await self._access.read(draft(self._access.reader, guild, user, id))

    async def drop_draft(self, guild: int, user: int, id: str) -> None:
        await self._access.write(lambda connection: drop_draft(connection, guild, user, id))

    async def forget(self) -> int:
        before = self._access.ago(KEPT)
        return await self._access.write(lambda connection: forget(connection, before))

    async def _decided(
        self, guild: int, act: Act, target: str, work: Callable[[aiosqlite.Connection], Awaitable[int]]
    ) -> int:
        """What `work` changed, with the line of the log in the same transaction; no line where it changed nothing."""
        own(guild)
        now = self._access.now()

        async def both(connection: aiosqlite.Connection) -> int:
            if count := await work(connection):
                await note(connection, guild, act, target, None, now)
            return count

        count = await self._access.write(both)
        if count:
            self._access.growth.tell(guild)
        return count


_INSERT = """
    INSERT INTO proposal (id, guild, origin, batch, body, user, tell, state, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (id) DO NOTHING
"""


def _rows_of(guild: int, proposals: Sequence[Proposal], now: str) -> list[tuple[Any, ...]]:
    """To be made in a thread: 2,000 notes would hold the event loop for 0.1 s."""
    return [(p.id, guild, p.origin, p.batch, canonical(p.snippet), p.author, int(p.tell), now) for p in proposals]


async def propose(connection: aiosqlite.Connection, rows: Sequence[tuple[Any, ...]]) -> int:
    """Keeps proposals; how many were new. One whose id is there already, from a form that was sent twice, is left."""
    before = connection.total_changes
    await connection.executemany(_INSERT, rows)
    return connection.total_changes - before


_PROPOSAL = "SELECT id, origin, body, user, tell, batch, state, reason, created_at FROM proposal WHERE guild = ?"


async def proposal(connection: aiosqlite.Connection, guild: int, id: str) -> Proposal | None:
    return next(iter(_proposals(await rows(connection, _PROPOSAL + " AND id = ?", (guild, id)))), None)


async def waiting(
    connection: aiosqlite.Connection, guild: int, most: int, batch: str | None, after: str | None
) -> list[Proposal]:
    """The proposals to be decided on, suggestions of members before imports, the oldest first."""
    sql = (
        _PROPOSAL
        + """
        AND state = 'waiting' AND (? IS NULL OR batch = ?)
        AND (? IS NULL OR (origin = 'import', created_at, id) > (
            SELECT before.origin = 'import', before.created_at, before.id FROM proposal AS before
            WHERE before.guild = ? AND before.id = ?
        ))
        ORDER BY origin = 'import', created_at, id LIMIT ?
    """
    )
    return _proposals(await rows(connection, sql, (guild, batch, batch, after, guild, after, most)))


async def count_waiting(connection: aiosqlite.Connection, guild: int, batch: str | None, author: int | None) -> int:
    sql = """
        SELECT count(*) FROM proposal WHERE guild = ? AND state = 'waiting'
        AND (? IS NULL OR batch = ?) AND (? IS NULL OR user = ?)
    """
    return int((await rows(connection, sql, (guild, batch, batch, author, author)))[0][0])


def _proposals(found: list[Any]) -> list[Proposal]:
    decoder = Decoder()
    return [
        Proposal(id, origin, decoder.snippet(body), author, bool(tell), batch, state, reason, created_at)
        for id, origin, body, author, tell, batch, state, reason, created_at in found
    ]


async def decide(
    connection: aiosqlite.Connection, guild: int, id: str, state: str, reason: str | None, now: str
) -> bool:
    """Whether the proposal was still waiting, and is decided on now."""
    sql = """
        UPDATE proposal SET state = ?, reason = ?, decided_at = ? WHERE guild = ? AND id = ? AND state = 'waiting'
    """
    return await changed(connection, sql, (state, reason, now, guild, id)) > 0


async def reopen(connection: aiosqlite.Connection, guild: int, proposal: str | None, questions: Sequence[str]) -> None:
    sql = """
        UPDATE proposal SET state = 'waiting', decided_at = NULL WHERE guild = ? AND id = ? AND state = 'approved'
    """
    await connection.execute_fetchall(sql, (guild, proposal))
    sql = "UPDATE question SET state = 'open' WHERE guild = ? AND id = ? AND state = 'answered'"
    await connection.executemany(sql, [(guild, question) for question in questions])


async def withdraw(connection: aiosqlite.Connection, guild: int, batch: str, now: str) -> int:
    sql = """
        UPDATE proposal SET state = 'withdrawn', decided_at = ? WHERE guild = ? AND batch = ? AND state = 'waiting'
    """
    return await changed(connection, sql, (now, guild, batch))


async def complaints(connection: aiosqlite.Connection, guild: int) -> list[Complaint]:
    """The 👎 with a reason that nobody has dealt with, the latest first."""
    sql = """
        SELECT opinion.revision, record.slug, opinion.reason, opinion.created_at
        FROM opinion JOIN revision ON revision.id = opinion.revision JOIN record ON record.id = revision.record
        WHERE opinion.guild = ? AND opinion.value = -1 AND opinion.reason IS NOT NULL AND NOT opinion.handled
        ORDER BY opinion.created_at DESC, opinion.revision
    """
    return [Complaint(*row) for row in await rows(connection, sql, (guild,))]


async def settle(connection: aiosqlite.Connection, guild: int, complaint: Complaint) -> int:
    """Marks a complaint as dealt with, and those until then that say the same of the revision; how many were open."""
    sql = """
        UPDATE opinion SET handled = 1
        WHERE guild = ? AND revision = ? AND reason = ? AND created_at <= ? AND value = -1 AND NOT handled
    """
    return await changed(connection, sql, (guild, complaint.revision, complaint.reason, complaint.created_at))


async def opinions(connection: aiosqlite.Connection, guild: int, snippet: str) -> Opinions:
    sql = """
        SELECT coalesce(sum(opinion.value = 1), 0), coalesce(sum(opinion.value = -1), 0)
        FROM record JOIN revision ON revision.record = record.id
        JOIN opinion ON opinion.guild = ? AND opinion.revision = revision.id
        WHERE record.owner IN (?, ?) AND record.type = 'snippet' AND record.slug = ?
    """
    return Opinions(*(await rows(connection, sql, (guild, PACK, guild, snippet)))[0])


async def keep_draft(connection: aiosqlite.Connection, guild: int, user: int, id: str, body: str, now: str) -> None:
    """Keeps a form, in the place of what the same person wrote into it before; never in that of another's."""
    sql = """
        INSERT INTO draft (id, guild, user, body, created_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE guild = excluded.guild AND user = excluded.user
    """
    await connection.execute_fetchall(sql, (id, guild, user, body, now))


async def draft(connection: aiosqlite.Connection, guild: int, user: int, id: str) -> str | None:
    sql = "SELECT body FROM draft WHERE guild = ? AND user = ? AND id = ?"
    found = await rows(connection, sql, (guild, user, id))
    return found[0][0] if found else None


async def drop_draft(connection: aiosqlite.Connection, guild: int, user: int, id: str) -> None:
    await changed(connection, "DELETE FROM draft WHERE guild = ? AND user = ? AND id = ?", (guild, user, id))


async def forget(connection: aiosqlite.Connection, before: str) -> int:
    """Deletes questions that are older, with who waits for them, and forms that were never finished; how many
    questions."""
    await changed(connection, "DELETE FROM draft WHERE created_at < ?", (before,))
    return await open_questions.forget(connection, before)
