"""The close codes after which Discord does not want to see the bot again as it is:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes."""

from __future__ import annotations

import discord

from bot.discord_api import WRONG_TOKEN
from bot.exit_codes import NeedsAdmin
from knowledge.errors import HallyuError

_WRONG_TOKEN = 4004
_DISALLOWED_INTENTS = 4014
_SHARDS = {4010: "its shards", 4011: "its number of shards"}
"""A start asks Discord for the number of shards anew, so it may put that right."""
_BUILT_IN = {4012: "its version of the API", 4013: "its intents", _DISALLOWED_INTENTS: "its intents"}


def refusal(error: discord.ConnectionClosed | discord.PrivilegedIntentsRequired) -> HallyuError | None:
    """What an admin is told; None for a close after which the bot may come again."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else _DISALLOWED_INTENTS
    if code == _WRONG_TOKEN:
        return NeedsAdmin(WRONG_TOKEN)
    if what := _SHARDS.get(code):
        return HallyuError(f"Discord refused the bot for {what} (code {code}). Start it again: it asks for them anew.")
    if what := _BUILT_IN.get(code):
        return NeedsAdmin(f"Discord refused the bot for {what} (code {code}). Install the newest version of Hallyu.")
    return None
