"""Opening one page of the public web for somebody who is not trusted, with an end to everything."""

from __future__ import annotations

import asyncio
import socket
from importlib.metadata import version

from aiohttp import (
    AddrInfoType,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.pages import ENDINGS, FetchRefused, Page
from bot.public_web import PublicWeb
from knowledge.importing.limits import LARGEST_FILE, MEGABYTE

DEADLINE = 20.0
"""Seconds for everything: names, redirects and the page. A page that takes longer has gone for most readers too."""

MOST_REDIRECTS = 5
"""Browsers follow 20; what leads to an article needs two or three."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_EXAMPLE = "https://example.org/page"


class Fetching:
    """Opens pages. `web` says which addresses may be opened, `resolver` looks names up (default: the system)."""

    def __init__(
        self, web: PublicWeb | None = None, resolver: AbstractResolver | None = None, deadline: float = DEADLINE
    ) -> None:
        self._web = web or PublicWeb()
        self._resolver = resolver
        self._deadline = deadline

    async def fetch(self, url: str) -> Page:
        """The page at `url`. Raises `FetchRefused` for an address that is not public, wherever a redirect leads to
        one, and for what is no text, too large, too slow or not there."""
        host = _host(url)
        try:
            async with asyncio.timeout(self._deadline):
                return await self._fetch(url)
        except TimeoutError:
            raise FetchRefused("fetch.too_slow", host=host, seconds=f"{self._deadline:g}") from None

    async def _fetch(self, address: str) -> Page:
        async with self._session() as session:
            for _ in range(MOST_REDIRECTS + 1):
                found = await self._step(session, address)
                if isinstance(found, Page):
                    return found
                address = found
        raise FetchRefused("fetch.redirects", host=_host(address))

    def _session(self) -> ClientSession:
        """Without cookies, proxies and connections that outlive the page."""
        connector = TCPConnector(
            socket_factory=self._socket, resolver=self._resolver, use_dns_cache=False, force_close=True
        )
        return ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": f"Hallyu/{version('hallyu')} (reads a page when asked to)"},
            timeout=ClientTimeout(total=None),
            trust_env=False,
        )

    def _socket(self, target: AddrInfoType) -> socket.socket:
        """A socket for the numeric address that it will be connected to, if that is public."""
        family, kind, protocol, _, address = target
        if not self._web.admits(str(address[0]), int(address[1])):
            raise OSError("not an address of the public web")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    async def _step(self, session: ClientSession, address: str) -> Page | str:
        """The page at `address`, or the address that it sends on to."""
        url = self._web.page(address)
        if url is None:
            raise FetchRefused("fetch.address", example=_EXAMPLE)
        try:
            async with session.get(url, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    return _onward(url, response)
                return Page(str(url), await _read(url, response), response.content_type)
        except ClientPayloadError:
            raise FetchRefused("fetch.broken", host=_host(address)) from None
        except (ClientError, OSError, ValueError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise FetchRefused("fetch.unreachable", host=_host(address)) from None


def _onward(url: URL, response: ClientResponse) -> str:
    location = response.headers.get("Location", "")
    try:
        return str(url.join(URL(location))) if location and "\\" not in location else location
    except ValueError:
        return ""


async def _read(url: URL, response: ClientResponse) -> bytes:
    """The decoded body, as far as it is text and not too much."""
    if response.status != 200:
        raise FetchRefused("fetch.status", host=url.host or "", status=str(response.status))
    if "Content-Type" not in response.headers or response.content_type not in ENDINGS:
        raise FetchRefused("fetch.type", type=response.headers.get("Content-Type", "?")[:80])
    too_large = FetchRefused("fetch.too_large", limit=f"{LARGEST_FILE / MEGABYTE:g}")
    if (response.content_length or 0) > LARGEST_FILE:
        raise too_large
    data = bytearray()
    async for piece in response.content.iter_any():
        data += piece
        if len(data) > LARGEST_FILE:
            raise too_large
    return bytes(data)


def _host(address: str) -> str:
    """The host to name in a sentence."""
    try:
        return URL(address).host or address[:80]
    except ValueError:
        return address[:80]
