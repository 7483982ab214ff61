"""What an interaction says about where it comes from: scope, language, and what its author may do there."""

from __future__ import annotations

import discord

from bot.conversations import Conversation
from knowledge.errors import Refused
from knowledge.models import Language, Scope

Interaction = discord.Interaction[discord.Client]


def scope_of(interaction: Interaction) -> Scope:
    """The guild's scope where the bot is installed in the guild, else the pack alone (a DM, or an app that only this
    person installed)."""
    guild_id = interaction.guild_id
    if guild_id is None:
        return Scope(None)
    installed = interaction.is_guild_integration() or interaction.client.get_guild(guild_id) is not None
    return Scope(guild_id if installed else None)


def conversation_of(interaction: Interaction) -> Conversation:
    """The person in the channel: whose next question may go on from this one."""
    return Conversation(interaction.channel_id or 0, interaction.user.id)


def guild_of(interaction: Interaction) -> int:
    """The guild of an interaction that only members of one get to. Raises `Refused` outside of one."""
    guild = scope_of(interaction).guild
    if guild is None:
        raise Refused("refused.guild_only", "This works only in a server that has added the bot.")
    return guild


def roles_of(interaction: Interaction) -> frozenset[int]:
    """The ids of the person's roles, as the interaction says. `Member.roles` has only those that the guild is known to
    have, and so none before Discord has sent the guild."""
    user = interaction.user
    return frozenset(user._roles) if isinstance(user, discord.Member) else frozenset()  # no public name has them


def language_of(interaction: Interaction) -> Language:
    """The language of the person's Discord, for texts that answer no question."""
    return "ko" if interaction.locale is discord.Locale.korean else "en"


def may_speak(interaction: Interaction) -> bool:
    """Whether the person may write in the channel. Message menus and buttons can be used without that permission, so
    whatever they would make public is checked here."""
    if interaction.guild_id is None:
        return True
    permissions = interaction.permissions
    if isinstance(interaction.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages


def in_own_dm(interaction: Interaction) -> bool:
    """Whether nobody but the person and the bot reads the channel."""
    return interaction.context.dm_channel
