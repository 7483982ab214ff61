"""People of a simulated guild with a role, what they write into forms, and what they are told in private."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import UserHandle
from simcord.results import InteractionResult

from bot.curation.guilds import GuildLife
from fakes.town import Town
from knowledge.curation import Act


async def a_moderator(town: Town, guilds: GuildLife, name: str = "mia") -> MemberActor:
    """Somebody with the role that the guild's settings name."""
    role = town.guild.create_role(f"mods of {name}")
    settings = await guilds.settings(town.guild.id)
    kept = replace(settings, moderators=(*settings.moderators, role.id))
    await guilds.change(town.guild.id, kept, Act(None, "settings"))
    return town.guild.add_member(town.env.create_user(name), roles=[role])


def form_values(result: InteractionResult) -> dict[str, Any]:
    """What stands in the form that was opened, by field."""
    fields = [label["component"] for label in result.modal["components"]]
    return {field["custom_id"]: _value(field) for field in fields}


def told(town: Town, who: MemberActor) -> list[str]:
    """The texts of the direct messages that somebody got."""
    messages = UserHandle(town.env, town.env.backend.get_user(who.id)).dm_channel.history()
    return ["\n".join(_texts(message)) for message in messages if message.author.id != who.id]


def _value(field: dict[str, Any]) -> str:
    chosen = [option["value"] for option in field.get("options", ()) if option.get("default")]
    return chosen[0] if chosen else field.get("value") or ""


def _texts(message: discord.Message) -> list[str]:
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
