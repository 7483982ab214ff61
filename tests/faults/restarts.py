"""The bot is killed or stopped again and again while people ask and vote, and its clock is set meanwhile: it always
comes back, nothing acknowledged is lost, nobody is answered twice, and it begins one session a start."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalogue import Catalogue
from fakes.knowing import ENGLISH
from loopback.process import BotEnded, BotProcess
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import button_id
from loopback.world import Guild, User

TIMES = 500
"""So many times shorter are the pauses between two starts: the longest takes 2 seconds instead of 15 minutes."""

HOURS = 30
"""The clock is set by up to so many hours, forward and back."""

IN_TIME_SECONDS = 3.0
"""An answer is owed to whoever asked so long before a kill."""

HEARD_SECONDS = 0.3
"""And to whoever asked so long before a SIGTERM."""


@dataclass(slots=True)
class Restarts:
    """What came of all restarts."""

    kills: int = 0
    stops: int = 0
    jumps: int = 0
    asked: int = 0
    answered: int = 0
    votes: int = 0
    sessions: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills and {self.stops} SIGTERMs, {self.jumps} jumps of the clock, {self.asked} questions, "
            f"{self.answered} answered once, {self.votes} votes acknowledged and kept, {self.sessions} sessions begun, "
            f"slowest start {self.slowest:.1f} s, {len(self.faults)} faults"
        )


@dataclass(slots=True)
class _Asked:
    """What members did, by when."""

    questions: list[tuple[float, Transcript]] = field(default_factory=list)
    votes: list[tuple[User, Transcript]] = field(default_factory=list)


async def restart_often(folder: Path, times: int, seed: int = 0) -> Restarts:
    """Starts the real bot so many times over the same data, and ends each by kill -9 or SIGTERM."""
    dice, found, everything = random.Random(seed), Restarts(), _Asked()
    folder.mkdir(parents=True, exist_ok=True)
    async with Discord(identify_gap=0.0) as discord:
        guild = discord.guild("Fans")
        for number in range(times):
            try:
                await _one_life(discord, guild, folder, dice, found, everything)
            except (BotEnded, TimeoutError) as error:
                found.faults.append(f"start {number}: {error}")
        found.sessions = discord.gateway.asked
    if found.sessions > times:
        found.faults.append(f"{found.sessions} sessions were begun by {times} starts")
    _compare(folder / "data" / "hallyu.db", everything, found)
    return found


async def _one_life(
    discord: Discord, guild: Guild, folder: Path, dice: random.Random, found: Restarts, everything: _Asked
) -> None:
    clock, began = folder / "clock", time.monotonic()
    clock.write_text(str(_hours(dice)), encoding="ascii")
    env = {"HALLYU_DATA_DIR": str(folder / "data"), "HALLYU_HTTP_PORT": "0", "HALLYU_LOG_FORMAT": "json"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    command = (sys.executable, "-m", "faults.hasty_bot", str(TIMES), str(clock))
    async with discord.run_bot(*command, log=folder / "log", env=env, cwd=folder) as bot:
        await bot.ready()
        found.slowest = max(found.slowest, time.monotonic() - began)
        asked = _Asked()
        asking = asyncio.create_task(_ask_on(discord, guild, dice, asked))
        await asyncio.sleep(dice.uniform(0.0, 2.0))
        if dice.random() < 0.7:
            found.jumps += 1
            clock.write_text(str(_hours(dice)), encoding="ascii")
            os.kill(bot.pid, signal.SIGUSR1)
        await asyncio.sleep(dice.uniform(0.0, 2.0))
        ended, owed_until = await _end(bot, dice, found)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
    await discord.until(lambda: not discord.gateway.live, "the end of the connection")
    discord.gateway.sessions.clear()  # nobody resumes them
    await _judge(asked, ended, owed_until, found)
    everything.votes += asked.votes
    if not json.loads((folder / "data" / "sessions.json").read_bytes())["short"]:
        found.faults.append("the record forgot a session that was short")


def _hours(dice: random.Random) -> float:
    return dice.uniform(-HOURS, HOURS) * 3600


async def _end(bot: BotProcess, dice: random.Random, found: Restarts) -> tuple[float, float]:
    """When it was told to end, and until when a question had to be asked to be owed an answer."""
    told = time.monotonic()
    if dice.random() < 0.5:
        found.kills += 1
        await bot.kill()
        return told, told - IN_TIME_SECONDS
    found.stops += 1
    if code := await bot.stop():
        found.faults.append(f"exit code {code} after SIGTERM")
    return told, told - HEARD_SECONDS


async def _ask_on(discord: Discord, guild: Guild, dice: random.Random, asked: _Asked) -> None:
    """Members ask about five times a second; some vote for what was answered."""
    while True:
        member = discord.user(f"member-{discord.world.new_id()}", guild)
        question = await discord.slash(guild, member, "ask", question=ENGLISH, wait=False)
        asked.questions.append((time.monotonic(), question))
        answered = [each for _, each in asked.questions if each.messages]
        if answered and dice.random() < 0.5:
            card = dice.choice(answered).messages[0]
            with contextlib.suppress(LookupError):
                vote = await discord.click(card, button_id(card, "👍"), member, wait=False)
                asked.votes.append((member, vote))
        await asyncio.sleep(dice.uniform(0.05, 0.35))


async def _judge(asked: _Asked, ended: float, owed_until: float, found: Restarts) -> None:
    for sent, question in asked.questions:
        found.asked += 1
        if question.callback is None and sent > owed_until:
            continue
        with contextlib.suppress(TimeoutError):
            await question.over(0.0 if ended > sent + IN_TIME_SECONDS else 4.0)
        found.answered += question.answered
        if len(question.messages) > 1 or question.errors:
            found.faults.append(f"answered twice, or wrongly: {question}")
        if not question.answered and sent < owed_until:
            found.faults.append(f"no answer, asked {ended - sent:.1f} s before the end: {question}")


def _compare(database: Path, everything: _Asked, found: Restarts) -> None:
    """What was acknowledged against what is kept. Whoever is told that the bot is being restarted has to vote again."""
    thanks = Catalogue.load().voice("en").say("vote.good")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        kept = {user for (user,) in connection.execute("SELECT user FROM opinion")}
        if (verdict := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            found.faults.append(f"the database: {verdict}")
    for member, vote in everything.votes:
        if thanks in vote.text:
            found.votes += 1
            if member.id not in kept:
                found.faults.append(f"an acknowledged vote was lost: {vote}, {vote.text!r}")
