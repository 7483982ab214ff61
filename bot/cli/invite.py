"""`hallyu invite`: the link that adds the bot to a server."""

from __future__ import annotations

import asyncio

from bot.cli.terminal import console
from bot.settings import Settings, load_settings


def invite() -> None:
    """Print the link that adds this bot to a Discord server. Needs DISCORD_TOKEN."""
    link = asyncio.run(_link(load_settings(for_discord=True)))
    console().print("Open this link and choose a server you manage:", soft_wrap=True)
    console().print(link, soft_wrap=True)


async def _link(settings: Settings) -> str:
    from bot.discord_api import invite_link

    return await invite_link(settings.needed_token(), settings.api_url)
