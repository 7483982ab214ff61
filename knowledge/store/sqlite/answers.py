"""Records of answers, which let buttons outlive a restart, and the votes on what they showed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiosqlite

from knowledge.models import AnswerRecord, Quote, Scope
from knowledge.store.interface import Vote
from knowledge.store.sqlite.reading import rows
from knowledge.store.sqlite.transaction import changed

KEPT = timedelta(days=30)
"""How long an answer is on record."""


async def record_answer(connection: aiosqlite.Connection, record: AnswerRecord, created_at: str) -> None:
    answer = (record.id, record.scope.guild, record.language, record.receipt, created_at)
    sql = "INSERT INTO answer (id, guild, language, receipt, created_at) VALUES (?, ?, ?, ?, ?)"
    await connection.execute_fetchall(sql, answer)
    quotes = [
        (record.id, position, quote.revision, quote.language, quote.start, quote.end)
        for position, quote in enumerate(record.quotes)
    ]
    await connection.executemany("INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?)", quotes)


_ANSWER = """
    SELECT guild, answer.language, receipt, created_at, revision, quote.language, start, "end"
    FROM answer LEFT JOIN quote ON quote.answer = answer.id
    WHERE answer.id = ? AND created_at >= ? ORDER BY position
"""


async def answer(connection: aiosqlite.Connection, answer_id: str, since: str) -> AnswerRecord | None:
    found: list[tuple[Any, ...]] = await rows(connection, _ANSWER, (answer_id, since))
    if not found:
        return None
    guild, language, receipt, created_at = found[0][:4]
    quotes = tuple(Quote(*row[4:]) for row in found if row[4] is not None)
    return AnswerRecord(answer_id, Scope(guild), language, quotes, receipt, created_at)


async def vote(
    connection: aiosqlite.Connection, answer_id: str, user: int, value: Vote, reason: str | None, since: str, now: str
) -> bool:
    """Binds a person's opinion to every revision that the answer showed; the last one of each counts. The same vote
    once more, without a reason, takes back no reason that was given."""
    if not await rows(connection, "SELECT 1 FROM answer WHERE id = ? AND created_at >= ?", (answer_id, since)):
        return False
    sql = """
        INSERT INTO opinion (guild, revision, user, value, reason, created_at)
        SELECT DISTINCT coalesce(answer.guild, 0), quote.revision, ?, ?, ?, ?
        FROM answer JOIN quote ON quote.answer = answer.id WHERE answer.id = ?
        ON CONFLICT (guild, revision, user) DO UPDATE SET
            value = excluded.value, reason = excluded.reason, created_at = excluded.created_at, handled = 0
        WHERE value <> excluded.value OR reason IS NULL OR excluded.reason IS NOT NULL
    """
    await connection.execute_fetchall(sql, (user, value, reason, now, answer_id))
    return True


async def forget_answers(connection: aiosqlite.Connection, before: str) -> int:
    return await changed(connection, "DELETE FROM answer WHERE created_at < ?", (before,))
