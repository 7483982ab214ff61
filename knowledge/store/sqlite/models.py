"""Which embedding model is in use, and the change to another in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import aiosqlite

from knowledge.store.of_models import Model
from knowledge.store.sqlite import notes, vectors
from knowledge.store.sqlite.access import Access
from knowledge.store.sqlite.connection import BUSY_MS
from knowledge.store.sqlite.files import address
from knowledge.store.sqlite.reading import rows

IN_USE = "model"
FORMER = "model-before"
"""The notes that name them."""


class SqliteModels:
    """`Models` in one file."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def in_use(self) -> Model | None:
        return await self._named(IN_USE)

    async def former(self) -> Model | None:
        return await self._named(FORMER)

    async def fingerprints(self) -> set[str]:
        found = await self._access.read(rows(self._access.reader, "SELECT DISTINCT fingerprint FROM vector"))
        return {fingerprint for (fingerprint,) in found}

    async def settle(self, model: Model) -> None:
        await self._access.write(lambda connection: notes.keep_note(connection, IN_USE, _as_text(model)))

    async def change(self, model: Model, made: Mapping[str, bytes]) -> None:
        await self._access.write(lambda connection: _change(connection, model, made))

    async def discard_former(self) -> int:
        return await self._access.write(_discard_former)

    async def _named(self, key: str) -> Model | None:
        return _from_text(await self._access.read(notes.note(self._access.reader, key)))


async def _change(connection: aiosqlite.Connection, model: Model, made: Mapping[str, bytes]) -> None:
    await vectors.keep_vectors(connection, model.fingerprint, made)
    before = _from_text(await notes.note(connection, IN_USE))
    if before and before.fingerprint != model.fingerprint:
        await notes.keep_note(connection, FORMER, _as_text(before))
    await notes.keep_note(connection, IN_USE, _as_text(model))
    kept = [each.fingerprint for each in (model, _from_text(await notes.note(connection, FORMER))) if each]
    await vectors.discard_but(connection, kept)


async def _discard_former(connection: aiosqlite.Connection) -> int:
    used = _from_text(await notes.note(connection, IN_USE))
    if used is None:
        return 0
    await connection.execute_fetchall("DELETE FROM note WHERE key = ?", (FORMER,))
    return await vectors.discard_but(connection, [used.fingerprint])


def model_in_use(path: Path) -> Model | None:
    """The model in use in the database at `path`, before anything is opened for good; None where it names none or
    cannot be read, which whoever opens it will hear."""
    try:
        with closing(sqlite3.connect(address(path, mode="ro"), uri=True)) as opened:
            opened.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            found = opened.execute("SELECT value FROM note WHERE key = ?", (IN_USE,)).fetchone()
    except sqlite3.Error:
        return None
    return _from_text(found[0]) if found else None


def _as_text(model: Model) -> str:
    return json.dumps(asdict(model), ensure_ascii=False)


def _from_text(text: str | None) -> Model | None:
    return Model(**json.loads(text)) if text else None
