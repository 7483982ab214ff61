"""The channel in which a guild's changes are posted: whether it is there, and whether the bot may write in it."""

from __future__ import annotations

import discord

from bot.rendering.setup import LogFault
from knowledge.guilds import GuildSettings

Postable = discord.TextChannel


def channel_of(guild: discord.Guild, channel: int) -> Postable | None:
    """A text channel of this guild and of no other, whatever id was chosen."""
    found = guild.get_channel(channel)
    return found if isinstance(found, discord.TextChannel) else None


def fault_of(guild: discord.Guild | None, settings: GuildSettings) -> LogFault | None:
    """Why nothing can be posted, as far as the bot can see; None where all is well or no channel is set."""
    if guild is None or guild.unavailable or settings.log_channel is None:
        return None
    channel = channel_of(guild, settings.log_channel)
    if channel is None:
        return "gone"
    allowed = channel.permissions_for(guild.me)
    return None if allowed.view_channel and allowed.send_messages else "forbidden"
