"""The one place that sends: the first response in time, then the reply in its place.

Discord takes a first response for three seconds and only once. A connection that drops while it is under way is not
retried by discord.py, so it is tried once more here, where "already acknowledged" (40060) means that the first try
did arrive. The reply then *edits* the response, which can be repeated without posting twice.
"""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import structlog
from discord import ui

from bot.context import Interaction

NO_PINGS = discord.AllowedMentions.none()

_ALREADY_ACKNOWLEDGED = 40060
_TOO_LATE = (10062, 10015, 50027)
"""Unknown interaction, unknown webhook, invalid webhook token: nobody can be reached through it any more."""
_GONE = (*_TOO_LATE, 10008)
"""… or the message was deleted before the reply was ready."""

_FIRST_RESPONSE_SECONDS = 1.3
"""For each of two tries, so that both end within Discord's three seconds."""
_PAUSES = (0.25, 1.0, 3.0)
"""Seconds between the tries of an edit."""
_DROPPED = (aiohttp.ClientError, OSError, TimeoutError)

_KEEPS_CARD = "hallyu_keeps_card"
_REPLIED = "hallyu_replied"

log = structlog.stdlib.get_logger(__name__)


async def acknowledge(interaction: Interaction, *, private: bool) -> bool:
    """Tells Discord that a reply will come, and who will see it. False if it is known to be too late: stop then."""
    return await _first_response(interaction, ephemeral=private, thinking=True)


async def acknowledge_edit(interaction: Interaction) -> bool:
    """As `acknowledge`, for a press whose reply will take the place of the card that was pressed."""
    interaction.extras[_KEEPS_CARD] = True
    return await _first_response(interaction, ephemeral=False, thinking=False)


async def open_form(interaction: Interaction, form: ui.Modal) -> None:
    """Shows a form as the first response. A connection that drops leaves the person to press again."""
    form.stop()  # so that discord.py does not keep it: forms are found by their custom_id
    interaction.extras[_REPLIED] = True
    try:
        async with asyncio.timeout(2 * _FIRST_RESPONSE_SECONDS):
            await interaction.response.send_modal(form)
    except discord.HTTPException as error:
        if error.code not in (*_TOO_LATE, _ALREADY_ACKNOWLEDGED):
            raise
        log.warning("interaction.too_late", age_seconds=_age(interaction))
    except _DROPPED as error:
        log.warning("interaction.dropped", attempt=1, cause=type(error).__name__)


async def deliver(interaction: Interaction, view: ui.LayoutView, file: discord.File | None = None) -> None:
    """Shows `view` as the reply to an acknowledged interaction, with the file that it refers to."""
    attachments = [file] if file else discord.utils.MISSING
    view.stop()  # so that discord.py does not keep it: buttons are found by their custom_id
    interaction.extras[_REPLIED] = True
    for attempt, pause in enumerate((*_PAUSES, None)):
        if file:
            file.reset(seek=attempt)
        try:
            await interaction.edit_original_response(view=view, attachments=attachments, allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            if error.code not in _GONE:
                raise
            log.info("reply.nobody_there", code=error.code)
        except _DROPPED:
            if pause is None:
                raise
            await asyncio.sleep(pause)
            continue
        return


def is_replied(interaction: Interaction) -> bool:
    """Whether a reply has been sent, or is on its way: another one could take its place."""
    return _REPLIED in interaction.extras


async def deliver_fault(interaction: Interaction, view: ui.LayoutView) -> None:
    """Shows `view` in whatever way is still open, without destroying a card that other people read."""
    view.stop()
    if interaction.extras.get(_KEEPS_CARD):
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NO_PINGS)
    elif interaction.response.is_done() or await acknowledge(interaction, private=True):
        await deliver(interaction, view)


async def _first_response(interaction: Interaction, *, ephemeral: bool, thinking: bool) -> bool:
    for attempt in (1, 2):
        try:
            async with asyncio.timeout(_FIRST_RESPONSE_SECONDS):
                await interaction.response.defer(ephemeral=ephemeral, thinking=thinking)
        except discord.HTTPException as error:
            if error.code == _ALREADY_ACKNOWLEDGED:
                return True
            if error.code not in _TOO_LATE:
                raise
            log.warning("interaction.too_late", age_seconds=_age(interaction))
            return False
        except _DROPPED as error:  # it may have arrived all the same, and the edit will tell
            log.warning("interaction.dropped", attempt=attempt, cause=type(error).__name__)
        else:
            break
    return True


def _age(interaction: Interaction) -> float:
    return round((discord.utils.utcnow() - interaction.created_at).total_seconds(), 2)
