"""People of one guild who ask, write and approve again and again, as long as their task is not cancelled."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import button_id, text_of, walk
from loopback.world import Guild, User

ASKERS, WRITERS, IMPORTED = 6, 2, 60
QUESTION, FACT = "How many days in a row was Golden No. 1 on Spotify?", "76"
SHELF = "Shelf"
"""How the notes of imports begin."""

MANAGE_SERVER = 1 << 5
SOURCE = {"url": "https://example.org/page", "title": "A page", "as_of": "2026"}


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
        self._round = Round()

    @asynccontextmanager
    async def at_work(self, *, approve: bool) -> AsyncIterator[Round]:
        """Everybody does something as long as it is entered; somebody also begins to `approve` an import."""
        self._round = Round()
        tasks = [asyncio.create_task(self._ask(user)) for user in self._askers]
        tasks += [asyncio.create_task(self._write(user)) for user in self._writers[1:]]
        try:
            if approve:
                await self._approve(self._writers[0])
            yield self._round
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if error is not None and not isinstance(error, asyncio.CancelledError):
                raise error

    async def _ask(self, user: User) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(0, 0.2))
            asked = await self._discord.slash(self._guild, user, "ask", question=QUESTION, wait=False)
            self._round.asked.append(asked)
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
            self._round.writes[text] = [sent]
            await sent.over()
            if any("Keep both" in (part.get("label") or "") for m in sent.messages for part in walk(m["components"])):
                message = sent.messages[-1]
                kept = await self._discord.click(message, button_id(message, "Keep both"), user, wait=False)
                self._round.writes[text].append(kept)
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
        self._round.approvals.append(await self._discord.click(message, sure, user, wait=False))

    async def _press(self, page: Transcript, label: str, user: User) -> None:
        """Presses a button of a page and waits for what takes its place."""
        message = page.messages[0]
        before = text_of(message)
        self._round.others.append(await self._discord.click(message, button_id(message, label), user))
        await self._discord.until(lambda: text_of(message) != before, f"what {label!r} does")

    async def _command(self, user: User, name: str, **options: object) -> Transcript:
        done = await self._discord.slash(self._guild, user, name, **options)
        self._round.others.append(done)
        return done
