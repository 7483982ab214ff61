"""Transactions: whole or not at all, one at a time, and never half done because somebody stopped waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")


@asynccontextmanager
async def transaction(connection: aiosqlite.Connection) -> AsyncIterator[None]:
    """Commits at the end, rolls back on any exception, cancellation included."""
    try:
        await connection.execute_fetchall("BEGIN IMMEDIATE")
        yield
        await connection.commit()
    except BaseException:
        await connection.rollback()
        raise


async def changed(connection: aiosqlite.Connection, sql: str, parameters: Sequence[Any]) -> int:
    """How many rows a statement changed."""
    async with connection.execute(sql, parameters) as cursor:
        return cursor.rowcount


class Turns:
    """Lets writers take turns on one connection.

    A transaction runs in a task of its own, so that cancelling the caller neither stops it halfway nor leaves
    it open: it ends, and whoever stopped waiting does not learn how.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()
        self._pending: set[asyncio.Task[object]] = set()

    async def run(self, work: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        """The result of `work` in a transaction."""
        task = asyncio.create_task(self._run(work))
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)
        return await asyncio.shield(task)

    async def _run(self, work: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        async with self._turn, transaction(self._connection):
            return await work(self._connection)

    async def finish(self) -> None:
        """Waits until every transaction that was begun has ended."""
        while self._pending:
            await asyncio.wait(self._pending)
