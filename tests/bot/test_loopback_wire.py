"""The loopback's gateway, faults, processes and load."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import aiohttp
import discord as library
import pytest

from loopback.faults import Fault
from loopback.load import Report, load, percentile
from loopback.probe import Event, probing
from loopback.process import BotEnded
from loopback.server import Discord, Unsupported
from loopback.world import Guild, User

INTENTS = library.Intents(guilds=True).value


@pytest.fixture
async def discord():
    async with Discord(answer_within=0.4, identify_gap=0.0) as service:
        yield service


@pytest.fixture
def guild(discord: Discord) -> Guild:
    return discord.guild("Acme")


@pytest.fixture
def mina(discord: Discord, guild: Guild) -> User:
    return discord.user("mina", guild)


@pytest.fixture
async def probe(discord: Discord, guild: Guild, monkeypatch):
    async with probing(discord, monkeypatch) as client:
        client.react = defer_and_answer
        yield client


async def defer_and_answer(interaction: Event) -> None:
    await interaction.response.defer()
    await interaction.followup.send("answer")


async def replies(discord: Discord, *payloads: dict) -> list[dict | int | None]:
    """What the gateway says after HELLO to `payloads`; the close code is the last of it if it closes."""
    heard: list[dict | int | None] = []
    async with aiohttp.ClientSession() as http, http.ws_connect(discord.gateway.url) as socket:
        assert (await socket.receive_json())["op"] == 10
        for payload in payloads:
            await socket.send_json(payload)
            message = await socket.receive(timeout=5)
            heard.append(json.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else socket.close_code)
    return heard


def identify(discord: Discord, **more: object) -> dict:
    return {"op": 2, "d": {"token": discord.token, "intents": INTENTS, **more}}


# The gateway


async def test_a_heartbeat_is_acknowledged(discord):
    assert await replies(discord, {"op": 1, "d": None}) == [{"op": 11, "d": None}]


@pytest.mark.parametrize(
    ("wrong", "code"), [({"token": "x"}, 4004), ({"shard": [1, 2]}, 4010), ({"intents": 1 << 15}, 4014)]
)
async def test_an_identify_that_discord_refuses_is_closed_with_its_code(discord, wrong, code):
    assert await replies(discord, identify(discord, **wrong)) == [code]


async def test_identifies_too_close_together_are_turned_away():
    async with Discord(identify_gap=60.0) as discord:
        (first,) = await replies(discord, identify(discord))
        (second,) = await replies(discord, identify(discord))
    assert (first["t"], second) == ("READY", {"op": 9, "d": False})


async def test_an_unknown_session_is_not_resumed(discord):
    resume = {"op": 6, "d": {"token": discord.token, "session_id": "x", "seq": 1}}
    assert await replies(discord, resume) == [{"op": 9, "d": False}]


async def test_a_session_is_not_resumed_with_another_token(discord, probe):
    (session,) = discord.gateway.live
    resume = {"op": 6, "d": {"token": "x", "session_id": session.id, "seq": 1}}
    assert await replies(discord, resume) == [{"op": 9, "d": False}]


async def test_a_bot_asking_for_message_content_is_turned_away(discord, monkeypatch):
    with pytest.raises(library.PrivilegedIntentsRequired):
        async with probing(discord, monkeypatch, privileged=True):
            pass


async def test_a_wrong_token_is_unauthorized(discord, monkeypatch):
    with pytest.raises(library.LoginFailure):
        async with probing(discord, monkeypatch, token="wrong"):
            pass


@pytest.mark.parametrize("cut", ["abort", "reconnect", "close"])
async def test_a_cut_connection_is_resumed_and_the_missed_is_replayed(discord, guild, mina, probe, cut):
    (session,) = discord.gateway.live
    discord.gateway.welcome.clear()
    discord.gateway.close(4000) if cut == "close" else getattr(discord.gateway, cut)()
    await discord.until(lambda: not discord.gateway.live, "the cut")
    missed = await discord.slash(guild, mina, "do", wait=False)
    discord.gateway.welcome.set()
    assert (await missed.over()).text == "answer"
    assert (session.resumes, discord.gateway.identifies) == (1, 1)


async def test_a_gateway_that_is_down_takes_no_connection(discord, guild, mina, probe):
    discord.gateway.down = True
    discord.gateway.abort()
    await discord.until(lambda: not discord.gateway.live, "the cut")
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await replies(discord)
    discord.gateway.down = False
    await discord.until(lambda: discord.gateway.live, "the bot")
    assert (await discord.slash(guild, mina, "do")).text == "answer"


async def test_an_invalid_session_is_identified_anew(discord, guild, mina, probe):
    discord.gateway.invalidate()
    await discord.until(lambda: discord.gateway.identifies == 2 and discord.gateway.live, "the second IDENTIFY")
    assert (await discord.slash(guild, mina, "do")).text == "answer"


async def test_in_an_outage_nothing_answers_and_afterwards_the_bot_is_back(discord, guild, mina, probe):
    async with discord.outage():
        await discord.until(lambda: not discord.gateway.live, "the cut")
        async with aiohttp.ClientSession() as http:
            with pytest.raises(aiohttp.ClientConnectorError):
                await http.get(discord.api_url + "/gateway")
    await discord.until(lambda: discord.gateway.live, "the bot")
    assert (await discord.slash(guild, mina, "do")).text == "answer"


async def test_a_bot_that_leaves_ends_its_session(discord, monkeypatch):
    async with probing(discord, monkeypatch):
        assert len(discord.gateway.sessions) == 1
    await discord.until(lambda: not discord.gateway.sessions, "the farewell")


# Faults


@pytest.mark.parametrize(("drop", "effect"), [("before", None), ("after", "DEFER")])
async def test_a_dropped_first_response_reaches_the_user_or_not(discord, guild, mina, probe, drop, effect):
    discord.break_next(Fault("POST /interactions", drop=drop))
    answer = await discord.slash(guild, mina, "do", wait=False)
    assert isinstance(await probe.failures.get(), aiohttp.ClientError)
    assert (answer.callback and answer.callback.name) == effect
    assert (await discord.slash(guild, mina, "do")).text == "answer"


async def test_an_answer_dropped_afterwards_was_delivered(discord, guild, mina, probe):
    discord.break_next(Fault("POST /webhooks", drop="after"))
    answer = await discord.slash(guild, mina, "do")
    assert isinstance(await probe.failures.get(), aiohttp.ClientError)
    assert (answer.text, answer.errors) == ("answer", [])


async def test_a_rate_limit_is_waited_for(discord, guild, mina, probe):
    discord.break_next(Fault("POST /webhooks", status=429, retry_after=0.2))
    answer = await discord.slash(guild, mina, "do")
    assert answer.text == "answer"
    assert (answer.final_ms or 0) > 200
    assert [call.status for call in discord.calls[-2:]] == [429, 200]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_comes_as_often_as_asked(discord, status):
    discord.break_next(Fault("GET /gateway", status=status, times=2))
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {discord.token}"}) as http:
        statuses = [(await http.get(discord.api_url + "/gateway/bot")).status for _ in range(3)]
    assert statuses == [status, status, 200]


async def test_a_delay_counts_against_the_bot(discord, guild, mina, probe):
    discord.break_next(Fault("POST /interactions", delay=0.1))
    discord.break_next(Fault("POST /interactions", delay=0.5))
    slow, late = [await discord.slash(guild, mina, "do") for _ in range(2)]
    assert (slow.ack_ms or 0) > 100
    assert late.lost


async def test_a_route_that_is_lacking_fails_the_test():
    with pytest.raises(Unsupported, match="DELETE /guilds/1"):
        async with Discord() as discord, aiohttp.ClientSession() as http:
            assert (await http.delete(discord.api_url + "/guilds/1")).status == 404


# Processes

BOT = "import signal, sys, time; print('up', flush=True); {}; time.sleep(60)"
OBEYS = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))"
IGNORES = "signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True)"


async def test_a_process_is_given_the_token_and_the_address(discord, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN_FILE", "/of/somebody/else")
    code = "import os; print(sorted((k, v) for k, v in os.environ.items() if 'DISCORD' in k or k == 'EXTRA'))"
    async with discord.run_bot(sys.executable, "-c", code, log=tmp_path / "log", env={"EXTRA": "1"}) as bot:
        assert await bot.exit_code() == 0
    expected = [("DISCORD_API_URL", discord.api_url), ("DISCORD_TOKEN", discord.token), ("EXTRA", "1")]
    assert bot.output().strip() == str(expected)


async def test_a_bot_that_ends_too_early_is_reported_with_its_log(discord, tmp_path: Path):
    async with discord.run_bot(sys.executable, "-c", "raise SystemExit('no token')", log=tmp_path / "log") as bot:
        with pytest.raises(BotEnded, match="no token"):
            await bot.ready()
    assert await bot.exit_code() == 1


async def test_the_end_of_a_process_is_timed(discord, tmp_path: Path):
    argv = (sys.executable, "-u", "-c", BOT.format(OBEYS + "; print('ready')"))
    async with discord.run_bot(*argv, log=tmp_path / "log") as bot:
        await bot.printed("ready")
        assert await bot.stop() == 0
    assert bot.stop_seconds is not None
    assert bot.stop_seconds < 5


async def test_a_process_that_ignores_sigterm_is_ended_and_reported(discord, tmp_path: Path):
    async with discord.run_bot(sys.executable, "-c", BOT.format(IGNORES), log=tmp_path / "log") as bot:
        await bot.printed("deaf")
        with pytest.raises(BotEnded, match="still running"):
            await bot.stop(patience=0.2)
    assert not bot.running


# Load


async def test_a_load_counts_what_was_lost_and_what_never_came(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        await interaction.response.defer()
        if interaction.namespace.times != 7:
            await interaction.followup.send("answer")

    async def fire(i: int):
        return await discord.slash(guild, mina, "do", times=i, wait=False)

    probe.react = react
    discord.break_next(Fault("POST /interactions", drop="before", times=3))
    report = await load(100, 0.2, fire, patience=1.0)
    assert (report.sent, report.lost, report.undelivered, report.delivered) == (20, 3, 1, 16)
    assert (len(report.ack_ms), len(report.final_ms)) == (17, 16)
    assert "3 lost" in report.lines()[0]


async def test_a_load_without_bounds_is_refused():
    with pytest.raises(ValueError, match="more than"):
        await load(1000, 60, lambda i: asyncio.sleep(0))


def test_percentiles_are_values_that_occurred():
    values = [float(value) for value in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [50.0, 99.0, 100.0]
    assert "nan" in Report().lines()[1]
