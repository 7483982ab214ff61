"""The one place that sends: the first response in time, then the reply in its place.

Discord takes a first response for three seconds and only once. A connection that drops while it is under way is not
retried by discord.py, so it is tried again here, where "already acknowledged" (40060) means that an earlier try did
arrive. The reply then *edits* the response, which can be repeated without posting twice, as long as Discord takes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands, ui

from bot.context import Interaction
from bot.discord_api import passes
from bot.pacing import ServerFault
from bot.trying import Patience, tries

NO_PINGS = discord.AllowedMentions.none()

_ALREADY_ACKNOWLEDGED = 40060
_TOO_LATE = (10062, 10015, 50027)
"""Unknown interaction, unknown webhook, invalid webhook token: nobody can be reached through it any more."""
_GONE = (*_TOO_LATE, 10008)
"""… or the message was deleted before the reply was ready."""

_FIRST = Patience(first=0.1, longest=0.4, seconds=2.6)
"""Within Discord's three seconds, less what the question took to get here."""
_ONE_RESPONSE_SECONDS = 1.3
"""For one try, so that there is time for another one."""

_TOKEN_SECONDS = 14 * 60.0
"""Discord takes the token of an interaction for 15 minutes: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages"""
_REPLY = Patience(first=0.25, longest=20.0, seconds=_TOKEN_SECONDS)
_ONE_REPLY_SECONDS = 60.0
"""For one try: a file of 8 MB, or a wait that Discord asks for."""
_SETTLED_SECONDS = 6.0
"""After which a first response that seemed lost has arrived or never will."""

_KEEPS_CARD = "hallyu_keeps_card"
_REPLIED = "hallyu_replied"
_ACKNOWLEDGED = "hallyu_acknowledged"
_UNSURE = "hallyu_unsure"
_SINCE = "hallyu_since"

log = structlog.stdlib.get_logger(__name__)


async def acknowledge(interaction: Interaction, *, private: bool) -> bool:
    """Tells Discord that a reply will come, and who will see it. False if it is known to be too late: stop then."""
    return await _respond(interaction, lambda: interaction.response.defer(ephemeral=private, thinking=True))


async def acknowledge_edit(interaction: Interaction) -> bool:
    """As `acknowledge`, for a press whose reply will take the place of the card that was pressed."""
    interaction.extras[_KEEPS_CARD] = True
    return await _respond(interaction, lambda: interaction.response.defer(ephemeral=False, thinking=False))


async def open_form(interaction: Interaction, form: ui.Modal) -> None:
    """Shows a form as the first response."""
    form.stop()  # so that discord.py does not keep it: forms are found by their custom_id
    interaction.extras[_REPLIED] = True
    await _respond(interaction, lambda: interaction.response.send_modal(form))


async def offer(interaction: Interaction, choices: list[app_commands.Choice[Any]]) -> None:
    """Shows what fits what somebody is typing, as the first response."""
    await _respond(interaction, lambda: interaction.response.autocomplete(choices))


async def deliver(interaction: Interaction, view: ui.LayoutView, file: discord.File | None = None) -> None:
    """Shows `view` as the reply to an acknowledged interaction, with the file that it refers to. While Discord cannot
    be reached it is tried until the token has expired, which is logged."""
    attachments = [file] if file else discord.utils.MISSING
    view.stop()  # so that discord.py does not keep it: buttons are found by their custom_id
    interaction.extras[_REPLIED] = True
    async for number in tries(_patience(interaction)):
        if file:
            file.reset(seek=number)
        try:
            async with asyncio.timeout(_ONE_REPLY_SECONDS):
                await interaction.edit_original_response(view=view, attachments=attachments, allowed_mentions=NO_PINGS)
        except Exception as error:
            code = _code(error)
            if code in _GONE and not _may_still_arrive(interaction):
                log.info("reply.nobody_there", code=code)
                return
            if code not in _GONE and not passes(error):
                raise
            log.debug("reply.failed", attempt=number + 1, cause=type(error).__name__)
        else:
            return
    log.error("reply.given_up", age_seconds=_age(interaction))


def is_replied(interaction: Interaction) -> bool:
    """Whether a reply has been sent, or is on its way: another one could take its place."""
    return _REPLIED in interaction.extras


async def deliver_fault(interaction: Interaction, view: ui.LayoutView) -> None:
    """Shows `view` in whatever way is still open, without destroying a card that other people read."""
    view.stop()
    if interaction.extras.get(_KEEPS_CARD):
        await _whisper(interaction, view)
    elif _is_acknowledged(interaction) or await acknowledge(interaction, private=True):
        await deliver(interaction, view)


async def _respond(interaction: Interaction, send: Callable[[], Awaitable[object]]) -> bool:
    """Tries a first response until Discord has it. False if it is known to be too late; True also where that is not
    known, since it may have arrived: the reply will tell."""
    interaction.extras.setdefault(_SINCE, asyncio.get_running_loop().time())
    async for number in tries(_FIRST):
        try:
            async with asyncio.timeout(_ONE_RESPONSE_SECONDS):
                await send()
        except Exception as error:
            code = _code(error)
            if code == _ALREADY_ACKNOWLEDGED:
                break
            if code in _TOO_LATE:
                log.warning("interaction.too_late", age_seconds=_age(interaction))
                return False
            if not passes(error):
                raise
            log.warning("interaction.dropped", attempt=number + 1, cause=type(error).__name__)
        else:
            break
    else:
        interaction.extras[_UNSURE] = True
    interaction.extras[_ACKNOWLEDGED] = True
    return True


async def _whisper(interaction: Interaction, view: ui.LayoutView) -> None:
    """A message of its own, which is sent again only where it surely did not arrive: twice would be worse than not at
    all, since what was pressed can be pressed again."""
    async for _ in tries(_patience(interaction)):
        try:
            async with asyncio.timeout(_ONE_REPLY_SECONDS):
                await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_PINGS)
        except (discord.HTTPException, aiohttp.ClientConnectorError) as error:
            if not passes(error):
                raise
        except (ServerFault, aiohttp.ClientError, OSError) as error:
            log.warning("reply.unsure", cause=type(error).__name__)
            return
        else:
            return


def _is_acknowledged(interaction: Interaction) -> bool:
    return interaction.response.is_done() or _ACKNOWLEDGED in interaction.extras


def _may_still_arrive(interaction: Interaction) -> bool:
    """Whether a first response may still be under way, so that Discord does not know the interaction yet."""
    return _UNSURE in interaction.extras and _waited(interaction) < _SETTLED_SECONDS


def _patience(interaction: Interaction) -> Patience:
    return replace(_REPLY, seconds=_REPLY.seconds - _waited(interaction))


def _waited(interaction: Interaction) -> float:
    """Seconds since the first try to respond, by a clock that nobody sets."""
    now = asyncio.get_running_loop().time()
    return now - float(interaction.extras.get(_SINCE, now))


def _code(error: Exception) -> int | None:
    return error.code if isinstance(error, discord.HTTPException) else None


def _age(interaction: Interaction) -> float:
    return round((discord.utils.utcnow() - interaction.created_at).total_seconds(), 2)
