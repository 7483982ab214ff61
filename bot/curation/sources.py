"""What a page says of itself: title, publisher and date, so that a moderator need not type them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from yarl import URL

from bot.fetching import Fetching
from knowledge.errors import HallyuError
from knowledge.importing import Around
from knowledge.importing.web_pages import web_page
from knowledge.models import Source

PATIENCE = 6.0
"""Seconds that somebody waits for a page after they have sent a form."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page; empty where it is not."""

    title: str = ""
    publisher: str = ""
    published: str = ""


class Pages(Protocol):
    """Reads pages. Never raises: a page that cannot be read says nothing."""

    async def about(self, url: str) -> About: ...


class WebPages:
    """Opens pages of the public web. Those of Discord say nothing to who is not signed in."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching

    async def about(self, url: str) -> About:
        try:
            if not url or _is_discords(URL(url).host or ""):
                return About()
            async with asyncio.timeout(PATIENCE):
                page = await self._fetching.fetch(url)
                host = (URL(page.url).host or "").removeprefix("www.")
                around = Around(date.today().isoformat(), "", Source("", host, url))
                source = (await asyncio.to_thread(web_page, page.name, page.data, around)).around.source
        except (HallyuError, TimeoutError, ValueError):
            return About()
        return About(source.title, source.publisher, source.published or "") if source else About()


def _is_discords(host: str) -> bool:
    return host == "discord.com" or host.endswith(".discord.com")
