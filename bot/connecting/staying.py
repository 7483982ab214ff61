"""Logging in and staying connected, whatever becomes of the connection."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import aiohttp
import discord
import structlog

from bot.client import ANSWERING_SECONDS, HallyuClient
from bot.connecting.budget import Budget
from bot.connecting.gate import Gate
from bot.connecting.refusals import refusal
from bot.discord_api import WRONG_TOKEN
from bot.exit_codes import NeedsAdmin
from bot.watching.pulse import Pulse
from knowledge.errors import HallyuError

log = structlog.stdlib.get_logger(__name__)

CLOSING_SECONDS = 2.0
"""For the goodbye to Discord; a gateway that does not answer must not keep the process."""

UNREACHABLE = (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound)
"""A refusal (403, 404, 429) too: what stands before Discord says it by itself, and a new start would only ask more."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between two attempts, of which each waits twice as long as the one before."""

_LOOK_AGAIN_SECONDS = 3600.0
"""Between two looks at a budget that is used up."""


class _Spent(Exception):
    """Today's sessions are used up: look again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def stay_connected(make_client: Callable[[], HallyuClient], token: str, gate: Gate, pulse: Pulse) -> None:
    """Stays connected until it is cancelled. discord.py reconnects by itself; what it cannot cope with is answered by a
    new client, after a pause. Raises `HallyuError` when Discord refuses the bot for good."""
    pause, clock = FIRST_PAUSE, asyncio.get_running_loop().time
    while True:
        with pulse.resting(gate.due()):
            await gate.wait()
        began = clock()
        try:
            async with closing(make_client()) as client:
                await _attempt(client, token, gate)
            log.warning("gateway.closed", retry_in_seconds=pause)
        except _Spent as spent:
            with pulse.resting(spent.seconds):
                await asyncio.sleep(spent.seconds)
            continue
        except HallyuError:
            raise
        except UNREACHABLE as error:
            log.warning("discord.unreachable", cause=type(error).__name__, retry_in_seconds=pause)
        except Exception:
            # A payload that discord.py cannot read ends its client, and so does being asked to reconnect at a moment
            # at which it does not expect it.
            log.exception("gateway.failed", retry_in_seconds=pause)
        await asyncio.sleep(pause)
        pause = FIRST_PAUSE if clock() - began > 2 * LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)


async def _attempt(client: HallyuClient, token: str, gate: Gate) -> None:
    """One login and everything until its connection ends."""
    await login(client, token)
    shards, _, limit = await client.http.get_bot_gateway()
    budget = Budget.of(shards, limit)
    if not budget.enough:
        raise _Spent(_told(budget))
    gate.allow(budget)
    try:
        await _connected(client, gate)
    except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as error:
        if refused := refusal(error):
            raise refused from error


def _told(budget: Budget) -> float:
    """Seconds until the budget is looked at again, once the log says why."""
    seconds = min(budget.reset_after + 1.0, _LOOK_AGAIN_SECONDS)
    log.warning(
        "gateway.budget_low",
        left=f"{budget.remaining} of {budget.total} sessions",
        new_in_seconds=round(budget.reset_after),
        look_again_in_seconds=round(seconds),
        why="Discord resets the token of a bot that begins more",
    )
    return seconds


async def _connected(client: HallyuClient, gate: Gate) -> None:
    """Returns when the connection is over, or when the gate wants a pause."""
    connecting = asyncio.create_task(client.connect())
    stopping = asyncio.create_task(gate.too_often())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            connecting.result()
    finally:
        gate.stop_counting()
        stopping.cancel()
        connecting.cancel()  # discord.py takes no notice while it identifies anew; closing the client ends that, too
        await _close(client)
        await asyncio.wait({connecting}, timeout=1)


async def login(client: HallyuClient, token: str) -> None:
    """Raises `NeedsAdmin` for a token that Discord does not take."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise NeedsAdmin(WRONG_TOKEN) from None


@contextlib.asynccontextmanager
async def closing(client: HallyuClient) -> AsyncIterator[HallyuClient]:
    """Closes the client at the end, or gives it up."""
    try:
        yield client
    finally:
        await _close(client)


async def _close(client: HallyuClient) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWERING_SECONDS + CLOSING_SECONDS):
            await client.close()
