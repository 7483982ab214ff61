"""What people of one guild do at random, and what a test knows of that guild beside the bot."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from fakes.knowing import ENGLISH, GOLDEN_NOTE, Small
from fakes.people import a_moderator, form_values
from fakes.town import Town, components, labels, shown

KB = {"kb edit", "kb remove", "kb restore", "kb show", "kb history"}
"""Commands that suggest notes while one is typed."""

_TELL = "Tell me when it is answered"


class Guild:
    """One guild. Every text that its people write holds a word of their own making, which begins with `mark`."""

    def __init__(self, town: Town, mark: str, dice: random.Random, mod: MemberActor) -> None:
        self.town = town
        self.mark = mark
        self.log = town.guild.create_text_channel("log")
        self._dice = dice
        self._mod = mod
        self._owner = MemberActor(town.env, town.guild, town.guild.owner)
        self._made = 0
        self._declined: set[int] = set()
        self.rival: Guild | None = None
        """Whose words are asked for here."""
        self.live: dict[str, int] = {}
        """The number in the text of each note of its own."""
        self.removed: dict[str, int] = {}
        self.hidden = False
        self.waiting = 0
        self.open = 0
        self.typed: list[str] = []
        """Ids of the other guild that were typed here, which the refusals repeat."""
        self.files: list[bytes] = []
        self.wrong: list[str] = []
        """Counts that differ from what was done."""
        self.operations: dict[str, Callable[[], Awaitable[object]]] = {
            name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    @classmethod
    async def of(cls, town: Town, small: Small, mark: str, dice: random.Random) -> Guild:
        return cls(town, mark, dice, await a_moderator(town, small.use_cases.guilds))

    # --- words ------------------------------------------------------------------------------------------------------

    def word(self) -> str:
        """A word that nobody has written before."""
        self._made += 1
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(self._made))
        return f"{self.mark}{letters}"

    def number(self) -> int:
        return self._dice.randrange(10**6, 10**7)

    def fields(self, number: int) -> dict[str, Any]:
        """A note whose text, address, title and ways to ask are this guild's."""
        return {
            "text": f"Shop {number} of {self.word()} sells {self.word()} tea since 2024.",
            "url": f"https://{self.word()}.example/{self.word()}",
            "title": f"About {self.word()}",
            "as_of": "2024",
            "asks": f"when did {self.word()} {number} open",
        }

    # --- presses ----------------------------------------------------------------------------------------------------

    async def _slash(self, name: str, who: MemberActor | None = None, /, **options: Any) -> InteractionResult:
        return await (who or self._mod).slash(self.town.channel, name, **options)

    async def _press(
        self, page: InteractionResult, label: str, who: MemberActor | None = None
    ) -> InteractionResult | None:
        """Presses the first button with this label; None where there is none."""
        if page.response is None:
            return None
        for part in components(page):
            if part.get("label") == label and "custom_id" in part and not part.get("disabled"):
                return await (who or self._mod).click(page.response, custom_id=part["custom_id"])
        return None

    async def _saved(
        self, form: InteractionResult | None, fields: dict[str, Any]
    ) -> tuple[InteractionResult, str] | None:
        """The receipt of a form for a note that was sent, and the id of the note; None where it was not saved."""
        if form is None or form.modal is None:
            return None
        page = await self._mod.submit_modal(form, {k: v for k, v in fields.items() if k in form_values(form)})
        if "Keep both" in labels(page):
            page = await self._press(page, "Keep both") or page
        found = re.search(r"hallyu:show:([a-z0-9._/-]+)", str(page.response.components))
        return (page, found[1]) if found and "Saved" in shown(page) else None

    def _expect(self, what: str, expected: int, page: InteractionResult, pattern: str, none: int = 0) -> None:
        found = re.search(pattern, shown(page))
        actual = int(found[1]) if found else none
        if actual != expected:
            self.wrong.append(f"{self.mark}: {what} {actual} instead of {expected}")

    def _some(self) -> str | None:
        return self._dice.choice(sorted(self.live)) if self.live else None

    # --- changes ----------------------------------------------------------------------------------------------------

    async def _add(self) -> InteractionResult | None:
        number = self.number()
        saved = await self._saved(await self._slash("kb add"), self.fields(number))
        if saved is None:
            self.wrong.append(f"{self.mark}: a note was not saved")
            return None
        self.live[saved[1]] = number
        return saved[0]

    async def do_add(self) -> None:
        await self._add()

    async def do_edit(self) -> None:
        if id := self._some():
            form = await self._slash("kb edit", note=id)
            await self._saved(form, {**form_values(form), **self.fields(self.live[id])})

    async def do_remove(self) -> None:
        if id := self._some():
            await self._slash("kb remove", note=id)
            self.removed[id] = self.live.pop(id)

    async def do_restore(self) -> None:
        if self.removed:
            id = self._dice.choice(sorted(self.removed))
            await self._slash("kb restore", note=id)
            self.live[id] = self.removed.pop(id)

    async def do_add_and_undo(self) -> None:
        before = set(self.live)
        if page := await self._add():
            await self._press(page, "Undo")
            for id in set(self.live) - before:
                self.removed[id] = self.live.pop(id)

    async def do_edit_and_undo(self) -> None:
        if id := self._some():
            form = await self._slash("kb edit", note=id)
            if saved := await self._saved(form, {**form_values(form), **self.fields(self.live[id])}):
                await self._press(saved[0], "Undo")

    async def do_remove_and_undo(self) -> None:
        if id := self._some():
            await self._press(await self._slash("kb remove", note=id), "Undo")

    async def do_override(self) -> None:
        form = await self._slash("kb edit", note=GOLDEN_NOTE.id)
        if form.modal:
            changed = {"text": f"Golden stayed at No. 1 on Spotify for {self.number()} days, says {self.word()}."}
            await self._saved(form, {**form_values(form), **changed})

    async def do_hide(self) -> None:
        if not self.hidden:
            await self._slash("kb remove", note=GOLDEN_NOTE.id)
            self.hidden = True

    async def do_bring_back(self) -> None:
        await self._slash("kb restore", note=GOLDEN_NOTE.id)
        self.hidden = False

    async def do_name(self) -> None:
        await self._slash("name add", name=self.word().title(), kind="group", aliases=self.word())

    async def do_alias(self) -> None:
        await self._slash("name alias", entity="tiger-tea", spelling=self.word())

    async def do_show_name(self) -> None:
        await self._slash("name show", entity="tiger-tea")

    # --- what members propose, and files ----------------------------------------------------------------------------

    async def do_suggest(self) -> None:
        who = self._dice.choice([self.town.alice, self.town.bob])
        form = await self._slash("suggest", who)
        if form.modal:
            tell = ["yes" if self._dice.random() < 0.5 else "no"]
            fields = {k: v for k, v in self.fields(self.number()).items() if k in form_values(form)}
            page = await who.submit_modal(form, {**fields, "tell": tell})
            self.waiting += "Thank you" in shown(page)

    async def do_review(self) -> InteractionResult:
        page = await self._slash("kb review")
        self._expect("waiting", self.waiting, page, r"Waiting for review: (\d+)")
        return page

    async def do_approve(self) -> None:
        page = await self.do_review()
        seen = re.search(r"hallyu:approve:", str(page.response.components))
        number = re.search(r"Shop (\d+)", shown(page))
        if seen and number and await self._press(page, "Approve"):
            await self._settle_approved(page, int(number[1]))

    async def _settle_approved(self, page: InteractionResult, number: int) -> None:
        if "✅ Approved" not in shown(page):
            self.wrong.append(f"{self.mark}: not approved: {shown(page)[:80]}")
            return
        self.waiting -= 1
        found = [value for value in await self._offered("kb show", str(number)) if str(number) in value]
        self.live[found[0] if found else f"unknown-{number}"] = number

    async def do_reject(self) -> None:
        page = await self.do_review()
        form = await self._press(page, "Reject")
        if form is not None and form.modal:
            await self._mod.submit_modal(form, {"reason": f"Not {self.word()}"})
            self.waiting -= 1

    async def do_import(self) -> None:
        if await self._imported():
            self.waiting += 3

    async def do_import_and_take_back(self) -> None:
        if landed := await self._imported():
            await self._press(landed, "Take it back")

    async def _imported(self) -> InteractionResult | None:
        rows = [self.fields(self.number()) for _ in range(3)]
        lines = [f"{row['text']},2024,{row['url']},{row['title']}" for row in rows]
        data = "\n".join(["text,as_of,source_url,source_title", *lines]).encode()
        page = await self._slash("kb import", file=(f"{self.word()}.csv", data))
        return await self._press(page, "Put 3 up for review")

    async def do_export(self) -> None:
        await self._export("everything")
        found = {int(number) for file in self.files for number in re.findall(rb"Shop\s+(\d+)", file)}
        if found != set(self.live.values()):
            self.wrong.append(f"{self.mark}: the export holds {len(found)} notes, {len(self.live)} are live")

    async def do_export_overrides(self) -> None:
        await self._export("overrides")

    async def _export(self, what: str) -> None:
        page = await self._slash("kb export", what=what)
        for file in page.response.attachments:
            self.files.append(await file.read())

    # --- questions --------------------------------------------------------------------------------------------------

    async def _ask(self, question: str) -> InteractionResult:
        page = await self._slash("ask", self.town.alice, question=question)
        self.open += _TELL in labels(page)
        return page

    async def _ask_about(self, guild: Guild) -> InteractionResult | None:
        """Asks about a note of a guild; None where it has none. Each number is asked about until it has no answer, so
        that every open question is a group of its own."""
        numbers = sorted(set(guild.live.values()) - self._declined)
        if not numbers:
            return None
        number = self._dice.choice(numbers)
        page = await self._ask(f"What does shop {number} sell since 2024?")
        if _TELL in labels(page):
            self._declined.add(number)
        return page

    async def do_ask(self) -> None:
        await self._ask_about(self)

    async def do_ask_as_the_others_do(self) -> None:
        """A question that the other guild could answer, in words that both use."""
        if self.rival:
            await self._ask_about(self.rival)

    async def do_ask_bundled(self) -> None:
        if not self.hidden:
            await self._look_behind(await self._ask(ENGLISH))

    async def do_sources_and_why(self) -> None:
        if page := await self._ask_about(self):
            await self._look_behind(page)

    async def _look_behind(self, page: InteractionResult) -> None:
        for label in ("Sources", "Why?", "👍"):
            await self._press(page, label, self.town.alice)

    async def do_vote(self) -> None:
        if page := await self._ask_about(self):
            form = await self._press(page, "👎", self.town.alice)
            if form is not None and form.modal:
                await self.town.alice.submit_modal(form, {"reason": f"Not so, says {self.word()}"})

    async def do_unanswered(self) -> None:
        page = await self._ask(f"Who painted the {self.word()} of {self.number()}?")
        if self._dice.random() < 0.5:
            await self._press(page, _TELL, self.town.alice)

    async def do_queue(self) -> InteractionResult:
        page = await self._slash("kb queue")
        self._expect("open questions", self.open, page, r"Open questions: (\d+)")
        return page

    async def do_dismiss(self) -> None:
        page = await self.do_queue()
        if await self._press(page, "Dismiss"):
            found = re.search(r"Dismissed: (\d+)", shown(page))
            self.open -= int(found[1]) if found else 0

    async def do_answer(self) -> None:
        page = await self.do_queue()
        form = await self._press(page, "Answer this")
        if form is not None and form.modal:
            number = self.number()
            asks = form_values(form)["asks"]
            if saved := await self._saved(form, {**self.fields(number), "asks": asks}):
                self.live[saved[1]] = number
                self.open -= 1

    # --- looking ----------------------------------------------------------------------------------------------------

    async def do_list(self) -> None:
        page = await self._slash("kb list", origin="own")
        self._expect("notes", len(self.live), page, r"Notes: (\d+)")
        await self._press(page, "Next")

    async def do_list_all(self) -> None:
        page = await self._slash("kb list")
        self._expect("notes in all", len(self.live) + (not self.hidden), page, r"Notes: (\d+)")

    async def do_topics(self) -> None:
        page = await self._slash("topics", self.town.bob)
        counted = sum(int(count) for count in re.findall(r"^- .*\((\d+)\)$", shown(page), re.MULTILINE))
        if counted != len(self.live) + (not self.hidden):
            self.wrong.append(f"{self.mark}: /topics counts {counted}, {len(self.live)} own notes are live")

    async def do_search(self) -> None:
        page = await self._slash("kb search", text="shop sells tea since 2024")
        await self._press(page, "Next")

    async def do_show(self) -> None:
        if id := self._some():
            await self._slash("kb show", note=id)

    async def do_show_of_the_others(self) -> None:
        """By an id that only the other guild has."""
        if self.rival and self.rival.live:
            id = self._dice.choice(sorted(self.rival.live))
            self.typed.append(id)
            for command in ("kb show", "kb history", "kb remove"):
                page = await self._slash(command, note=id)
                if "There is no note" not in shown(page) or labels(page):
                    self.wrong.append(f"{self.mark}: {command} knows {id}")

    async def do_history(self) -> None:
        await self._slash("kb history", note=self._some() or GOLDEN_NOTE.id)

    async def do_stale(self) -> None:
        await self._slash("kb stale")

    async def do_autocomplete(self) -> None:
        await self._offered(self._dice.choice(sorted(KB)), self._dice.choice(["", "shop", "tea", "sells"]))

    async def do_autocomplete_of_the_others(self) -> None:
        mark = self.rival.mark if self.rival else ""
        await self._offered("kb show", mark)
        await self._mod.autocomplete(self.town.channel, "name show", "entity", mark)
        await self._mod.autocomplete(self.town.channel, "name show", "entity", "t")
        await self._mod.autocomplete(self.town.channel, "kb list", "topic", "")

    async def _offered(self, command: str, typed: str) -> list[str]:
        offered = await self._mod.autocomplete(self.town.channel, command, "note", typed)
        return [str(choice["value"]) for choice in offered]

    async def do_setup(self) -> None:
        page = await self._slash("setup", self._owner)
        pressed = [p["custom_id"] for p in components(page) if "setup-switch:private" in str(p.get("custom_id"))]
        if pressed:
            await self._owner.click(page.response, custom_id=pressed[0])

    async def do_log_channel(self) -> None:
        page = await self._slash("setup", self._owner)
        await self._owner.select(page.response, [self.log], custom_id="hallyu:setup-log")

    async def do_privacy(self) -> None:
        await self._slash("privacy show", self._dice.choice([self.town.alice, self._mod]))

    async def do_direct_message(self) -> None:
        """What somebody reads who is in no guild's room: of no guild."""
        user = self.town.bob.user
        numbers = sorted(self.live.values())
        await user.slash("ask", question=f"What does shop {self._dice.choice(numbers or [1])} sell since 2024?")
        await user.slash("topics")
        await user.slash("privacy show")
