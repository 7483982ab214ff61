"""Where Discord's API is reached: Discord itself, or a REST proxy in front of it (`DISCORD_API_URL`).

discord.py has no setting for this. `Route.BASE` and `DiscordWebSocket.DEFAULT_GATEWAY` are undocumented, so the
library's version is pinned and a test asserts that both names exist.
"""

from __future__ import annotations

from aiohttp import ClientError, ClientSession, ClientTimeout
from discord import Client, GatewayNotFound, HTTPException, Intents, LoginFailure, Permissions
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.utils import oauth_url
from yarl import URL

from bot.addresses import address_fault, api_url_fault
from bot.exit_codes import NeedsAdmin
from bot.pacing import ServerFault
from knowledge.errors import HallyuError

WRONG_TOKEN = (
    "Discord refused the bot's token. Copy it again from the Developer Portal (Bot, Reset Token) into DISCORD_TOKEN."
)

_ASKING_SECONDS = 3.0

PERMISSIONS = Permissions(view_channel=True, send_messages=True, send_messages_in_threads=True)
"""What the invite link asks for. Replies to commands need none of it; editing its own old cards needs to see them."""


def checked_api_url(address: str) -> str:
    """`address` without a slash at its end. Raises `HallyuError` where the bot's token would travel unencrypted."""
    if fault := api_url_fault(address):
        raise HallyuError(f"DISCORD_API_URL {fault}")
    return address.rstrip("/")


def point_at(api_url: str) -> None:
    """Sends every REST request of this process to `api_url`, such as `http://127.0.0.1:8080/api/v10`."""
    Route.BASE = api_url


async def use_gateway_of(http: HTTPClient) -> None:
    """Lets every shard, also after an invalidated session, connect to the gateway that the API names."""
    _, address, _ = await http.get_bot_gateway()
    if fault := address_fault(address, secure="wss", plain="ws"):
        raise HallyuError(f"The gateway {fault}")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(address)


def passes(error: BaseException) -> bool:
    """Whether a request that failed like this may succeed when it is made again."""
    if isinstance(error, HTTPException):
        return error.status == 429 or error.status >= 500
    return isinstance(error, ClientError | OSError | GatewayNotFound | ServerFault)  # a timeout is an OSError


def unreachable(error: Exception) -> HallyuError:
    """What a person is told when a request to Discord came to nothing."""
    return HallyuError(f"Discord cannot be reached ({type(error).__name__}). Try again in a minute.")


async def refuse_wrong_token(token: str, api_url: str | None) -> None:
    """Raises `NeedsAdmin` for a token that Discord does not take. Where Discord cannot be reached in time nothing is
    known of it, and nothing is raised."""
    if api_url:
        point_at(checked_api_url(api_url))
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=_ASKING_SECONDS)) as session,
            session.get(f"{Route.BASE}/users/@me", headers={"Authorization": f"Bot {token}"}) as response,
        ):
            refused = response.status == 401
    except (ClientError, OSError):  # a timeout is an OSError
        return
    if refused:
        raise NeedsAdmin(WRONG_TOKEN)


async def invite_link(token: str, api_url: str | None) -> str:
    """The address where somebody adds the bot to a server. `HallyuError` for a wrong token or without Discord."""
    if api_url:
        point_at(checked_api_url(api_url))
    async with Client(intents=Intents.none()) as client:
        try:
            await client.login(token)
        except LoginFailure:
            raise NeedsAdmin(WRONG_TOKEN) from None
        except (ClientError, OSError, HTTPException) as error:
            raise unreachable(error) from error
        application_id = client.application_id or 0  # known from the login on
    return oauth_url(application_id, scopes=("bot", "applications.commands"), permissions=PERMISSIONS)
