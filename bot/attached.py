"""Getting a file that somebody has sent along with a command."""

from __future__ import annotations

import asyncio

import discord

from bot.discord_api import passes
from bot.trying import Patience, tries
from knowledge.errors import Refused

_PATIENCE = Patience(first=0.5, longest=8.0, seconds=30.0)
_ONE_TRY_SECONDS = 20.0
"""8 MB, which is the most that is read, at 3.2 Mbit/s."""


async def read(file: discord.Attachment) -> bytes:
    """What the file holds. Raises `Refused` where Discord does not give it out."""
    async for _ in tries(_PATIENCE):
        try:
            async with asyncio.timeout(_ONE_TRY_SECONDS):
                return await file.read()
        except discord.HTTPException as error:
            if not passes(error):
                break
        except Exception as error:
            if not passes(error):
                raise
    raise Refused("transfer.not_fetched", "Discord did not give the file out. Please send it once more.")
