"""The client over a real socket: what a bad connection does to an answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.shard import Shard

from bot.client import HallyuClient
from bot.trying import Patience
from fakes.answers import an_answer
from loopback.faults import Fault
from loopback.server import Discord
from loopback.wire import button_id


class QuickClient(HallyuClient):
    """Identifies without discord.py's five seconds of patience."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None: ...


@pytest.fixture
async def connected(asking, small, catalogue, monkeypatch):
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    asking.script["q"] = an_answer()
    async with Discord(identify_gap=0.0) as service:
        client = QuickClient(
            use_cases=replace(small.use_cases, asking=asking),
            store=small.store,
            status=small.status,
            catalogue=catalogue,
            api_url=service.api_url,
        )
        async with client:
            running = asyncio.create_task(client.start(service.token))
            await service.ready()
            yield service, client
            await client.close()
            await running


@pytest.fixture
def discord(connected):
    return connected[0]


@pytest.fixture
def client(connected):
    return connected[1]


@pytest.fixture
def guild(discord):
    return discord.guild("Fans")


@pytest.fixture
def mina(discord, guild):
    return discord.user("mina", guild)


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_first_response_that_is_lost_is_sent_again_in_time(discord, guild, mina, drop):
    discord.break_next(Fault("POST /interactions", drop=drop))

    answer = await discord.slash(guild, mina, "ask", question="q")

    assert "76 days in a row" in answer.text
    assert answer.ack_ms < 3000
    assert len(answer.messages) == 1


@pytest.mark.slow
async def test_a_first_response_that_hangs_is_sent_again_in_time(discord, guild, mina):
    discord.break_next(Fault("POST /interactions", delay=5.0))

    answer = await discord.slash(guild, mina, "ask", question="q")

    assert "76 days in a row" in answer.text
    assert answer.ack_ms < 2000


@pytest.mark.parametrize(
    "fault", [{"drop": "before"}, {"drop": "after"}, pytest.param({"status": 503}, marks=pytest.mark.slow)]
)
async def test_a_reply_that_is_lost_is_sent_again_and_posted_once(discord, guild, mina, fault):
    discord.break_next(Fault("PATCH /webhooks", **fault))

    answer = await discord.slash(guild, mina, "ask", question="q")

    assert "76 days in a row" in answer.text
    assert len(answer.messages) == 1


async def test_after_an_invalidated_session_it_comes_back_to_the_same_place(discord, guild, mina):
    discord.gateway.invalidate()
    await discord.until(lambda: discord.gateway.live, "a new session")

    answer = await discord.slash(guild, mina, "ask", question="q", private=True)

    assert answer.ephemeral
    assert "76 days in a row" in answer.text


async def test_every_button_is_answered(discord, guild, mina):
    card = (await discord.slash(guild, mina, "ask", question="q", private=True)).messages[0]

    for label in ("Sources", "Why?", "👍", "👎", "Share"):
        pressed = await discord.click(card, button_id(card, label), mina)

        assert pressed.errors == []
        assert pressed.modal or pressed.ephemeral is (label != "Share")


async def test_commands_that_discord_did_not_take_are_sent_again_beside(small, catalogue, monkeypatch):
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr("bot.command_sync._PATIENCE", Patience(0.1, 0.1, seconds=10.0))
    async with Discord(identify_gap=0.0) as service:
        service.break_next(Fault("PUT /applications", status=503, times=2))
        async with QuickClient(
            use_cases=small.use_cases,
            store=small.store,
            status=small.status,
            catalogue=catalogue,
            api_url=service.api_url,
        ) as client:
            running = asyncio.create_task(client.start(service.token))
            await service.until(lambda: service.gateway.live, "the gateway")
            await service.ready()
            await client.close()
            await running
    assert [call.status for call in service.calls if call.method == "PUT"] == [503, 503, 200]


async def test_who_asks_while_discord_takes_the_goodbye_is_still_answered(discord, client, guild, mina, monkeypatch):
    leave, asked = Shard.disconnect, []

    async def leave_slowly(shard: Shard) -> None:
        discord.break_next(Fault("PATCH /webhooks", delay=0.3))
        asked.append(await discord.slash(guild, mina, "ask", question="q", wait=False))
        await asked[0].until(lambda asked: asked.deferred, "the deferral")
        await leave(shard)

    monkeypatch.setattr(Shard, "disconnect", leave_slowly)
    monkeypatch.setattr("bot.client.ANSWERING_SECONDS", 0.0)
    await client.close()

    assert asked[0].answered


async def test_suggestions_that_were_lost_are_offered_again(discord, guild):
    mod = discord.user("mod", guild, permissions=1 << 5)
    discord.break_next(Fault("POST /interactions", drop="before"))

    typed = await discord.autocomplete(guild, mod, "kb show", focused="note", text="golden")

    assert [choice["value"] for choice in typed.choices] == ["golden-76-days-spotify"]
