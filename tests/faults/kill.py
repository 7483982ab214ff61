"""`kill -9` at random moments while two guilds are edited: nothing acknowledged is lost, nothing is half done."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fakes.knowing import Small, small_knowing
from faults.editor import GUILDS
from faults.process import run_and_kill
from knowledge.models import PACK, Hidden, Scope, Snippet

LONGEST_SECONDS = 0.4
"""Until a process is killed, counted from when it is ready: some dozens of changes."""

Holds = dict[str, str]
"""What a guild has of its own, by snippet id: a text, or "hidden"."""


@dataclass(slots=True)
class Kills:
    """What came of all kills."""

    kills: int = 0
    changes: int = 0
    under_way: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.changes} acknowledged changes, {self.under_way} under way when killed, "
            f"{len(self.faults)} faults"
        )


async def kill_often(folder: Path, times: int, seed: int = 0) -> Kills:
    """Kills an editing process `times` times over the same database and looks at it after each."""
    dice, found = random.Random(seed), Kills()
    expected: dict[int, Holds] = {guild: {} for guild in GUILDS}
    for number in range(times):
        log = folder / f"log-{number}"
        await run_and_kill(
            *("faults.editor", str(folder / "hallyu.db"), str(log), f"{seed}-{number}"),
            seconds=dice.uniform(0, LONGEST_SECONDS),
        )
        found.kills += 1
        async with small_knowing(folder / "hallyu.db") as small:
            for guild in GUILDS:
                before, after = _replayed(expected[guild], _lines(log, guild), found)
                actual = await _holds(small, guild)
                if actual not in (before, after):
                    found.faults.append(f"kill {number}, guild {guild}: {_difference(before, after, actual)}")
                expected[guild] = actual
                found.faults += [
                    f"kill {number}, guild {guild}: {fault}" for fault in await _index_faults(small, guild)
                ]
        if (verdict := _integrity(folder / "hallyu.db")) != "ok":
            found.faults.append(f"kill {number}: {verdict}")
    return found


def _lines(log: Path, guild: int) -> Iterator[dict[str, object]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["guild"] == guild:
            yield entry


def _replayed(before: Holds, lines: Iterator[dict[str, object]], found: Kills) -> tuple[Holds, Holds]:
    """What the guild must hold by what was acknowledged, without and with the change that was under way."""
    sure, begun = dict(before), dict(before)
    for line in lines:
        match line:
            case {"what": "begin", "told": dict(told)}:
                begun = _with(sure, told)
            case {"what": "done"}:
                sure = begun
                found.changes += 1
            case _:
                begun = sure
    found.under_way += begun is not sure
    return sure, begun


def _with(holds: Holds, told: dict[str, str | None]) -> Holds:
    kept = {id: text for id, text in holds.items() if id not in told}
    return kept | {id: text for id, text in told.items() if text is not None}


async def _holds(small: Small, guild: int) -> Holds:
    live = await small.store.live(Scope(guild))
    own = {revision.snippet.id: revision.snippet.text or "" for revision in live if revision.owner == guild}
    overridden = await small.store.edits.overridden(guild)
    return own | {version.record: "hidden" for version in overridden if isinstance(version.content, Hidden)}


async def _index_faults(small: Small, guild: int) -> list[str]:
    """Where the index differs from the store."""
    live = await small.store.live(Scope(guild))
    searched = {
        document.revision.id
        for part in small.index.retriever(Scope(guild)).parts
        for document in part.segment.documents
        if document.revision.id not in part.dead
    }
    faults = []
    if searched != {revision.id for revision in live}:
        faults.append(f"the index holds {sorted(searched)}, the store {sorted(revision.id for revision in live)}")
    for id in [revision.snippet.id for revision in live if revision.owner != PACK][:20]:
        history = await small.store.edits.history(guild, "snippet", id)
        if [version.number for version in history] != list(range(1, len(history) + 1)):
            faults.append(f"the history of {id} has gaps")
        if not isinstance(history[-1].content, Snippet):
            faults.append(f"{id} is live without a text")
    return faults


def _difference(before: Holds, after: Holds, actual: Holds) -> str:
    lost = {id for id in before.keys() & after.keys() if before[id] == after[id] and actual.get(id) != before[id]}
    return f"lost or changed {sorted(lost)[:5]}; {len(actual)} held, {len(before)} or {len(after)} expected"


def _integrity(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
