"""Looking at a whole database: is it sound, and does it hold what the rest of the store relies on?"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from knowledge.records import Decoder
from knowledge.store.examination import Check, Examination, Stop, Stopped, never
from knowledge.store.sqlite.bodies import is_readable
from knowledge.store.sqlite.connection import BUSY_MS
from knowledge.store.sqlite.files import address
from knowledge.store.sqlite.migrations import MIGRATIONS
from knowledge.store.sqlite.refusals import refusals
from knowledge.store.sqlite.schema import altered
from knowledge.store.sqlite.writing import PACK_DIGEST

_STEPS = 20_000
"""Of SQLite's machine, between two looks at whether to stop."""

_SHOWN = 3
"""Faults of a kind that are named."""

_WRONG_HEADS = """
    WITH history AS (
        SELECT record, count(*) AS versions, min(number) AS first, max(number) AS last FROM revision GROUP BY record
    )
    SELECT record.type || ' ' || record.slug || ' of ' || record.owner
    FROM record
    LEFT JOIN history ON history.record = record.id
    LEFT JOIN revision AS latest ON latest.record = record.id AND latest.number = history.last
    WHERE history.record IS NULL OR history.first <> 1 OR history.last <> history.versions
       OR record.head IS NOT CASE WHEN latest.body IS NULL THEN NULL ELSE latest.id END
"""

_BODIES = """
    SELECT revision.id, record.type, record.slug, revision.topic, typeof(body), CAST(body AS BLOB), hash
    FROM revision LEFT JOIN record ON record.id = revision.record
"""
"""As bytes: a damaged text may be no UTF-8."""


def examine(path: Path, *, frozen: bool, stop: Stop = never) -> Examination:
    """Looks at every page and row of the database, in one read transaction, beside a running writer or without one.

    `frozen`: nobody writes the file, and nothing is made beside it. Blocks, so it belongs into a thread. Raises
    `HallyuError` where the file cannot be opened, `Stopped` where `stop` says so.
    """
    options = {"mode": "ro", "immutable": "1"} if frozen else {"mode": "ro"}
    with refusals(path), closing(sqlite3.connect(address(path, **options), uri=True, isolation_level=None)) as opened:
        opened.set_progress_handler(stop, _STEPS)
        return _examined(_Look(opened, stop))


def _examined(look: _Look) -> Examination:
    begun = look.at("Database", _begin)
    checks = [begun]
    if begun.fine:
        checks = [
            look.at("Database", _integrity),
            look.at("References", _references),
            look.at("Schema", _schema),
            look.at("Records", _records),
            look.at("Revisions", _revisions),
        ]
    return Examination(
        checks=tuple(checks),
        version=look.value("SELECT max(version) FROM migration") or 0,
        records=look.value("SELECT count(*) FROM record") or 0,
        revisions=look.value("SELECT count(*) FROM revision") or 0,
        pack=look.value("SELECT value FROM note WHERE key = ?", (PACK_DIGEST,)),
    )


class _Look:
    """Runs checks on a connection; what SQLite cannot read is a fault of the part."""

    def __init__(self, opened: sqlite3.Connection, stop: Stop) -> None:
        self._opened = opened
        self._stop = stop

    def at(self, part: str, check: Callable[[sqlite3.Connection], tuple[bool, str]]) -> Check:
        try:
            fine, what = check(self._opened)
            return Check(part, fine, _printable(what))
        except sqlite3.Error as error:
            if self._stop():
                raise Stopped from error
            return Check(part, False, _printable(f"cannot be read ({error})"))

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first value; None where there is none, or it cannot be read."""
        try:
            row = self._opened.execute(sql, parameters).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None


def _begin(opened: sqlite3.Connection) -> tuple[bool, str]:
    opened.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    opened.execute("PRAGMA trusted_schema = OFF")
    opened.execute("BEGIN")
    opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return True, "can be opened"


def _integrity(opened: sqlite3.Connection) -> tuple[bool, str]:
    said = [text for (text,) in opened.execute(f"PRAGMA integrity_check({_SHOWN})")]
    if said == ["ok"]:
        return True, "every page is sound"
    return False, "damaged: " + "; ".join(" ".join(text.split()) for text in said[:_SHOWN])


def _references(opened: sqlite3.Connection) -> tuple[bool, str]:
    tables = [str(table) for table, *_ in opened.execute("PRAGMA foreign_key_check")]
    if not tables:
        return True, "each leads to a row"
    return False, f"{len(tables)} lead nowhere, in {', '.join(sorted(set(tables)))}"


def _schema(opened: sqlite3.Connection) -> tuple[bool, str]:
    newest = MIGRATIONS[-1].version
    applied = [version for (version,) in opened.execute("SELECT version FROM migration ORDER BY version")]
    version = len(applied)
    if applied != list(range(1, version + 1)) or not applied:
        return False, "no database of Hallyu's"
    if version > newest:
        return False, f"version {version}, of a newer Hallyu; this one knows {newest}. Upgrade Hallyu"
    if wrong := altered(opened, version):
        return False, f"version {version}, but somebody has altered it: {_some(wrong)}"
    return True, f"version {version}" + ("" if version == newest else f", which the next start upgrades to {newest}")


def _records(opened: sqlite3.Connection) -> tuple[bool, str]:
    count = opened.execute("SELECT count(*) FROM record").fetchone()[0]
    wrong = [str(name) for (name,) in opened.execute(_WRONG_HEADS)]
    if not wrong:
        return True, f"{count}, each with its latest revision in force"
    return False, f"{len(wrong)} of {count} not at their latest revision: {_some(wrong)}"


def _revisions(opened: sqlite3.Connection) -> tuple[bool, str]:
    count, wrong, unreadable, decoder = 0, [], [], Decoder()
    for id, type, slug, topic, kind, body, hash in opened.execute(_BODIES):
        count += 1
        if body is None:
            continue
        if hashlib.sha256(body).hexdigest() != hash:
            wrong.append(str(id))
        elif kind != "text" or not is_readable(type, slug, topic, body, decoder):
            unreadable.append(str(id))
    if wrong:
        return False, f"{len(wrong)} of {count} are not what was written: {_some(wrong)}"
    if unreadable:
        return False, f"{len(unreadable)} of {count} hold what Hallyu cannot read: {_some(unreadable)}"
    return True, f"{count}, each with the checksum of its text"


def _printable(text: str) -> str:
    """Names in a database may be anybody's, and would write to the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
