"""A moderator's whole day, with the bot as a process of its own, the real model and the real notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from loopback.options import Refused
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import Part, button_id, text_of, walk
from loopback.world import Guild, User

pytestmark = pytest.mark.slow

MANAGE_SERVER = 1 << 5
QUESTION = "When did the Moonlight Fan Library open?"
NOTE = {
    "text": "The Moonlight Fan Library in Busan opened on 3 March 2026.",
    "url": "https://example.org/library",
    "title": "A library for fans",
    "as_of": "3 March 2026",
    "asks": "when did the fan library open\n팬 도서관 언제 열었어",
}
MODERATORS_COMMANDS = [
    *(f"kb {name}" for name in ("add", "edit", "remove", "restore", "history", "show", "list", "search", "stale")),
    *(f"kb {name}" for name in ("import", "export", "review", "queue")),
    *(f"name {name}" for name in ("add", "alias", "show")),
]
BUNDLED = "golden-76-days-spotify"
GOLDEN = "How many days in a row was Golden No. 1 on Spotify?"


class Day:
    """What a person does, and what they read then."""

    def __init__(self, discord: Discord, guild: Guild) -> None:
        self._discord = discord
        self._guild = guild

    async def do(self, user: User, command: str, **options: Any) -> Transcript:
        done = await self._discord.slash(self._guild, user, command, **options)
        assert done.errors == [], done
        return done

    async def press(self, page: Transcript, label: str, user: User) -> Transcript:
        """Presses a button; a page that is edited in place is read from its own message."""
        message = page.messages[-1]
        before = text_of(message)
        pressed = await self._discord.click(message, button_id(message, label), user)
        assert pressed.errors == [], pressed
        if pressed.modal is None and not pressed.messages:
            await self._discord.until(lambda: text_of(message) != before, f"what {label} does")
            pressed.messages = [message]
        return pressed

    async def send(self, opened: Transcript, **fields: str) -> Transcript:
        sent = await self._discord.submit(opened, fields)
        assert sent.errors == [], sent
        return sent

    async def save(self, user: User, opened: Transcript, **fields: str) -> Transcript:
        """Sends a form, and keeps both where something like it is there already."""
        sent = await self.send(opened, **fields)
        sent = sent if "Saved" in sent.text else await self.press(sent, "Keep both", user)
        assert "Saved" in text_of(sent.messages[-1])
        return sent

    async def write(self, user: User, **fields: str) -> Transcript:
        return await self.send(await self.do(user, "kb add"), **{**NOTE, **fields})

    async def ask(self, user: User, question: str) -> str:
        return (await self.do(user, "ask", question=question, private=True)).text


def held(opened: Transcript) -> dict[str, str]:
    """What stands in the fields of a form."""
    parts = walk((opened.modal or {})["components"])
    return {part["custom_id"]: part.get("value") or "" for part in parts if part["type"] == Part.INPUT}


def notes_file(count: int) -> bytes:
    text, page = "Shelf {} of the Moonlight Fan Library holds {} photocards.", "https://example.org/shelf/{}"
    rows = [f"{text.format(n, n + 100)},2026-04,{page.format(n)},Shelf {n}" for n in range(1, count + 1)]
    return "\n".join(["text,as_of,source_url,source_title", *rows]).encode()


@pytest.fixture
async def discord():
    async with Discord(identify_gap=0.0) as discord:
        yield discord


async def test_a_moderators_whole_day(tmp_path: Path, discord: Discord):
    guild, other = discord.guild("Acme"), discord.guild("Elsewhere")
    ada = discord.user("ada", guild, permissions=MANAGE_SERVER)
    mod, mina = discord.user("mod", guild), discord.user("mina", guild, other)
    role = discord.role(guild, "Moderators", mod)
    day, elsewhere = Day(discord, guild), Day(discord, other)
    command = (sys.executable, "-m", "bot", "run")
    env = {"HALLYU_DATA_DIR": str(tmp_path / "data")}
    async with discord.run_bot(*command, log=tmp_path / "log", env=env, cwd=tmp_path) as bot:
        await bot.ready()

        # the admin says who may change knowledge; until then nobody may
        assert "moderators" in (await day.do(mod, "kb add")).text
        setup = await day.do(ada, "setup")
        ids = [part.get("custom_id", "") for part in walk(setup.messages[0]["components"])]
        menu = next(id for id in ids if id.startswith("hallyu:setup-roles"))
        await discord.click(setup.messages[0], menu, ada, values=[str(role)], bypass=True)

        # add → ask
        assert "I don't know" in await day.ask(mina, QUESTION)
        saved = await day.write(mod)
        assert "Saved" in saved.text
        assert NOTE["text"] in await day.ask(mina, QUESTION)
        assert "I don't know" in await elsewhere.ask(mina, QUESTION), "another server sees nothing of it"

        # a duplicate is warned of
        doubtful = await day.write(mod, text="The Moonlight Fan Library in Busan opened on 5 March 2026.")
        assert "something else" in doubtful.text
        assert "Nothing was changed" in (await day.press(doubtful, "Cancel", mod)).text

        # edit → undo
        library = button_id(saved.messages[0], "Show").removeprefix("hallyu:show:")
        form = await day.do(mod, "kb edit", note=library)
        edited = await day.save(mod, form, **{**held(form), "text": NOTE["text"].replace("3 March", "4 March")})
        assert "4 March" in await day.ask(mina, QUESTION)
        assert "Undone" in (await day.press(edited, "Undo", mod)).text
        assert "3 March" in await day.ask(mina, QUESTION)

        # override a bundled note, for this server alone
        form = await day.do(mod, "kb edit", note=BUNDLED)
        await day.save(mod, form, **{**held(form), "text": held(form)["text"].replace("76", "77")})
        assert "77 days" in await day.ask(mina, GOLDEN)
        assert "76 days" in await elsewhere.ask(mina, GOLDEN)

        # suggest → approve, and who suggested it is told
        form = await day.do(mina, "suggest")
        suggestion = {**NOTE, "text": "The Moonlight Fan Library lends lightsticks since May 2026."}
        fields = {key: value for key, value in suggestion.items() if key in held(form)}
        await discord.submit(form, {**fields, "tell": ["yes"]})
        review = await day.do(mod, "kb review")
        assert "lends lightsticks" in review.text
        await day.press(review, "Approve", mod)
        await discord.until(lambda: discord.direct_messages(mina), "a message to mina")
        assert "lightsticks" in await day.ask(mina, "Since when does the Moonlight Fan Library lend lightsticks?")

        # unanswered → answered, and who wanted to know is told
        unknown = await day.do(mina, "ask", question="Who founded the Moonlight Fan Library?", private=True)
        assert "I don't know" in unknown.text
        await day.press(unknown, "Tell me", mina)
        queue = await day.do(mod, "kb queue")
        assert "Who founded the Moonlight Fan Library?" in queue.text
        form = await day.press(queue, "Answer this", mod)
        assert "Who founded the Moonlight Fan Library?" in held(form)["asks"]
        founder = {**NOTE, "text": "Kim Haneul founded the Moonlight Fan Library in 2026.", "asks": held(form)["asks"]}
        await day.save(mod, form, **founder)
        await discord.until(lambda: len(discord.direct_messages(mina)) == 2, "the second message to mina")
        assert "Kim Haneul" in await day.ask(mina, "Who founded the Moonlight Fan Library?")

        # import 50 → export → import that again
        preview = await day.do(mod, "kb import", file=("shelves.csv", notes_file(50)))
        assert "new notes: 50" in preview.text
        await day.press(preview, "Put 50 up for review", mod)
        review = await day.do(mod, "kb review")
        sure = await day.press(review, "Approve all", mod)
        done = await day.press(sure, "Yes, approve 50", mod)
        await discord.until(lambda: "Approved: 50" in text_of(done.messages[-1]), "the approval of all", seconds=60)
        shelf = "How many photocards does shelf 17 of the Moonlight Fan Library hold?"
        assert "117 photocards" in await day.ask(mina, shelf)
        export = await day.do(mod, "kb export")
        (file,) = export.messages[0]["attachments"]
        name, data = discord.world.files[int(file["id"])]
        again = await day.do(mod, "kb import", file=(name, data))
        assert "Nothing new is in it" in again.text

        # remove → ask declines
        removed = await day.do(mod, "kb remove", note=library)
        assert "Undo" in str(removed.messages[0]["components"])
        assert NOTE["text"] not in await day.ask(mina, QUESTION)

        # a member can do none of it
        for name in MODERATORS_COMMANDS:
            refused = await discord.slash(guild, mina, name, bypass=True)
            assert "Only this server's moderators" in refused.text, name
        with pytest.raises(Refused):
            await discord.slash(guild, mina, "setup")
        await bot.stop()
