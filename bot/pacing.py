"""Keeps every REST request to what Discord has asked for, whoever makes it and however often it is tried again.

discord.py waits as a 429 says, but only within one call: a try that is given up and made anew would come too early. And
where an address is blocked (a 429 of Cloudflare's, in HTML and without Discord's headers) it raises at once, so that
each interaction would knock at a closed door and prolong the block. Both are kept here, below discord.py, through
the tracing that aiohttp offers and discord.py documents (`http_trace`).
https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import structlog
from aiohttp import (
    ClientResponse,
    ClientSession,
    TraceConfig,
    TraceRequestEndParams,
    TraceRequestStartParams,
)
from discord.http import Route
from yarl import URL

FIRST_BLOCK_SECONDS = 5.0
LONGEST_BLOCK_SECONDS = 300.0
"""How long nothing is sent after a block that names no time: at first, and after it was met again and again."""

_OF_AN_INTERACTION = ("/interactions/", "/webhooks/")

log = structlog.stdlib.get_logger(__name__)


class ServerFault(Exception):
    """Discord answered a request of an interaction with a server fault; what was sent may be there nevertheless.

    Raised in the place of discord.py's own four tries, whose pauses are too long for a first response, and which could
    show a further message twice. `bot.replying` knows better.
    """


class Pacing:
    """When what may be sent again. One for the process, so that it outlives a client that is made anew."""

    def __init__(self) -> None:
        self._blocked_until = 0.0
        self._block_seconds = FIRST_BLOCK_SECONDS
        self._limited: dict[tuple[str, str], float] = {}

    def trace(self) -> TraceConfig:
        """To be handed to the client that makes the requests."""
        config = TraceConfig()
        config.on_request_start.append(self._wait)
        config.on_request_end.append(self._heed)
        return config

    @property
    def blocked_seconds(self) -> float:
        """For how long nothing will be sent, because Discord has blocked this address."""
        return max(0.0, self._blocked_until - _now())

    async def _wait(self, _: ClientSession, __: SimpleNamespace, asked: TraceRequestStartParams) -> None:
        if not _is_api(asked.url):
            return
        key = _key(asked.method, asked.url)
        while (wait := max(self._limited.get(key, 0.0), self._blocked_until) - _now()) > 0:
            await asyncio.sleep(wait)

    async def _heed(self, _: ClientSession, __: SimpleNamespace, ended: TraceRequestEndParams) -> None:
        if not _is_api(ended.url):
            return
        status = ended.response.status
        if status == 429:
            self._keep_to(_key(ended.method, ended.url), ended.response)
        else:
            self._block_seconds = FIRST_BLOCK_SECONDS
        if status >= 500 and _path(ended.url).startswith(_OF_AN_INTERACTION):
            ended.response.close()
            raise ServerFault(status)

    def _keep_to(self, key: tuple[str, str], response: ClientResponse) -> None:
        now, asked_for = _now(), _asked_for(response)
        if _is_block(response):
            seconds = self._block_seconds if asked_for is None else asked_for
            self._block_seconds = min(2 * self._block_seconds, LONGEST_BLOCK_SECONDS)
            self._blocked_until = max(self._blocked_until, now + seconds)
            log.error("discord.blocked", seconds=round(seconds, 1))
        elif asked_for is not None:
            self._limited = {each: until for each, until in self._limited.items() if until > now}
            self._limited[key] = now + asked_for


def _asked_for(response: ClientResponse) -> float | None:
    """The seconds to wait; the first header is exact, the second rounded up."""
    for name in ("X-RateLimit-Reset-After", "Retry-After"):
        try:
            return max(0.0, float(response.headers[name]))
        except (KeyError, ValueError):
            continue
    return None


def _is_block(response: ClientResponse) -> bool:
    """Whether it was not Discord that answered, but what stands before it."""
    return "Via" not in response.headers or response.content_type != "application/json"


def _is_api(url: URL) -> bool:
    return str(url).startswith(Route.BASE)


def _path(url: URL) -> str:
    return str(url).removeprefix(Route.BASE).partition("?")[0]


def _key(method: str, url: URL) -> tuple[str, str]:
    return method, _path(url)


def _now() -> float:
    return asyncio.get_running_loop().time()
