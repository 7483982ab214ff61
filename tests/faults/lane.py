"""One server and its people, who do one thing after the other while their requests are broken."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from faults.routes import (
    DIRECT,
    FILE,
    KINDS,
    OF_AN_INTERACTION,
    POST,
    REPLY,
    RESPONSE,
    WHISPER,
    a_fault,
    is_unsure,
    kind_of,
)
from faults.words import a_text
from knowledge.store import open_store_readonly
from loopback.faults import Fault
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import Callback, button_id, text_of, walk
from loopback.world import User

MANAGE_SERVER = 1 << 5
QUESTION = "How many days in a row was Golden No. 1 on Spotify?"
SOURCE = {"url": "https://example.org/page", "title": "A page", "as_of": "2026"}
HARMLESS = (40060, 10015)
"""What a try is answered that came after, or before, the one that was taken."""

Work = Callable[[], Awaitable[None]]


class Lane:
    """`live` holds the texts of the notes that were acknowledged and not taken back, with their id if it is known."""

    def __init__(self, discord: Discord, number: int, dice: random.Random) -> None:
        self._discord = discord
        self._number = number
        self._dice = dice
        self.guild = discord.guild(f"Lane {number}")
        self._mod = discord.user("mod", self.guild, permissions=MANAGE_SERVER)
        self._member = discord.user("member", self.guild)
        self._unsure = False
        self._told: list[User] = []
        self.live: dict[str, str | None] = {}
        self.rounds = 0
        self.changes = 0
        self.faults: list[str] = []
        self._works: tuple[tuple[Work, tuple[str, ...]], ...] = (
            (self._ask, (RESPONSE, REPLY)),
            (self._look, (RESPONSE, REPLY)),
            (self._type, (RESPONSE,)),
            (self._add, (RESPONSE, REPLY, POST)),
            (self._remove, (RESPONSE, REPLY, POST)),
            (self._press_in_vain, (RESPONSE, WHISPER)),
            (self._import, (RESPONSE, REPLY, FILE)),
            (self._suggest, (RESPONSE, REPLY, POST, DIRECT)),
        )

    async def run(self, rounds: int) -> None:
        """So many rounds, after the log channel is set."""
        page = await self._slash("setup", self._mod)
        channel = [str(self.guild.channel_id)]
        chosen = self._discord.click(page.messages[0], "hallyu:setup-log", self._mod, values=channel, bypass=True)
        await self._settled(chosen)
        self.changes += 1
        works = [*self._works, *self._dice.choices(self._works, k=rounds)]
        for work, routes in works[self._number : self._number + rounds]:
            self._member = self._discord.user(f"member {self.rounds}", self.guild)
            chosen = self._dice.sample(routes, min(len(routes), self._dice.choice((1, 1, 2))))
            await self._broken(work, [self._fault(route) for route in chosen])
            self.rounds += 1

    def _fault(self, route: str) -> Fault:
        kind = self._dice.choice(KINDS)
        if route in OF_AN_INTERACTION:
            people = frozenset({self._mod.id, self._member.id})
            return a_fault(route.partition("{")[0], kind, self._dice, people, skip=self._dice.choice((0, 0, 1)))
        channel = self._dice.choice((self.guild.channel_id, self._discord.world.direct_channel(self._member)))
        line = f"POST /channels/{channel}/" if route == POST else route.partition("{")[0]
        return a_fault(line, kind, self._dice)

    async def _broken(self, work: Work, faults: list[Fault]) -> None:
        """Does it under the faults, and notes what went wrong."""
        self._unsure = any(is_unsure(fault) and fault.match.startswith("POST /webhooks") for fault in faults)
        before = len(self.faults)
        for fault in faults:
            self._discord.break_next(fault)
        try:
            await work()
        except Exception as error:
            self.faults.append(repr(error))
        for fault in faults:
            self._discord.mend(fault)
        under = ", ".join(f"{fault.match} {kind_of(fault)}, {fault.befell} times" for fault in faults)
        self.faults[before:] = [f"{work.__name__} under {under}: {wrong}" for wrong in self.faults[before:]]

    async def finish(self, database: Path) -> None:
        """Waits until every change is posted; whether each was posted once, and each person told once."""
        async with open_store_readonly(database) as store:
            log = await store.edits.log(self.guild.id, 10_000)
        entries = len({(entry.batch, entry.action) if entry.batch else entry.id for entry in log})
        await self._discord.until(lambda: len(self.posts()) >= entries, f"{entries} posts, {self.posts()}", 60.0)
        self._check(len(self.posts()) == entries, f"{len(self.posts())} posts of {entries} changes")
        for user in self._told:
            said = self._discord.direct_messages(user)
            self._check(len(said) == 1, f"{user.name} was told {len(said)} times")

    def posts(self) -> list[str]:
        """What stands in the log channel beside replies to people."""
        here = str(self.guild.channel_id)
        found = [message for message in self._discord.world.messages.values() if message["channel_id"] == here]
        return [text_of(message) for message in found if not message.get("interaction_metadata")]

    # --- what people do ---------------------------------------------------------------------------------------------

    async def _ask(self) -> None:
        answer = await self._slash("ask", self._member, question=QUESTION)
        self._check("76" in answer.text, f"answered {answer.text[:80]!r}")

    async def _look(self) -> None:
        answer = await self._slash("ask", self._member, question=QUESTION)
        card = answer.messages[0]
        sources = await self._settled(self._discord.click(card, button_id(card, "Sources"), self._member))
        self._check("Krypton Today" in sources.text, f"the sources are {sources.text[:80]!r}")

    async def _type(self) -> None:
        typed = await self._discord.autocomplete(self.guild, self._mod, "kb show", focused="note", text="golden")
        self._check(not typed.lost and bool(typed.choices), f"{typed}")

    async def _add(self) -> None:
        text = a_text(self._dice)
        opened = await self._slash("kb add", self._mod)
        page = await self._settled(self._discord.submit(opened, {**SOURCE, "text": text}))
        if "Keep both" in str(page.messages):
            page = await self._press(page, "Keep both")
        saved = re.search(r"hallyu:show:([a-z0-9._/-]+)", str(page.messages))
        if self._check("Saved" in page.text and saved is not None, f"not saved: {page.text[:80]!r}"):
            self.live[text] = saved[1] if saved else None
            self.changes += 1

    async def _remove(self) -> None:
        known = sorted(text for text, id in self.live.items() if id)
        if not known:
            return await self._add()
        text = self._dice.choice(known)
        await self._slash("kb remove", self._mod, note=self.live[text])
        del self.live[text]
        self.changes += 1
        return None

    async def _press_in_vain(self) -> None:
        """Turns the page of a list that is no longer kept; the page stays as it is."""
        page = (await self._slash("kb list", self._mod)).messages[0]
        before, turn = text_of(page), next(part for part in walk(page["components"]) if part.get("label") == "Next")
        turn["custom_id"] = "hallyu:list:2:~goneaftera30"
        pressed = await self._discord.click(page, turn["custom_id"], self._mod)
        self._check(not pressed.lost, "a press was lost")
        if not self._unsure:
            await self._settled(pressed)
        self._check(text_of(page) == before, "the page has changed")
        self._check(len(pressed.messages) <= 1, f"{len(pressed.messages)} messages")

    async def _import(self) -> None:
        text = a_text(self._dice)
        data = f"text,as_of,source_url,source_title\n{text},2026,{SOURCE['url']},{SOURCE['title']}\n".encode()
        preview = await self._slash("kb import", self._mod, file=("notes.csv", data))
        await self._press(preview, "Put 1 up for review")
        await self._approve(text)

    async def _suggest(self) -> None:
        text = a_text(self._dice)
        opened = await self._slash("suggest", self._member)
        fields = {"text": text, "url": SOURCE["url"], "as_of": "2026", "tell": ["yes"]}
        await self._settled(self._discord.submit(opened, fields))
        await self._approve(text)
        self._told.append(self._member)
        await self._discord.until(lambda: self._discord.direct_messages(self._member), "a direct message", 30.0)

    async def _approve(self, text: str) -> None:
        page = await self._slash("kb review", self._mod)
        if not self._check(text.split()[0] in page.text, f"to review is {page.text[:200]!r}"):
            return
        done = await self._press(page, "Approve")
        if self._check("Approved" in done.text, f"not approved: {done.text[:80]!r}"):
            self.live[text] = None
            self.changes += 1

    # --- how ----------------------------------------------------------------------------------------------------------

    async def _slash(self, name: str, user: User, /, **options: object) -> Transcript:
        return await self._settled(self._discord.slash(self.guild, user, name, **options))

    async def _press(self, page: Transcript, label: str) -> Transcript:
        message = page.messages[0]
        return await self._settled(self._discord.click(message, button_id(message, label), self._mod))

    async def _settled(self, doing: Awaitable[Transcript] | Transcript) -> Transcript:
        """Waits for the reply: exactly one, and nothing that Discord complains of."""
        transcript = doing if isinstance(doing, Transcript) else await doing
        self._check(not transcript.lost, "an interaction was lost")
        if transcript.callback is not Callback.MODAL:
            await transcript.until(lambda shown: shown.messages, "a reply", 30.0)
            self._check(len(transcript.messages) == 1, f"{len(transcript.messages)} replies")
        strange = [error for error in transcript.errors if error["code"] not in HARMLESS]
        self._check(not strange, f"{strange}")
        return transcript

    def _check(self, holds: bool, otherwise: str) -> bool:
        if not holds:
            self.faults.append(otherwise)
        return holds
