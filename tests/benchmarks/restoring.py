"""A backup of a data folder of 200 MB, and a restore until it serves again.

The folder holds the pack, a guild with thousands of notes and their vectors, and the history of many corrections.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from knowledge.curation import Act, Edit
from knowledge.models import Scope
from knowledge.store import Store
from tests.benchmarks.crowd import GUILD, crowded
from tests.benchmarks.figures import Figure, at_most, noted
from tests.benchmarks.watched import watched
from tests.loopback.server import Discord

MEGABYTES = 200
SNIPPETS = 10_000
GOAL_SECONDS = 30.0
QUESTION = "How many days in a row was Golden No. 1 on Spotify?"
ANSWER = "76"


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        await _large(home / "data")
        size = os.path.getsize(home / "data" / "hallyu.db") / 1e6
        backup, backed_up = _backed_up(home)
        shutil.rmtree(home / "data")
        began = time.perf_counter()
        _hallyu(home, "restore", str(backup))
        restored = time.perf_counter() - began
        await _served(home)
        served = time.perf_counter() - began
    print(f"{size:.0f} MB: backup {backed_up:.1f} s, restore {restored:.1f} s, first answer after {served:.1f} s")
    return [
        noted("size of the database", size, "MB"),
        noted(f"backup of a {MEGABYTES} MB data folder, verified", backed_up, "s"),
        noted(f"restore of a {MEGABYTES} MB data folder, verified", restored, "s"),
        at_most(f"restore of a {MEGABYTES} MB data folder, verified and serving", served, GOAL_SECONDS, "s"),
    ]


async def _large(folder: Path) -> None:
    database = folder / "hallyu.db"
    async with crowded(folder, SNIPPETS) as known:
        number = 0
        while os.path.getsize(database) < MEGABYTES * 1_000_000:
            number += 1
            await _correct_all(known.store, number)


async def _correct_all(store: Store, number: int) -> None:
    """Gives every note of the guild one more version, which is one more line in its history."""
    live = [revision for revision in await store.live(Scope(GUILD)) if revision.owner == GUILD]
    asks = (f"In version {number}?",)  # the texts stay, and their vectors
    edits = [Edit("snippet", each.snippet.id, replace(each.snippet, asks=asks), each.id) for each in live]
    await store.edits.apply(GUILD, edits, Act(user=1, action="edit"))


def _backed_up(home: Path) -> tuple[Path, float]:
    began = time.perf_counter()
    _hallyu(home, "backup", "--to", str(home / "backups"))
    took = time.perf_counter() - began
    (backup,) = (home / "backups").glob("hallyu-2*")
    return backup, took


def _hallyu(home: Path, *words: str) -> None:
    command = [sys.executable, "-m", "bot", *words]
    subprocess.run(command, env={**os.environ, "HALLYU_DATA_DIR": str(home / "data")}, check=True)


async def _served(home: Path) -> None:
    """Starts the bot and waits until it has answered a question in Discord."""
    async with Discord() as discord:
        guild = discord.guild("Acme")
        mina = discord.user("mina", guild)
        async with watched(discord, home / "data") as bot:
            await bot.ready()
            answer = await discord.slash(guild, mina, "ask", question=QUESTION)
            if ANSWER not in answer.text:
                raise SystemExit(f"the restored bot said: {answer.text}")
