"""The lines of a guild's log, each written in the transaction of what it tells."""

from __future__ import annotations

import aiosqlite

from knowledge.curation import Act
from knowledge.models import PACK


def own(guild: int) -> None:
    """Raises `ValueError` for what is no guild: the pack changes by `sync` alone."""
    if guild <= PACK:
        raise ValueError(f"not a guild id: {guild}")


async def note(
    connection: aiosqlite.Connection,
    guild: int,
    act: Act,
    target: str,
    revision: int | None,
    now: str,
    *,
    first: bool = True,
) -> None:
    """A line in the log. The token of a form stands beside its first change alone."""
    sql = """
        INSERT INTO change (guild, user, action, target, place, revision, batch, token, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
    token = act.token if first else None
    await connection.execute_fetchall(
        sql, (guild, act.user, act.action, target, act.place, revision, act.batch, token, now)
    )
