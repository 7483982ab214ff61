"""`/setup`: who moderates, where changes are posted and what members may do, on one page that is edited in place."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterable
from typing import cast

import discord
from discord import app_commands

from bot.catalogue import Catalogue
from bot.cogs.surface import Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.guilds import GuildLife
from bot.curation.setting import Setting, Switch
from bot.log_channel import fault_of
from bot.pressing import Presses, values_of
from bot.rendering import setup
from bot.replying import acknowledge, acknowledge_edit, deliver
from knowledge.errors import Refused
from knowledge.guilds import GuildSettings


class Setup(Surface):
    """Shows the settings and changes them."""

    def __init__(self, guilds: GuildLife, setting: Setting, catalogue: Catalogue) -> None:
        self._guilds = guilds
        self._setting = setting
        self._catalogue = catalogue

    def presses(self) -> Presses:
        return {setup.ROLES: self.roles, setup.LOG: self.log, setup.SWITCH: self.switch}

    @app_commands.command(name="setup", description="Set moderators, the log and what members may do")
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            await self._show(interaction, await self._guilds.settings(guild_of(interaction)))

    async def roles(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The roles that were chosen are the moderators, and no others."""
        chosen = [int(value) for value in values_of(interaction) if value.isascii() and value.isdigit()]
        guild, user = guild_of(interaction), interaction.user.id
        known = _there(interaction.client.get_guild(guild), chosen)
        await self._change(interaction, self._setting.moderators(guild, known, user, match["seen"]))

    async def log(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The channel that was chosen takes the log; with none chosen nothing is posted."""
        chosen = next((int(value) for value in values_of(interaction) if value.isascii() and value.isdigit()), None)
        await self._change(interaction, self._setting.log_channel(guild_of(interaction), chosen, interaction.user.id))

    async def switch(self, interaction: Interaction, match: re.Match[str]) -> None:
        switch = cast(Switch, match["switch"])
        user = interaction.user.id
        await self._change(interaction, self._setting.switch(guild_of(interaction), switch, match["on"] == "on", user))

    async def _change(self, interaction: Interaction, change: Awaitable[GuildSettings]) -> None:
        """Edits the page after a change; what is refused stands on it beside what stays in force."""
        await acknowledge_edit(interaction)  # too late to be told of or not, the change was asked for
        try:
            await self._show(interaction, await change)
        except Refused as refusal:
            note = self._catalogue.say(refusal.key, language_of(interaction), **refusal.fields)
            await self._show(interaction, await self._guilds.settings(guild_of(interaction)), note)

    async def _show(self, interaction: Interaction, settings: GuildSettings, note: str | None = None) -> None:
        guild = interaction.client.get_guild(guild_of(interaction))
        roles = _there(guild, settings.moderators)
        voice = self._catalogue.voice(language_of(interaction))
        await deliver(interaction, setup.setup_page(settings, roles, fault_of(guild, settings), voice, note))


def _there(guild: discord.Guild | None, roles: Iterable[int]) -> list[int]:
    """The roles that the guild has; all of them before Discord has sent the guild, which may have them."""
    if guild is None or guild.unavailable:
        return list(roles)
    return [role for role in roles if guild.get_role(role) is not None]
