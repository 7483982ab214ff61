"""What Discord has asked for is kept to, whoever asks again."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession
from discord.http import Route

from bot import pacing
from bot.pacing import Pacing, ServerFault
from loopback.faults import Fault
from loopback.server import Discord


@pytest.fixture
async def discord(monkeypatch):
    monkeypatch.setattr(pacing, "FIRST_BLOCK_SECONDS", 0.3)
    async with Discord() as service:
        monkeypatch.setattr(Route, "BASE", service.api_url)
        yield service


@pytest.fixture
def paced(discord):
    return Pacing()


@pytest.fixture
async def session(discord, paced):
    headers = {"Authorization": f"Bot {discord.token}"}
    async with ClientSession(trace_configs=[paced.trace()], headers=headers) as session:
        yield session


def ask(session, path="/users/@me"):
    return session.get(f"{Route.BASE}{path}")


async def test_a_request_that_is_made_anew_waits_as_long_as_the_first_was_told_to(discord, session):
    discord.break_next(Fault("GET /users/@me", status=429, retry_after=0.4))

    statuses = [(await ask(session)).status, (await ask(session)).status]

    first, second = discord.calls
    assert statuses == [429, 200]
    assert second.at - first.at >= 0.4


async def test_other_requests_need_not_wait_for_it(discord, session):
    discord.break_next(Fault("GET /users/@me", status=429, retry_after=5.0))
    await ask(session)

    async with asyncio.timeout(1):
        assert (await ask(session, "/gateway")).status == 200


async def test_after_a_block_nothing_is_sent_for_a_while_by_anybody(discord, session, paced):
    discord.break_next(Fault("", status=429, cloudflare=True))
    assert (await ask(session)).status == 429

    waiting = [asyncio.create_task(ask(session, path)) for path in ("/users/@me", "/gateway", "/gateway/bot")]
    await asyncio.sleep(0.1)

    assert len(discord.calls) == 1
    assert 0 < paced.blocked_seconds < 0.3
    assert [(await answer).status for answer in waiting] == [200, 200, 200]
    assert min(call.at for call in discord.calls[1:]) - discord.calls[0].at >= 0.3


async def test_a_block_that_is_met_again_lasts_longer(discord, session):
    discord.break_next(Fault("", status=429, cloudflare=True, times=2))
    for _ in range(3):
        await ask(session)

    first, second, third = discord.calls
    assert second.at - first.at >= 0.3
    assert third.at - second.at >= 0.6


async def test_what_is_not_the_api_waits_for_nothing(discord, session):
    discord.break_next(Fault("", status=429, cloudflare=True))
    await ask(session)

    file = discord.world.file("notes.csv", b"a,b")
    async with asyncio.timeout(0.2):
        assert (await session.get(file["url"])).status == 200


@pytest.mark.parametrize("path", ["/interactions/1/token/callback", "/webhooks/1/token"])
async def test_a_server_fault_of_an_interaction_is_told_at_once(discord, session, path):
    discord.break_next(Fault("POST", status=502))

    with pytest.raises(ServerFault):
        await session.post(f"{Route.BASE}{path}")


async def test_any_other_server_fault_is_left_to_discord_py(discord, session):
    discord.break_next(Fault("GET", status=502))

    assert (await ask(session)).status == 502
