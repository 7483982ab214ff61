"""The disk takes nothing more from a random byte on while people ask and write: answers go on, what is not saved is
said, nothing is half done, and all goes on by itself when there is room again.

python -m faults.disk FOLDER TIMES
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalogue import Catalogue
from bot.connecting import RECORD
from faults.full_disk import NO_DISK, filled, on_a_small_disk
from faults.writer import Writer
from knowledge.backups import verify_live
from knowledge.models import Scope
from knowledge.store import open_store_readonly
from loopback.process import BotEnded, BotProcess
from loopback.server import Discord

WRITERS = 4
LONGEST_WAIT = 0.1
"""Seconds from when people begin to when the disk is full: in them some of what they do is written."""

LONGEST_FULL = 0.4
"""Seconds that the disk is full."""

MOST_LEFT = 64 * 1024
"""Bytes that the disk still takes, of which a change needs some thousand."""

Full = Callable[[BotProcess, Path, int], AbstractContextManager[None]]
"""Lets the disk of a running bot with that database take no more than so many bytes for a while."""

_TO_TELL = 100_000
"""Bytes that the log of the bot may grow by."""

_COMMAND = (sys.executable, "-m", "bot", "run")


@dataclass(slots=True)
class Found:
    """What came of all rounds."""

    rounds: int = 0
    answers: int = 0
    changes: int = 0
    refusals: int = 0
    searched: int = 0
    answering: int = 0
    """Starts after which it answered although nothing could be written."""
    refused_starts: int = 0
    """Starts that ended with a sentence."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rounds} full disks under a running bot, {self.answers} questions answered, {self.changes} changes "
            f"acknowledged, {self.refusals} refused in words, {self.searched} notes searched for, {self.answering} "
            f"starts after which it answered, {self.refused_starts} that ended with a sentence, {len(self.faults)} "
            "faults"
        )


@contextmanager
def limited(bot: BotProcess, database: Path, left: int) -> Iterator[None]:
    """The process may write no file any further than so many bytes behind the last change in the database's log, which
    any system can see to; to SQLite the disk has failed then, and is not full."""
    enough = max(_end_of_log(database) + left, os.path.getsize(bot.log) + _TO_TELL)
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (enough, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)


def _end_of_log(database: Path) -> int:
    """Where the next change goes, by the header of the index beside the log: https://sqlite.org/walformat.html#walidxfmt"""
    index = database.with_name(f"{database.name}-shm").read_bytes()
    page, frames = struct.unpack_from("=H", index, 14)[0], struct.unpack_from("=I", index, 16)[0]
    return int(32 + frames * (24 + page))


def really_full(bot: BotProcess, database: Path, left: int) -> AbstractContextManager[None]:
    """The disk of the database is full."""
    return filled(database.parent.parent, left)


async def fill_under_a_bot(folder: Path, times: int, seed: int = 0, fulls: Sequence[Full] = (limited,)) -> Found:
    """Fills the disk so many times under a bot whose data are in `folder`; then looks at all that was acknowledged."""
    dice, found, database = random.Random(seed), Found(), folder / "data" / "hallyu.db"
    async with Discord(identify_gap=0.0) as discord:
        catalogue = Catalogue.load()
        writers = [Writer(discord, number, random.Random(f"{seed}-{number}"), catalogue) for number in range(WRITERS)]
        with tempfile.TemporaryDirectory() as logs:
            log = Path(logs) / "log"
            async with discord.run_bot(*_COMMAND, log=log, env=_env(folder / "data"), cwd=folder) as bot:
                await bot.ready()
                for number in range(times):
                    await _one(bot, database, writers, dice, fulls[number % len(fulls)])
                    found.rounds += 1
                for writer in writers:
                    await _afterwards(writer, found)
                if "Traceback" in bot.output():
                    found.faults.append("the log has a traceback: " + bot.output().partition("Traceback")[2][:3000])
        await _look_at_knowledge(database, writers, found)
    return found


async def _one(bot: BotProcess, database: Path, writers: Sequence[Writer], dice: random.Random, full: Full) -> None:
    async def at_work(writer: Writer) -> None:
        while going:
            await writer.work()

    going = True
    working = [asyncio.create_task(at_work(writer)) for writer in writers]
    await asyncio.sleep(dice.uniform(0, LONGEST_WAIT))
    with full(bot, database, dice.choice((0, dice.randrange(4096), dice.randrange(MOST_LEFT)))):
        await asyncio.sleep(dice.uniform(0.05, LONGEST_FULL))
        going = dice.random() < 0.5
        if not going:  # all that they began comes to its end while the disk is full
            await asyncio.gather(*working)
    going = False
    await asyncio.gather(*working)


async def _afterwards(writer: Writer, found: Found) -> None:
    """There is room again: whether a note is saved, and the index has what was acknowledged and nothing else."""
    changes = writer.changes
    await writer.add()
    if writer.changes == changes:
        writer.faults.append("nothing is saved although there is room again")
    for text in (*writer.live, *writer.refused):
        found.searched += 1
        await writer.search(text)


async def _look_at_knowledge(database: Path, writers: Sequence[Writer], found: Found) -> None:
    found.faults += [str(check) for check in verify_live(database).checks if not check.fine]
    async with open_store_readonly(database) as store:
        for writer in writers:
            guild = writer.guild.id
            live = [str(each.snippet.text) for each in await store.live(Scope(guild)) if each.owner == guild]
            if sorted(live) != sorted(writer.live):
                writer.faults.append(f"{len(live)} notes are live, {len(writer.live)} were acknowledged")
            if (waiting := await store.queue.count_waiting(guild)) != writer.proposed:
                writer.faults.append(f"{waiting} notes wait for review, {writer.proposed} were acknowledged")
            found.answers += writer.answers
            found.changes += writer.changes
            found.refusals += writer.refusals
            found.faults += [f"{writer.guild.name}, {fault}" for fault in writer.faults]


def _env(data: Path) -> dict[str, str]:
    return {"HALLYU_DATA_DIR": str(data), "HALLYU_HTTP_PORT": "0", "HALLYU_MEMBER_PER_MINUTE": "0"}


async def start_anew(folder: Path, found: Found) -> None:
    """Starts on a full disk, with a database and without, and on a database that cannot be written: either the bot
    answers all the same, or it ends with a sentence. Then, with room again, it answers."""
    states: Sequence[tuple[str, Callable[[Path], AbstractContextManager[None]]]] = (
        ("data", lambda database: filled(folder, 0)),
        ("new", lambda database: filled(folder, 0)),
        ("data", _read_only),
    )
    for data, state in states:
        with state(folder / data / "hallyu.db"):
            await _start(folder / data, found, may_end=True)
    await _start(folder / "data", found, may_end=False)


async def _start(data: Path, found: Found, *, may_end: bool) -> None:
    (data / RECORD).unlink(missing_ok=True)  # or it would wait, since the session before was short
    async with Discord(identify_gap=0.0) as discord:
        with tempfile.TemporaryDirectory() as logs:
            log, writer = Path(logs) / "log", Writer(discord, 0, random.Random(0), Catalogue.load())
            async with discord.run_bot(*_COMMAND, log=log, env=_env(data), cwd=log.parent) as bot:
                try:
                    await bot.ready()
                    await writer.ask()
                    await writer.add()
                    found.answering += 1
                    found.faults += [f"started in {data.name}: {fault}" for fault in writer.faults]
                except BotEnded:
                    said = bot.output()
                    found.refused_starts += 1
                    if not may_end or "Traceback" in said or "Nothing was changed" not in said:
                        found.faults.append(f"started in {data.name}: {await bot.exit_code()}, {said[-600:]}")


@contextmanager
def _read_only(database: Path) -> Iterator[None]:
    """The file is mounted over itself, since to root nothing is read-only by its mode."""
    path = str(database)
    subprocess.run(["mount", "--bind", path, path], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", path], check=True)
        yield
    finally:
        subprocess.run(["umount", path], check=True)


async def fill_anywhere(folder: Path, times: int) -> int:
    """Fills a small disk, and where none can be made limits the process; 1 if anything was found."""
    code = await asyncio.to_thread(on_a_small_disk, folder, times, "faults.disk")
    if code != NO_DISK:
        return code
    found = await fill_under_a_bot(folder, times, seed=1)
    print(found, *found.faults, sep="\n", flush=True)
    return int(bool(found.faults))


async def main(folder: Path, times: int) -> int:
    """The exit code: 1 if anything was found. To be called on a small disk."""
    found = await fill_under_a_bot(folder, times, seed=1, fulls=(really_full, limited))
    await start_anew(folder, found)
    print(found, *found.faults, sep="\n", flush=True)
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]))))
