"""Discord: whether the token is taken, the clocks agree, and the commands are there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from discord.http import Route

from bot.connecting import Budget
from bot.diagnosis.commands import commands
from bot.diagnosis.finding import Finding
from bot.discord_api import WRONG_TOKEN, checked_api_url
from bot.settings import Settings

SECONDS = 5.0
"""For all that is asked of Discord."""

LARGEST_DRIFT = 60
"""Seconds. Certificates and the dates of interactions bear no more than minutes."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What Discord answered: its status, its clock, and, where the token was taken, the bot's commands and how many
    sessions it may begin."""

    status: int
    drift: int | None
    commands: list[dict[str, Any]] = field(default_factory=list)
    budget: Budget | None = None


async def discord(settings: Settings) -> AsyncIterator[Finding]:
    """Asks Discord three questions; without a usable token there is nothing to ask."""
    if faults := list(settings.faults()):
        yield Finding("Discord token", False, "not usable", faults[0])
        return
    token = settings.discord_token()
    if not token:
        yield Finding("Discord token", False, "not set", "Run `hallyu run` to read how to get one.")
        return
    try:
        said = await _ask(token, checked_api_url(settings.api_url) if settings.api_url else Route.BASE)
    except (ClientError, OSError) as error:  # a timeout is an OSError
        remedy = "Check the network, its DNS and DISCORD_API_URL; the token could not be tried."
        yield Finding("Discord", False, f"cannot be reached ({type(error).__name__})", remedy)
        return
    yield _token(said.status)
    yield _clock(said.drift)
    if said.status == 200:
        yield _sessions(said.budget)
        yield await commands(settings, said.commands)


def _token(status: int) -> Finding:
    if status in (200, 401):
        return Finding("Discord token", status == 200, "taken" if status == 200 else "refused", WRONG_TOKEN)
    return Finding("Discord", False, f"answered with status {status}", "Try again in some minutes.")


def _clock(drift: int | None) -> Finding:
    if drift is None:
        return Finding("Clock", True, "not compared: the answer had no date")
    said = f"{abs(drift)} s {'ahead of' if drift > 0 else 'behind'} Discord's" if drift else "that of Discord"
    return Finding("Clock", abs(drift) <= LARGEST_DRIFT, said, "Let the system set its clock (NTP, timedatectl).")


def _sessions(budget: Budget | None) -> Finding:
    if budget is None:
        return Finding("Sessions", True, "Discord did not say how many are left")
    hours = max(1, round(budget.reset_after / 3600))
    said = f"{budget.remaining} of {budget.total} left, new ones in {hours} h"
    remedy = "The bot waits for new ones. See in its log why it begins so many."
    return Finding("Sessions", budget.enough, said, remedy)


async def _ask(token: str, base: str) -> _Said:
    headers = {"Authorization": f"Bot {token}"}
    async with ClientSession(timeout=ClientTimeout(total=SECONDS), headers=headers) as session:
        async with session.get(f"{base}/oauth2/applications/@me") as about:
            drift = _drift(about.headers.get("Date"))
            if about.status != 200:
                return _Said(about.status, drift)
            application = int((await about.json())["id"])
        async with session.get(f"{base}/gateway/bot") as gateway:
            budget = _budget(await gateway.json()) if gateway.status == 200 else None
        where = f"{base}/applications/{application}/commands"
        async with session.get(where, params={"with_localizations": "true"}) as listed:
            return _Said(listed.status, drift, await listed.json() if listed.status == 200 else [], budget)


def _budget(gateway: dict[str, Any]) -> Budget | None:
    try:
        return Budget.of(gateway["shards"], gateway["session_start_limit"])
    except (KeyError, TypeError, ValueError):
        return None


def _drift(date: str | None) -> int | None:
    """Seconds by which this clock is ahead; None without a date that can be read."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return round((datetime.now(UTC) - theirs).total_seconds())
