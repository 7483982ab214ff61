"""Upgrading a database that an earlier Hallyu has written: a copy of it first, then all steps or none."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import aiosqlite

from knowledge.errors import HallyuError
from knowledge.store.sqlite.clock import Clock, stamp
from knowledge.store.sqlite.copying import copy_database
from knowledge.store.sqlite.examining import examine
from knowledge.store.sqlite.files import inherit_owner, to_disk
from knowledge.store.sqlite.migrations import MIGRATIONS, Migration, migrate
from knowledge.store.sqlite.refusals import refusals, writing_to


async def upgrade(
    writer: aiosqlite.Connection,
    path: Path,
    version: int,
    clock: Clock,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Path:
    """Applies the steps that the database lacks; where its copy lies, which restoring brings back.

    Raises `HallyuError`, the database being as it was, when the copy cannot be made, is not sound, or a step fails.
    """
    kept = copy_of(path, version, migrations[-1].version)
    await asyncio.to_thread(_copy, path, kept)
    try:
        with refusals(path):
            await migrate(writer, stamp(clock()), migrations)
    except sqlite3.Error as error:
        raise HallyuError(
            f"{path} could not be upgraded from version {version} to {migrations[-1].version} ({error}). It is as it "
            "was: go on with the Hallyu that you had before, and report this."
        ) from error
    return kept


def copy_of(path: Path, version: int, newest: int) -> Path:
    """Where the copy of a database goes before it is upgraded."""
    return path.with_name(f"{path.stem}-before-upgrade-{version}-to-{newest}{path.suffix}")


def _copy(path: Path, kept: Path) -> None:
    """A whole and sound copy, or none."""
    part = kept.with_name(f"{kept.name}.part")
    part.unlink(missing_ok=True)  # of an upgrade that was killed
    try:
        copy_database(path, part)
        faults = examine(part, frozen=True).faults
        if faults:
            what = "; ".join(f"{check.part}: {check.what}" for check in faults)
            raise HallyuError(f"{path} is not sound, so it is not upgraded. {what}. Restore a backup.")
        with writing_to(kept):
            inherit_owner(part)
            os.replace(part, kept)
            to_disk(kept.parent)
    finally:
        part.unlink(missing_ok=True)
