"""Notices which servers have the bot: what is kept of one that removed it is deleted after its days of grace."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.cogs.surface import Surface
from bot.curation.guilds import GuildLife


class Guilds(Surface):
    """Listens to guilds that come and go, and counts them when the bot comes back."""

    def __init__(self, client: commands.AutoShardedBot, guilds: GuildLife) -> None:
        self._client = client
        self._guilds = guilds

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._guilds.returned(guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self._guilds.left(guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Every shard has said which guilds it has, those that Discord cannot reach now included."""
        await self._guilds.present({guild.id for guild in self._client.guilds})
