"""Telling people in private what became of something they left here. Whoever has closed their direct messages is not
told, and that is no fault."""

from __future__ import annotations

from collections.abc import Iterable

import discord
import structlog
from discord import ui

from bot.catalogue import Catalogue
from bot.rendering.told import answered_note, decision_note
from bot.replying import NO_PINGS
from index.query import language_of
from knowledge.queue import Asker, Proposal

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
    try:
        channel = await client.create_dm(discord.Object(id=user))
        await channel.send(view=view, allowed_mentions=NO_PINGS)
    except discord.Forbidden as error:
        log.info("telling.closed", code=error.code)
    except Exception as error:
        log.warning("telling.failed", exc_info=error)
