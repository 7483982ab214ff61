"""The page of `/setup`: the settings in force, each with what changes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.catalogue import Voice
from bot.curation.setting import MOST_ROLES, SWITCHES, Switch, digest_of
from bot.rendering.layout import page
from knowledge.guilds import GuildSettings

ROLES = re.compile(r"hallyu:setup-roles(?::(?P<seen>[0-9a-f]{12}))?")
LOG = re.compile(r"hallyu:setup-log")
SWITCH = re.compile(rf"hallyu:setup-switch:(?P<switch>{'|'.join(SWITCHES)}):(?P<on>on|off)")

LogFault = Literal["gone", "forbidden"]
"""Why nothing can be posted in the log channel."""


def setup_page(
    settings: GuildSettings, roles: Sequence[int], fault: LogFault | None, voice: Voice, note: str | None = None
) -> ui.LayoutView:
    """`roles` are those moderator roles that still exist; `note` is why the last change was refused."""
    return page(
        [
            f"### {voice.say('setup.head')}",
            note,
            voice.say("setup.moderators") if roles else voice.say("setup.no_moderators"),
            _roles(roles, digest_of(settings.moderators), voice),
            voice.say("setup.log"),
            _channel(settings.log_channel if fault != "gone" else None, voice),
            _warning(settings, fault, voice),
            *(_switch(switch, getattr(settings, switch), voice) for switch in SWITCHES),
        ]
    )


def _roles(roles: Sequence[int], seen: str, voice: Voice) -> ui.ActionRow[Any]:
    """The menu carries which roles were chosen, so that what somebody else has chosen meanwhile is not lost."""
    menu = ui.RoleSelect[Any](
        custom_id=f"hallyu:setup-roles:{seen}",
        placeholder=voice.say("setup.pick_roles"),
        min_values=0,
        max_values=MOST_ROLES,
        default_values=[discord.Object(role, type=discord.Role) for role in roles],
    )
    return ui.ActionRow(menu)


def _channel(channel: int | None, voice: Voice) -> ui.ActionRow[Any]:
    menu = ui.ChannelSelect[Any](
        custom_id=LOG.pattern,
        placeholder=voice.say("setup.pick_channel"),
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        min_values=0,
        max_values=1,
        default_values=[discord.Object(channel, type=discord.abc.GuildChannel)] if channel else [],
    )
    return ui.ActionRow(menu)


def _warning(settings: GuildSettings, fault: LogFault | None, voice: Voice) -> str | None:
    if fault is None or settings.log_channel is None:
        return None
    return voice.say(f"setup.log_{fault}", channel=f"<#{settings.log_channel}>")


def _switch(switch: Switch, on: bool, voice: Voice) -> ui.Section[Any]:
    """What is in force, with a button that carries what it would be after: a press that comes twice is one change."""
    now, then = ("on", "off") if on else ("off", "on")
    button = ui.Button[Any](
        label=voice.say(f"setup.{switch}_to_{then}"), custom_id=f"hallyu:setup-switch:{switch}:{then}"
    )
    return ui.Section(voice.say(f"setup.{switch}_{now}"), accessory=button)
