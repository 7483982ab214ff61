"""What a page says of itself: title, publisher and date, so that a moderator need not type them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page; empty where it is not."""

    title: str = ""
    publisher: str = ""
    published: str = ""


class Pages(Protocol):
    """Reads pages. Never raises: a page that cannot be read says nothing."""

    async def about(self, url: str) -> About: ...


class NoPages:
    """Reads no page, where nothing may be fetched."""

    async def about(self, url: str) -> About:
        return About()
