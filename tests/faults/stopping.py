"""SIGTERM at a random moment, while members ask, moderators write and an import is approved.

The bot ends in time with exit code 0, everybody who was acknowledged has one true reply, and everything that was said
to be saved is there, once.
"""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.catalogue import Catalogue
from faults.crowd import FACT, SHELF, Crowd, Round
from loopback.faults import Fault
from loopback.process import BotEnded
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import text_of

LONGEST_SECONDS = 1.5
"""Until SIGTERM, counted from when everybody has begun."""
STOP_SECONDS = 10.0
_ANSWER = re.compile(r"hallyu:why:([A-Za-z0-9_-]{22})")
_APPROVED = re.compile(r"Approved: (\d+)")


@dataclass(slots=True)
class Stops:
    """What came of all stops."""

    stops: int = 0
    longest_seconds: float = 0.0
    under_way: int = 0
    became: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    approved: int = 0
    recorded: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        became = ", ".join(f"{count} {what}" for what, count in sorted(self.became.items()))
        return (
            f"{self.stops} stops, the longest {self.longest_seconds:.1f} s; {self.under_way} interactions acknowledged "
            f"and not answered when stopped; questions: {became}; {self.saved} notes saved, {self.approved} approved, "
            f"{self.recorded} answers on record; {len(self.faults)} faults"
        )


async def stop_often(folder: Path, times: int, seed: int = 0) -> Stops:
    """Stops a bot `times` times over the same data folder, and looks at what it told and kept after each."""
    dice, found = random.Random(seed), Stops()
    folder.mkdir(exist_ok=True)
    async with Discord(identify_gap=0.0) as discord:
        crowd = Crowd(discord, dice)
        for number in range(times):
            try:
                faults = await _stop_once(discord, crowd, folder, dice, found)
            except (BotEnded, TimeoutError) as fault:
                faults = [str(fault)]
            found.stops += 1
            found.faults += [f"stop {number}: {fault}" for fault in faults]
    return found


async def _stop_once(discord: Discord, crowd: Crowd, folder: Path, dice: random.Random, found: Stops) -> list[str]:
    log = folder / f"log-{found.stops}"
    env = {
        "HALLYU_DATA_DIR": str(folder / "data"),
        "HALLYU_HTTP_PORT": "0",
        "HALLYU_LOG_FORMAT": "json",
        "HALLYU_MEMBER_PER_MINUTE": "0",
    }
    async with discord.run_bot(sys.executable, "-m", "bot", "run", log=log, env=env, cwd=folder) as bot:
        await bot.ready()
        async with crowd.at_work(approve=dice.random() < 0.5) as done:
            if dice.random() < 0.5:
                discord.break_next(Fault("PATCH /webhooks", delay=dice.uniform(0.2, 2), times=dice.randint(1, 5)))
            await asyncio.sleep(dice.uniform(0, LONGEST_SECONDS))
            found.under_way += sum(each.callback is not None and not each.answered for each in done.all)
            code = await bot.stop()
    seconds = bot.stop_seconds or 0.0
    found.longest_seconds = max(found.longest_seconds, seconds)
    faults = [f"exit code {code}"] if code else []
    faults += [f"ended after {seconds:.1f} s"] if seconds > STOP_SECONDS else []
    faults += [f"the log has {line[:300]}" for line in bot.output().splitlines() if '"level": "error"' in line]
    return [*faults, *_replies(done, found), *_kept(done, folder / "data" / "hallyu.db", found)]


def _replies(done: Round, found: Stops) -> list[str]:
    """Whoever was acknowledged has one reply, and a true one."""
    faults = [f"{each} was acknowledged and not answered" for each in done.all if each.callback and not each.answered]
    faults += [f"{each} was answered twice" for each in done.all if len(each.messages) > 1]
    for asked in done.asked:
        became = _became(asked)
        found.became[became] += 1
        if became == "odd":
            faults.append(f"a question was answered {asked.text!r}")
    return faults


def _became(asked: Transcript) -> str:
    if not asked.answered:
        return "not taken"
    if asked.text == _said("refused.stopping"):
        return "told of the restart"
    if asked.text == _said("refused.stopped"):
        return "given up and told so"
    return "answered" if FACT in asked.text else "odd"


@cache
def _said(key: str) -> str:
    return Catalogue.load().say(key, "en")


def _kept(done: Round, database: Path, found: Stops) -> list[str]:
    """What was said to be saved is there once, what was not is there once or not at all; answers are on record."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT json_extract(body, '$.text') FROM revision").fetchall()
        answers = {id for (id,) in connection.execute("SELECT id FROM answer")}
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    texts = Counter(text for (text,) in rows)
    faults = [] if verdict == "ok" else [verdict]
    for text, sent in done.writes.items():
        saved = any("Saved" in text_of(message) for transcript in sent for message in transcript.messages)
        found.saved += saved
        if texts[text] > 1 or (saved and texts[text] != 1):
            faults.append(f"a note is there {texts[text]} times, said to be saved: {saved}")
    came = sum(count for text, count in texts.items() if text and text.startswith(SHELF)) - found.approved
    found.approved += came
    for approval in done.approvals:
        faults += _approved(approval, came)
    for asked in done.asked:
        if _became(asked) == "answered":
            found.recorded += 1
            if not answers & set(_ANSWER.findall(str(asked.messages[0]["components"]))):
                faults.append("an answer is not on record")
    return faults


def _approved(approval: Transcript, came: int) -> list[str]:
    """An approval says how many came, also where it was stopped: of this import, or of the rest of an earlier one."""
    if approval.callback is None:
        return [f"{came} notes were approved by a press that was not taken"] if came else []
    text = "\n".join(map(text_of, approval.messages))
    if _said("refused.stopping") in text:
        return [f"{came} notes were approved by a press that was refused"] if came else []
    said = _APPROVED.search(text)
    return [] if said and int(said[1]) == came else [f"{came} notes were approved, said was {text[:200]!r}"]
