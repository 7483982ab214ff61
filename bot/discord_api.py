"""Where Discord's API is reached: Discord itself, or a REST proxy in front of it (`DISCORD_API_URL`).

discord.py has no setting for this. `Route.BASE` and `DiscordWebSocket.DEFAULT_GATEWAY` are undocumented, so the
library's version is pinned and a test asserts that both names exist.
"""

from __future__ import annotations

from ipaddress import ip_address

from aiohttp import ClientError
from discord import Client, HTTPException, Intents, LoginFailure, Permissions
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.utils import oauth_url
from yarl import URL

from knowledge.errors import HallyuError

WRONG_TOKEN = (
    "Discord refused the bot's token. Copy it again from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN."
)

PERMISSIONS = Permissions(view_channel=True, send_messages=True, send_messages_in_threads=True)
"""What the invite link asks for. Replies to commands need none of it; editing its own old cards needs to see them."""


def checked_api_url(address: str) -> str:
    """`address` without a slash at its end. Raises `HallyuError` where the bot's token would travel unencrypted."""
    return _checked(address, secure="https", plain="http", what="DISCORD_API_URL").rstrip("/")


def point_at(api_url: str) -> None:
    """Sends every REST request of this process to `api_url`, such as `http://127.0.0.1:8080/api/v10`."""
    Route.BASE = api_url


async def use_gateway_of(http: HTTPClient) -> None:
    """Lets every shard, also after an invalidated session, connect to the gateway that the API names."""
    _, address, _ = await http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = URL(_checked(address, secure="wss", plain="ws", what="The gateway"))


def _checked(address: str, *, secure: str, plain: str, what: str) -> str:
    try:
        url = URL(address)
    except ValueError:
        url = URL()
    if not url.host or url.scheme not in (secure, plain):
        raise HallyuError(f"{what} is no {secure}:// address.")
    if url.scheme == plain and not _is_loopback(url.host):
        raise HallyuError(
            f"{what} is a {plain}:// address of another machine; use {secure}://, since the token goes there."
        )
    return address


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def invite_link(token: str, api_url: str | None) -> str:
    """The address where somebody adds the bot to a server. `HallyuError` for a wrong token or without Discord."""
    if api_url:
        point_at(checked_api_url(api_url))
    async with Client(intents=Intents.none()) as client:
        try:
            await client.login(token)
        except LoginFailure:
            raise HallyuError(WRONG_TOKEN) from None
        except (ClientError, OSError, HTTPException) as error:
            raise HallyuError(f"Discord cannot be reached ({type(error).__name__}). Try again in a minute.") from error
        application = await client.application_info()
    return oauth_url(application.id, scopes=("bot", "applications.commands"), permissions=PERMISSIONS)
