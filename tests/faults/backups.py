"""`kill -9` at random moments of backups and restores, and a disk that is full at a random byte: all that is there is
whole."""

from __future__ import annotations

import asyncio
import os
import random
import resource
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fakes.knowing import PACK
from faults.keeper import KEEP
from faults.process import run_and_kill
from knowledge.backups import backups_in, make_backup, restore, verify, verify_live
from knowledge.errors import HallyuError
from knowledge.store import open_store, open_store_readonly

LONGEST_SECONDS = 0.4
"""Until a process is killed, counted from when it is ready: some backups or restores."""

VECTORS = 2_000
"""Some 4 MB, so that copying takes a while."""


Full = Callable[[int], AbstractContextManager[None]]
"""Lets a file have no more than so many bytes for a while."""


@contextmanager
def files_up_to(limit: int) -> Iterator[None]:
    """The system's own limit, which anybody may set."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@dataclass(slots=True)
class Found:
    """What came of all kills or full disks."""

    times: int = 0
    under_way: int = 0
    """Of these, how many broke something off."""
    looked_at: int = 0
    """Backups and databases that were verified afterwards."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.times} times, {self.under_way} of them under way, {self.looked_at} backups and databases verified, "
            f"{len(self.faults)} faults"
        )

    def verify(self, what: str, path: Path) -> None:
        self.looked_at += 1
        self.faults += [f"{what}, {path.name}: {check}" for check in verify(path).checks if not check.fine]


async def kill_backups(folder: Path, times: int, seed: int = 0) -> Found:
    """Kills a process that makes backups while a store is written."""
    database, backups = folder / "data" / "hallyu.db", folder / "backups"
    dice, found = random.Random(seed), Found()
    await _fill(database, "only")
    async with _written(database) as acknowledged:
        for number in range(times):
            await run_and_kill(
                *("faults.keeper", "backup", str(database), str(backups)), seconds=dice.uniform(0, LONGEST_SECONDS)
            )
            found.times += 1
            found.under_way += bool(list(backups.glob(".hallyu-*.part")))
            whole = backups_in(backups)
            for backup in whole:
                found.verify(f"kill {number}", backup)
            if len(whole) > KEEP + 1:
                found.faults.append(f"kill {number}: {len(whole)} backups")
        last = await asyncio.to_thread(make_backup, database, backups, KEEP)
        if left := list(backups.glob(".hallyu-*.part")):
            found.faults.append(f"{left} left over")
        found.verify("the last", last.path)
    async with open_store_readonly(database) as store:
        if await store.note("written") != str(acknowledged()):
            found.faults.append("an acknowledged change is lost")
    return found


async def kill_restores(folder: Path, times: int, seed: int = 0) -> Found:
    """Kills a process that restores two backups in turn."""
    dice, found = random.Random(seed), Found()
    places = [await _backup_of(folder, name) for name in ("a", "b")]
    database = folder / "data" / "hallyu.db"
    for number in range(times):
        await run_and_kill(
            *("faults.keeper", "restore", str(database), *map(str, places)), seconds=dice.uniform(0, LONGEST_SECONDS)
        )
        found.times += 1
        await _look_at(database, f"kill {number}", found)
    restore(places[0], database)
    await _look_at(database, "the last", found)
    if left := list(database.parent.glob("*.part*")):
        found.faults.append(f"{left} left over")
    return found


async def fill_disks(folder: Path, times: int, seed: int = 0, full: Full = files_up_to) -> Found:
    """Lets backups and restores fail at a random byte, where the disk is `full`."""
    dice, found = random.Random(seed), Found()
    backup = await _backup_of(folder, "a")
    database, backups = folder / "data" / "hallyu.db", folder / "backups-of-data"
    await _fill(database, "b")
    size = os.path.getsize(backup / "hallyu.db")
    works: list[Callable[[], object]] = [lambda: make_backup(database, backups), lambda: restore(backup, database)]
    for number in range(times):
        before = sorted(backups_in(backups))
        found.times += 1
        if _refused(dice.choice(works), full(dice.randrange(size) if number % 10 else dice.randrange(600))):
            found.under_way += 1
        else:
            found.faults.append(f"disk {number}: not refused")
        if sorted(backups_in(backups)) != before or list(folder.glob("**/*.part*")):
            found.faults.append(f"disk {number}: something is half made")
        await _look_at(database, f"disk {number}", found, expected={"b"})
    for backup in backups_in(backups):
        found.verify("a backup", backup)
    return found


def _refused(work: Callable[[], object], full: AbstractContextManager[None]) -> bool:
    try:
        with full:
            work()
    except HallyuError:
        return True
    return False


async def _look_at(database: Path, when: str, found: Found, expected: frozenset[str] | set[str] = frozenset("ab")):
    """Looks at the database and at what was kept, which is cleared away."""
    if not database.exists():
        if list(database.parent.glob("hallyu-replaced-*.db")):
            found.faults.append(f"{when}: the database is gone")
        return
    found.under_way += (database.parent / "hallyu-restoring.part").exists()
    found.looked_at += 1
    found.faults += [f"{when}: {check}" for check in verify_live(database).checks if not check.fine]
    async with open_store(database) as store:
        if (name := await store.note("name")) not in expected:
            found.faults.append(f"{when}: it holds {name}")
    for kept in database.parent.glob("hallyu-replaced-*.db*"):
        if kept.suffix == ".db" and not kept.samefile(database):
            found.verify(when, kept)
        kept.unlink()


async def _backup_of(folder: Path, name: str) -> Path:
    await _fill(folder / name / "hallyu.db", name)
    return make_backup(folder / name / "hallyu.db", folder / f"backups-of-{name}").path


async def _fill(database: Path, name: str) -> None:
    async with open_store(database) as store:
        await store.sync(PACK)
        await store.keep_note("name", name)
        await store.keep_vectors("model", {str(number): os.urandom(1_536) for number in range(VECTORS)})


@asynccontextmanager
async def _written(database: Path) -> AsyncIterator[Callable[[], int]]:
    """A store that is written all the time; gives the number of the last change that was acknowledged."""
    acknowledged, going = 0, True

    async def write() -> None:
        nonlocal acknowledged
        while going:
            await store.keep_note("written", str(acknowledged + 1))
            acknowledged += 1
            await asyncio.sleep(0.001)

    async with open_store(database) as store:
        writing = asyncio.create_task(write())
        yield lambda: acknowledged
        going = False
        await writing
