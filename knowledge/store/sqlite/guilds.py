"""The settings of guilds, and what becomes of a guild that removed the bot."""

from __future__ import annotations

import json
from dataclasses import asdict

import aiosqlite

from knowledge.curation import Act
from knowledge.guilds import GuildSettings
from knowledge.store.sqlite import notes
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.history import keep_highest
from knowledge.store.sqlite.log_lines import note, own
from knowledge.store.sqlite.reading import rows


class SqliteGuilds:
    """`Guilds` on SQLite."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def settings(self, guild: int) -> GuildSettings:
        return await self._access.read(settings(self._access.reader, guild))

    async def keep_settings(self, guild: int, kept: GuildSettings, act: Act) -> None:
        own(guild)
        now = self._access.now()
        await self._access.write(lambda connection: keep_settings(connection, guild, kept, act, now))
        self._access.growth.tell(guild)

    async def log_mark(self, guild: int) -> str | None:
        return await self._access.read(notes.note(self._access.reader, _LOG_MARK + str(guild)))

    async def keep_log_mark(self, guild: int, mark: str) -> None:
        key = _LOG_MARK + str(guild)
        await self._access.write(lambda connection: notes.keep_note(connection, key, mark))

    async def known(self) -> list[int]:
        return await self._access.read(known(self._access.reader))

    async def left(self, guild: int) -> None:
        now = self._access.now()
        await self._access.write(lambda connection: left(connection, guild, now))

    async def returned(self, guild: int) -> None:
        await self._access.write(lambda connection: returned(connection, guild))

    async def gone(self, before: str) -> list[int]:
        return await self._access.read(gone(self._access.reader, before))

    async def purge(self, guild: int) -> bool:
        own(guild)
        return await self._access.write(lambda connection: purge(connection, guild))


_LOG_MARK = "log_mark:"


async def settings(connection: aiosqlite.Connection, guild: int) -> GuildSettings:
    found = await rows(connection, "SELECT settings FROM guild WHERE id = ?", (guild,))
    fields = json.loads(found[0][0]) if found else {}
    return GuildSettings(**{**fields, "moderators": tuple(fields.get("moderators", ()))})


async def keep_settings(connection: aiosqlite.Connection, guild: int, kept: GuildSettings, act: Act, now: str) -> None:
    sql = "INSERT INTO guild (id, settings) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET settings = excluded.settings"
    await connection.execute_fetchall(sql, (guild, json.dumps(asdict(kept), sort_keys=True)))
    await note(connection, guild, act, "settings", None, now)


async def left(connection: aiosqlite.Connection, guild: int, moment: str) -> None:
    """The first moment counts: the days of grace do not start again."""
    sql = """
        INSERT INTO guild (id, left_at) VALUES (?, ?)
        ON CONFLICT (id) DO UPDATE SET left_at = coalesce(left_at, excluded.left_at)
    """
    await connection.execute_fetchall(sql, (guild, moment))


async def returned(connection: aiosqlite.Connection, guild: int) -> None:
    await connection.execute_fetchall("UPDATE guild SET left_at = NULL WHERE id = ?", (guild,))


async def gone(connection: aiosqlite.Connection, before: str) -> list[int]:
    """The guilds that removed the bot before a moment and did not invite it back."""
    return [id for (id,) in await rows(connection, "SELECT id FROM guild WHERE left_at < ? ORDER BY id", (before,))]


async def known(connection: aiosqlite.Connection) -> list[int]:
    """Every guild of which anything is kept, settings or not."""
    sql = """
        SELECT id FROM guild UNION SELECT owner FROM record WHERE owner > 0 UNION SELECT guild FROM change
        UNION SELECT guild FROM proposal UNION SELECT guild FROM question UNION SELECT guild FROM draft
        UNION SELECT guild FROM opinion WHERE guild > 0 UNION SELECT guild FROM answer WHERE guild IS NOT NULL
        UNION SELECT guild FROM tally WHERE guild > 0
        ORDER BY 1
    """
    return [id for (id,) in await rows(connection, sql, ())]


_OF_GUILD = "(SELECT id FROM record WHERE owner = ?)"
_PURGE = (
    "UPDATE guild SET purging = 1 WHERE id = ?",
    "DELETE FROM answer WHERE guild = ?",
    "DELETE FROM opinion WHERE guild = ?",
    "DELETE FROM proposal WHERE guild = ?",
    "DELETE FROM question WHERE guild = ?",
    "DELETE FROM draft WHERE guild = ?",
    "DELETE FROM change WHERE guild = ?",
    "DELETE FROM tally WHERE guild = ?",
    f"UPDATE record SET head = NULL WHERE id IN {_OF_GUILD}",
    f"DELETE FROM revision WHERE record IN {_OF_GUILD}",
    "DELETE FROM record WHERE owner = ?",
    "DELETE FROM guild WHERE id = ?",
    f"DELETE FROM note WHERE key = '{_LOG_MARK}' || ?",
)


async def purge(connection: aiosqlite.Connection, guild: int) -> bool:
    """Deletes everything of a guild that is marked. Vectors stay: they are kept by the hash of their text alone."""
    if not await rows(connection, "SELECT 1 FROM guild WHERE id = ? AND left_at IS NOT NULL", (guild,)):
        return False
    await keep_highest(connection)
    for statement in _PURGE:
        await connection.execute_fetchall(statement, (guild,))
    return True
