"""The bot as people meet it: a process of its own, on a Discord on loopback."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from loopback.faults import Fault
from loopback.process import BotProcess
from loopback.server import Discord
from loopback.transcript import Transcript
from loopback.wire import button_id, links_of
from loopback.world import Guild, User

pytestmark = pytest.mark.slow

ENGLISH = "How many days in a row was Golden No. 1 on Spotify?"
KOREAN = "골든은 스포티파이에서 며칠 연속 1위였어?"
SOURCE = "https://kryptontoday.com/?p=10257"
STOP_SECONDS = 10.0

BROKEN = [
    Fault("POST /interactions", drop="before"),
    Fault("POST /interactions", drop="after"),
    Fault("POST /interactions", status=503),
    Fault("PATCH /webhooks", drop="before"),
    Fault("PATCH /webhooks", drop="after"),
    Fault("PATCH /webhooks", status=429, retry_after=0.3),
    Fault("PATCH /webhooks", status=502, times=2),
]
NASTY = [
    " ",
    "\u200b",
    "😀😀😀",
    "가" * 10_000,
    "a\u202eb\x07c",
    "@everyone <@1> <@&2>",
    "**[free](https://evil.example)**",
    "'; DROP TABLE snippets; --",
    'NEAR("x" *',
    "<script>alert(1)</script>",
    "\ud83d",
    "¿Quién ganó ayer?",
]

Start = Callable[..., AbstractAsyncContextManager[BotProcess]]


@pytest.fixture
async def discord():
    async with Discord(identify_gap=0.0) as service:
        yield service


@pytest.fixture
def guild(discord: Discord) -> Guild:
    return discord.guild("Acme")


@pytest.fixture
def mina(discord: Discord, guild: Guild) -> User:
    return discord.user("mina", guild)


@pytest.fixture
def start(discord: Discord, tmp_path: Path) -> Start:
    """Starts the bot on a data folder that outlives a restart; more settings by keyword."""

    def starting(**settings: str) -> AbstractAsyncContextManager[BotProcess]:
        env = {"HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_LOG_FORMAT": "json", **settings}
        return discord.run_bot(sys.executable, "-m", "bot", "run", log=tmp_path / "log", env=env, cwd=tmp_path)

    return starting


def check_answer(answer: Transcript) -> None:
    """Exactly one card, with the fact and its source, that pings nobody, and no complaint of Discord's."""
    assert not answer.lost
    assert answer.errors == []
    (card,) = answer.messages
    assert "76" in answer.text
    assert SOURCE in links_of(card) or SOURCE in answer.text
    assert (card["mentions"], card["mention_everyone"]) == ([], False)


def complaints(bot: BotProcess) -> list[str]:
    """Tracebacks in what the bot printed, but for those with which discord.py tells of a connection it will renew."""
    lines = [line for line in bot.output().splitlines() if "Traceback" in line]
    return [line for line in lines if not (line.startswith("{") and json.loads(line)["logger"].startswith("discord."))]


async def test_questions_are_answered_and_old_buttons_work_after_a_restart(discord, guild, mina, start):
    async with start() as bot:
        await bot.ready()
        answer = await discord.slash(guild, mina, "ask", question=ENGLISH)
        check_answer(answer)
        assert (answer.deferred, answer.ephemeral) == (True, False)
        korean = await discord.slash(guild, mina, "ask", question=KOREAN, private=True)
        check_answer(korean)
        assert re.search("[가-힣]", korean.messages[0]["components"][0]["components"][0]["content"])
        assert korean.ephemeral
        said = discord.say(guild, discord.user("jun", guild), ENGLISH)
        check_answer(await discord.menu(guild, mina, "Answer this", said))
        await bot.stop()
    async with start() as bot:
        await bot.ready()
        card = answer.messages[0]
        sources = await discord.click(card, button_id(card, "Sources"), mina)
        assert (sources.ephemeral, sources.errors) == (True, [])
        assert "Krypton Today" in sources.text
        why = await discord.click(card, button_id(card, "Why"), mina)
        assert (why.ephemeral, why.errors, bool(why.text)) == (True, [], True)
    assert discord.count("PUT /applications") == 1, "the commands did not change, so one sync is enough"
    assert discord.token not in bot.output()


async def test_after_a_power_cut_the_bot_starts_again_and_old_buttons_work(discord, guild, mina, start):
    async with start() as bot:
        await bot.ready()
        card = (await discord.slash(guild, mina, "ask", question=ENGLISH)).messages[0]
        before = await discord.click(card, button_id(card, "Sources"), mina)
        await bot.kill()
    await discord.until(lambda: not discord.gateway.live, "the cut")
    async with start() as bot:
        await bot.ready()
        after = await discord.click(card, button_id(card, "Sources"), mina)
        assert "Krypton Today" in after.text
        assert after.text == before.text


async def test_a_cut_gateway_is_resumed_and_an_invalid_session_begun_anew(discord, guild, mina, start):
    async with start() as bot:
        await bot.ready()
        discord.gateway.welcome.clear()
        discord.gateway.abort()
        await discord.until(lambda: not discord.gateway.live, "the cut")
        missed = await discord.slash(guild, mina, "ask", question=ENGLISH, wait=False)
        discord.gateway.welcome.set()
        check_answer(await missed.over())
        assert [session.resumes for session in discord.gateway.live] == [1]
        discord.gateway.invalidate()
        await discord.until(lambda: discord.gateway.identifies == 2, "the second IDENTIFY")
        check_answer(await discord.slash(guild, mina, "ask", question=KOREAN))


async def test_after_an_outage_the_bot_answers_again(discord, guild, mina, start):
    async with start() as bot:
        await bot.ready()
        async with discord.outage():
            await discord.until(lambda: not discord.gateway.live, "the cut")
        await discord.until(lambda: discord.gateway.live, "the bot", 60.0)
        check_answer(await discord.slash(guild, mina, "ask", question=ENGLISH))


async def test_one_answer_comes_through_a_broken_request(discord, guild, mina, start, subtests):
    async with start() as bot:
        await bot.ready()
        for fault in BROKEN:
            with subtests.test(f"{fault.match} {fault.drop or fault.status}"):
                repeated = fault.drop == "after" and fault.match.startswith("POST")
                discord.break_next(fault)
                answer = await discord.slash(guild, mina, "ask", question=ENGLISH)
                assert [error["code"] for error in answer.errors] == ([40060] if repeated else [])
                answer.errors.clear()
                check_answer(answer)
    assert discord.count("POST /webhooks") == 0, "a follow-up could have been posted twice"


async def test_any_text_gets_one_short_harmless_reply(discord, guild, mina, start, subtests):
    async with start() as bot:
        await bot.ready()
        for question in NASTY:
            with subtests.test(ascii(question[:40])):
                reply = await discord.slash(guild, mina, "ask", question=question, bypass=True)
                assert (reply.lost, reply.errors, len(reply.messages)) == (False, [], 1)
                assert (reply.messages[0]["mentions"], reply.messages[0]["mention_everyone"]) == ([], False)
                assert links_of(reply.messages[0]) == []
                assert 0 < len(reply.text) < 2000
    assert complaints(bot) == []


async def test_a_wrong_token_is_one_sentence_and_makes_nothing(discord, start, tmp_path):
    async with start(DISCORD_TOKEN="wrong.token.of.somebody") as bot:
        assert await bot.exit_code() == 78
    (sentence,) = [line for line in bot.output().splitlines() if not line.startswith("{")]
    assert "token" in sentence
    assert complaints(bot) == []
    assert "somebody" not in bot.output()
    assert list(tmp_path.rglob("hallyu.db")) == []


async def while_idle(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    await bot.ready()


async def while_answering(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    await bot.ready()
    discord.break_next(Fault("PATCH /webhooks", delay=60.0, times=100))
    asked = [await discord.slash(guild, mina, "ask", question=ENGLISH, wait=False) for _ in range(20)]
    for question in asked:
        await question.until(lambda question: question.deferred, "the deferral")


async def while_logging_in(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    discord.break_next(Fault("GET /users/@me", delay=60.0))
    await discord.until(lambda: discord.count("GET /users/@me"), "the login")


async def while_the_gateway_says_nothing(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    discord.gateway.welcome.clear()
    await discord.until(lambda: discord.count("GET /gateway/bot"), "the connection")


async def while_the_gateway_is_down(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    await bot.ready()
    discord.gateway.down = True
    discord.gateway.abort()
    await discord.until(lambda: discord.gateway.refused, "an attempt to connect again")


async def while_identifying_anew(discord: Discord, bot: BotProcess, guild: Guild, mina: User) -> None:
    await bot.ready()
    discord.gateway.invalidate()
    await discord.until(lambda: not discord.gateway.live, "the cut")


State = Callable[[Discord, BotProcess, Guild, User], Awaitable[None]]


@pytest.mark.parametrize(
    "state",
    [
        while_idle,
        while_answering,
        while_logging_in,
        while_the_gateway_says_nothing,
        while_the_gateway_is_down,
        while_identifying_anew,
    ],
)
async def test_sigterm_ends_the_process(discord, guild, mina, start, state: State):
    async with start() as bot:
        await state(discord, bot, guild, mina)
        assert await bot.stop() == 0
    assert bot.stop_seconds is not None
    assert bot.stop_seconds < STOP_SECONDS
    assert complaints(bot) == []


async def test_sigterm_ends_the_process_while_the_api_is_down(discord, start):
    async with discord.outage(), start() as bot:
        await bot.printed("discord.unreachable")
        assert await bot.stop() == 0
    assert bot.stop_seconds is not None
    assert bot.stop_seconds < STOP_SECONDS


async def test_sigterm_ends_the_process_while_it_is_loading(discord, start):
    async with start() as bot:
        assert await bot.stop() in (0, -15)
    assert bot.stop_seconds is not None
    assert bot.stop_seconds < STOP_SECONDS
    assert discord.gateway.identifies == 0


async def test_after_sigterm_a_slow_answer_is_finished_and_a_new_question_is_told_to_wait(discord, guild, mina, start):
    async with start() as bot:
        await bot.ready()
        discord.break_next(Fault("PATCH /webhooks", delay=4.0))
        slow = await discord.slash(guild, mina, "ask", question=ENGLISH, wait=False)
        await slow.until(lambda slow: slow.deferred, "the deferral")
        await discord.until(lambda: discord.count("PATCH /webhooks"), "the answer on its way")
        stopping = asyncio.create_task(bot.stop())
        await bot.printed("bot.stopping")
        late = await discord.slash(guild, mina, "ask", question=ENGLISH)
        assert await stopping == 0
    check_answer(slow)
    assert "being restarted" in late.text
    assert late.ephemeral
    assert bot.stop_seconds is not None
    assert bot.stop_seconds < STOP_SECONDS


async def test_a_second_sigterm_ends_the_process_at_once(discord, guild, mina, start):
    async with start() as bot:
        await while_answering(discord, bot, guild, mina)
        stopping = asyncio.create_task(bot.stop())
        await bot.printed("bot.stopping")
        assert await bot.stop() == 128 + 15
        await stopping
    assert "bot.stopped_at_once" in bot.output()
