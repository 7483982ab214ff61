"""Telling people in private what became of something they left here. Whoever has closed their direct messages is not
told, and that is no fault."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

import discord
import structlog
from discord import ui

from bot.catalogue import Catalogue
from bot.discord_api import passes
from bot.rendering.told import answered_note, decision_note
from bot.replying import NO_PINGS
from bot.trying import Patience, tries
from index.query import language_of
from knowledge.queue import Asker, Proposal

_PATIENCE = Patience(first=1.0, longest=30.0, seconds=120.0)
"""Discord remembers a nonce for a few minutes: https://discord.com/developers/docs/resources/message#create-message"""

log = structlog.stdlib.get_logger(__name__)


class Telling:
    """Sends direct messages. No method raises: what people are told about is done already."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def decided(self, client: discord.Client, guild: int, proposal: Proposal) -> None:
        """Tells who suggested something what became of it, if they want to hear it."""
        if proposal.author is None or not proposal.tell:
            return
        text = proposal.snippet.text or proposal.snippet.text_ko or ""
        voice = self._catalogue.voice(language_of(text))
        await _send(client, proposal.author, decision_note(proposal, text, _name(client, guild), voice))

    async def answered(self, client: discord.Client, guild: int, askers: Iterable[Asker]) -> None:
        """Tells people that a question of theirs has an answer now, each of them once."""
        for asker in {asker.user: asker for asker in askers}.values():
            voice = self._catalogue.voice(language_of(asker.question))
            await _send(client, asker.user, answered_note(asker.question, guild, _name(client, guild), voice))


def _name(client: discord.Client, guild: int) -> str:
    known = client.get_guild(guild)
    return known.name if known else "Discord"


async def _send(client: discord.Client, user: int, view: ui.LayoutView) -> None:
    view.stop()  # so that discord.py does not keep it
    nonce = secrets.token_hex(8)  # by which Discord sees that a message came twice
    try:
        async for _ in tries(_PATIENCE):
            try:
                channel = await client.create_dm(discord.Object(id=user))
                await channel.send(view=view, nonce=nonce, allowed_mentions=NO_PINGS)
            except Exception as error:
                if not passes(error):
                    raise
            else:
                return
        log.warning("telling.given_up")
    except discord.Forbidden as error:
        log.info("telling.closed", code=error.code)
    except Exception as error:
        log.warning("telling.failed", exc_info=error)
