"""Backups of a bot that runs and is asked meanwhile, restored elsewhere: it answers the same."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from fakes.knowing import ENGLISH, a_snippet, small_knowing
from index.results import Answer
from knowledge.backups import backups_in, make_backup, restore, verify
from knowledge.golden import load_golden
from knowledge.models import Scope
from loopback.server import Discord

pytestmark = pytest.mark.slow

HERE = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
GUILD = 10
ASKED = 40
STOP_SECONDS = 5.0


async def hallyu(*words: str, data: Path, stdin: str = "") -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env={**os.environ, **HERE, "HALLYU_DATA_DIR": str(data)},
        cwd=data.parent,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate(stdin.encode())
    assert process.returncode == 0
    return out.decode()


async def answers(data: Path) -> list[dict[str, object]]:
    """What the terminal answers to some golden questions, but for the time that it takes."""
    questions = random.Random(1).sample([question.ask for question in load_golden()], ASKED)
    lines = await hallyu("ask", "--json", "--stdin", data=data, stdin="\n".join(questions))
    return [{**json.loads(line), "took_ms": None} for line in lines.splitlines()]


async def test_a_backup_of_a_bot_that_is_being_asked_is_restored_elsewhere_and_answers_the_same(tmp_path):
    async with Discord(identify_gap=0.0) as discord:
        guild = discord.guild("Acme")
        mina = discord.user("mina", guild)
        settings = {**HERE, "HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_BACKUP_HOURS": "1"}
        command = [sys.executable, "-m", "bot", "run"]
        async with discord.run_bot(*command, env=settings, log=tmp_path / "log", cwd=tmp_path) as bot:
            await bot.ready()
            asking = asyncio.create_task(_ask_on_and_on(discord, guild, mina))
            await hallyu("backup", "--to", str(tmp_path / "by-hand"), data=tmp_path / "data")
            async with asyncio.timeout(30):
                while not backups_in(tmp_path / "data" / "backups"):
                    await asyncio.sleep(0.1)
            asking.cancel()
            await asyncio.wait([asking])
            began = time.monotonic()
            await bot.stop()
            assert time.monotonic() - began < STOP_SECONDS
    made = [*backups_in(tmp_path / "by-hand"), *backups_in(tmp_path / "data" / "backups")]
    assert len(made) == 2
    there = await answers(tmp_path / "data")
    assert len({line["status"] for line in there}) > 1
    for number, backup in enumerate(made):
        elsewhere = tmp_path / f"elsewhere-{number}"
        assert verify(backup).fine
        await hallyu("restore", str(backup), data=elsewhere)
        assert await answers(elsewhere) == there


async def _ask_on_and_on(discord, guild, mina) -> None:
    while True:
        answer = await discord.slash(guild, mina, "ask", question=ENGLISH)
        assert answer.errors == []


async def test_a_guilds_notes_answer_the_same_from_a_backup_that_was_made_while_they_were_edited(tmp_path):
    questions = [ENGLISH, *(f"What does shop {number} sell on day {number}?" for number in range(20))]

    async def told(small) -> list[str]:
        outcomes = [(await small.asking.ask(question, Scope(GUILD))).outcome for question in questions]
        return [outcome.text if isinstance(outcome, Answer) else type(outcome).__name__ for outcome in outcomes]

    async with small_knowing(tmp_path / "hallyu.db") as small:
        for number in range(20):
            text = f"Shop {number} sells tea number {number} on day {number}."
            await small.add(a_snippet(f"shop-{number}", text, questions[number + 1]), GUILD)
        there = await told(small)
        backing_up = asyncio.create_task(asyncio.to_thread(make_backup, tmp_path / "hallyu.db", tmp_path / "backups"))
        edits = 0
        while not backing_up.done():
            await small.add(a_snippet("other", f"Something else, said {edits} times."), GUILD + 1)
            edits += 1
    assert edits
    restore((await backing_up).path, tmp_path / "new" / "hallyu.db")
    async with small_knowing(tmp_path / "new" / "hallyu.db") as small:
        assert await told(small) == there
    assert len(set(there)) > 10
