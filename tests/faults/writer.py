"""One server whose people ask, write, suggest and import while the disk takes nothing, and what was acknowledged."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable

from bot.catalogue import Catalogue
from faults.words import a_text
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import Callback, button_id
from loopback.world import User

MANAGE_SERVER = 1 << 5
QUESTION = {
    "en": "How many days in a row was Golden No. 1 on Spotify?",
    "ko": "골든은 스포티파이에서 며칠 연속 1위였어?",
}
SOURCE = {"url": "https://example.org/page", "title": "A page", "as_of": "2026"}
REFUSALS = ("refused.disk_full", "refused.not_writable")
_UNDO = "hallyu:undo:"
"""What only the reply to a change carries."""

ROWS = 3
"""Notes of one import, which wait for review all together or not at all."""


class Writer:
    """`live` holds the notes that were acknowledged and not taken back, by text, with their ids; `refused` those that
    were not; `proposed` counts what waits for review."""

    def __init__(self, discord: Discord, number: int, dice: random.Random, catalogue: Catalogue) -> None:
        self.language = ("en", "ko")[number % 2]
        self._discord = discord
        self._dice = dice
        self._say = catalogue.voice("ko" if self.language == "ko" else "en").say
        self.guild = discord.guild(f"Writer {number}")
        locale = "ko" if self.language == "ko" else "en-US"
        self._mod = discord.user("mod", self.guild, permissions=MANAGE_SERVER, locale=locale)
        self._locale = locale
        self.live: dict[str, str] = {}
        self.refused: list[str] = []
        self.proposed = self.answers = self.changes = self.refusals = 0
        self.faults: list[str] = []

    async def work(self) -> None:
        """Does one thing."""
        does: Callable[[], Awaitable[None]] = self._dice.choice(
            (self.ask, self.ask, self.add, self.add, self._remove, self._suggest, self._import)
        )
        try:
            await does()
        except Exception as error:
            self.faults.append(f"{does.__name__}: {error!r}")

    async def ask(self) -> None:
        answer = await self._settled(self._slash("ask", self._member(), question=QUESTION[self.language]))
        self.answers += 1
        if "76" not in answer.text:
            self.faults.append(f"answered {answer.text[:80]!r}")

    async def add(self) -> None:
        text = a_text(self._dice)
        opened = await self._settled(self._slash("kb add", self._mod))
        page = opened
        if opened.modal:
            page = await self._settled(self._discord.submit(opened, {**SOURCE, "text": text}))
        keep = self._say("choice.keep")
        if keep in str(page.messages):
            page = await self._press(page, keep)
        saved = re.search(r"hallyu:show:([a-z0-9._/-]+)", str(page.messages))
        if saved and _UNDO in str(page.messages):
            self.live[text] = saved[1]
            self.changes += 1
        elif self._is_refused(page):
            self.refused.append(text)

    async def _remove(self) -> None:
        if not self.live:
            return
        text = self._dice.choice(sorted(self.live))
        page = await self._settled(self._slash("kb remove", self._mod, note=self.live[text]))
        if _UNDO in str(page.messages):
            del self.live[text]
            self.changes += 1
        else:
            self._is_refused(page)

    async def _suggest(self) -> None:
        member = self._member()
        opened = await self._settled(self._slash("suggest", member))
        if not opened.modal:
            self._is_refused(opened)
            return
        fields = {"text": a_text(self._dice), "url": SOURCE["url"], "as_of": "2026", "tell": ["no"]}
        page = await self._settled(self._discord.submit(opened, fields))
        if self._say("suggest.thanks") in page.text:
            self.proposed += 1
            self.changes += 1
        else:
            self._is_refused(page)

    async def _import(self) -> None:
        rows = "\n".join(f"{a_text(self._dice)},2026,{SOURCE['url']},{SOURCE['title']}" for _ in range(ROWS))
        data = f"text,as_of,source_url,source_title\n{rows}\n".encode()
        preview = await self._settled(self._slash("kb import", self._mod, file=("notes.csv", data)))
        if "hallyu:import:" not in str(preview.messages):
            self._is_refused(preview)
            return
        landed = await self._press(preview, self._say("transfer.go", count=ROWS))
        if "hallyu:take-back:" in str(landed.messages):
            self.proposed += ROWS
            self.changes += 1
        else:
            self._is_refused(landed)

    async def search(self, text: str) -> None:
        """Whether index and store both have the note with this text just as it was acknowledged. It is looked for
        without its first word, which no other has, and with one that none has, so that it is found by the index."""
        first, _, rest = text.partition(" ")
        page = await self._settled(self._slash("kb search", self._mod, text=f"{rest} yesterday", origin="own"))
        if (first in page.text) is not (text in self.live):
            self.faults.append(f"{text!r} is {'acknowledged' if text in self.live else 'refused'}, found: {page.text}")

    def _is_refused(self, page: Transcript) -> bool:
        """Whether the person reads, in their language, that nothing was saved."""
        if any(self._say(key) in page.text for key in REFUSALS):
            self.refusals += 1
            return True
        self.faults.append(f"read {page.text[:160]!r}")
        return False

    def _member(self) -> User:
        return self._discord.user("member", self.guild, locale=self._locale)

    def _slash(self, name: str, user: User, /, **options: object) -> Awaitable[Transcript]:
        return self._discord.slash(self.guild, user, name, **options)

    async def _press(self, page: Transcript, label: str) -> Transcript:
        message = page.messages[0]
        return await self._settled(self._discord.click(message, button_id(message, label), self._mod))

    async def _settled(self, doing: Awaitable[Transcript]) -> Transcript:
        transcript = await doing
        if transcript.callback is not Callback.MODAL:
            await transcript.until(lambda shown: shown.messages, "a reply")
        if transcript.lost or transcript.errors or len(transcript.messages) > 1:
            self.faults.append(str(transcript))
        return transcript
