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
from loopback.faults import Fault
from loopback.process import BotEnded
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import button_id, text_of, walk
from loopback.world import Guild, User

ASKERS, WRITERS, IMPORTED = 6, 2, 60
SHELF = "Shelf"
LONGEST_SECONDS = 1.5
"""Until SIGTERM, counted from when everybody has begun."""
STOP_SECONDS = 10.0
QUESTION, FACT = "How many days in a row was Golden No. 1 on Spotify?", "76"
MANAGE_SERVER = 1 << 5
SOURCE = {"url": "https://example.org/page", "title": "A page", "as_of": "2026"}
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


@dataclass(slots=True)
class Round:
    """What people did while one process ran, by what became of it."""

    asked: list[Transcript] = field(default_factory=list)
    writes: dict[str, list[Transcript]] = field(default_factory=dict)
    approvals: list[Transcript] = field(default_factory=list)
    others: list[Transcript] = field(default_factory=list)

    @property
    def all(self) -> list[Transcript]:
        written = [transcript for sent in self.writes.values() for transcript in sent]
        return [*self.asked, *written, *self.approvals, *self.others]


class Crowd:
    """The people of one guild, who do something again and again."""

    def __init__(self, discord: Discord, dice: random.Random) -> None:
        self._discord = discord
        self._dice = dice
        self._guild: Guild = discord.guild("Acme")
        self._askers = [discord.user(f"asker-{n}", self._guild) for n in range(ASKERS)]
        self._writers = [
            discord.user(f"writer-{n}", self._guild, permissions=MANAGE_SERVER) for n in range(WRITERS + 1)
        ]
        self.round = Round()

    async def begin(self, approve: bool) -> list[asyncio.Task[None]]:
        """Everybody is at work from now on, until their task is cancelled."""
        self.round = Round()
        tasks = [asyncio.create_task(self._ask(user)) for user in self._askers]
        tasks += [asyncio.create_task(self._write(user)) for user in self._writers[1:]]
        if approve:
            await self._approve(self._writers[0])
        return tasks

    async def _ask(self, user: User) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(0, 0.2))
            asked = await self._discord.slash(self._guild, user, "ask", question=QUESTION, wait=False)
            self.round.asked.append(asked)
            await asked.over()

    async def _write(self, user: User) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(0, 0.2))
            opened = await self._command(user, "kb add")
            if opened.modal is None:
                continue
            number = self._dice.randrange(10**12)
            text = f"Shop {number} sells {self._dice.randrange(10**6)} sorts of tea."
            sent = await self._discord.submit(opened, {**SOURCE, "text": text}, wait=False)
            self.round.writes[text] = [sent]
            await sent.over()
            if any("Keep both" in (part.get("label") or "") for m in sent.messages for part in walk(m["components"])):
                message = sent.messages[-1]
                kept = await self._discord.click(message, button_id(message, "Keep both"), user, wait=False)
                self.round.writes[text].append(kept)
                await kept.over()

    async def _approve(self, user: User) -> None:
        """Begins to approve an import as a whole, and does not wait for the end."""
        name = f"{SHELF}{self._dice.randrange(10**9)}"
        rows = [f"{name} row {n} holds {n + 100} photocards.,2026-04,https://e.org/{n},P" for n in range(IMPORTED)]
        data = "\n".join(["text,as_of,source_url,source_title", *rows]).encode()
        preview = await self._command(user, "kb import", file=("shelf.csv", data))
        await self._press(preview, f"Put {IMPORTED} up for review", user)
        review = await self._command(user, "kb review")
        await self._press(review, "Approve all", user)
        message = review.messages[0]
        sure = button_id(message, "Yes, approve")
        self.round.approvals.append(await self._discord.click(message, sure, user, wait=False))

    async def _press(self, page: Transcript, label: str, user: User) -> None:
        """Presses a button of a page and waits for what takes its place."""
        message = page.messages[0]
        before = text_of(message)
        self.round.others.append(await self._discord.click(message, button_id(message, label), user))
        await self._discord.until(lambda: text_of(message) != before, f"what {label!r} does")

    async def _command(self, user: User, name: str, **options: object) -> Transcript:
        done = await self._discord.slash(self._guild, user, name, **options)
        self.round.others.append(done)
        return done


async def stop_often(folder: Path, times: int, seed: int = 0) -> Stops:
    """Stops a bot `times` times over the same data folder, and looks at what it told and kept after each."""
    dice, found = random.Random(seed), Stops()
    folder.mkdir(exist_ok=True)
    async with Discord(identify_gap=0.0) as discord:
        crowd = Crowd(discord, dice)
        for number in range(times):
            try:
                said = await _stop_once(discord, crowd, folder, dice, found)
            except (BotEnded, TimeoutError) as fault:
                found.faults.append(f"stop {number}: {fault}")
                continue
            found.stops += 1
            faults = [*said, *_replies(crowd.round, found), *_kept(crowd.round, folder / "data" / "hallyu.db", found)]
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
        people = await crowd.begin(approve=dice.random() < 0.5)
        if dice.random() < 0.5:
            discord.break_next(Fault("PATCH /webhooks", delay=dice.uniform(0.2, 3), times=dice.randint(1, 5)))
        await asyncio.sleep(dice.uniform(0, LONGEST_SECONDS))
        waiting = [transcript for transcript in crowd.round.all if transcript.callback and not transcript.answered]
        found.under_way += len(waiting)
        code = await bot.stop()
        for person in people:
            person.cancel()
        await asyncio.gather(*people, return_exceptions=True)
    seconds = bot.stop_seconds or 0.0
    found.longest_seconds = max(found.longest_seconds, seconds)
    faults = [f"exit code {code}"] if code else []
    faults += [f"ended after {seconds:.1f} s"] if seconds > STOP_SECONDS else []
    faults += [f"the log has {line[:300]}" for line in bot.output().splitlines() if '"level": "error"' in line]
    return faults


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
