"""The payload of INTERACTION_CREATE."""

from __future__ import annotations

from .transcript import Transcript
from .wire import JSON
from .world import EVERYTHING, World


def interaction_payload(
    transcript: Transcript, data: JSON, world: World, locale: str | None, user_install: bool
) -> JSON:
    """What the bot is told of an interaction; `locale` overrides the user's own for this once."""
    guild, user = transcript.guild, transcript.user
    what = {"id": str(transcript.id), "token": transcript.token, "type": int(transcript.kind), "version": 1}
    where = {"application_id": str(world.bot.id), "channel_id": str(transcript.channel_id), "data": data}
    installed = {"1": str(user.id)} if user_install else {"0": str(guild.id if guild else 0)}
    rights = guild.permissions(world.bot) if guild else EVERYTHING
    rest: JSON = {
        "locale": locale or user.locale,
        "app_permissions": str(rights),
        "entitlements": [],
        "authorizing_integration_owners": installed,
        "attachment_size_limit": 10 * 1024 * 1024,
        **_place(transcript),
    }
    if transcript.source:
        rest["message"] = transcript.source
    return {**what, **where, **rest}


def _place(transcript: Transcript) -> JSON:
    guild, user = transcript.guild, transcript.user
    if not guild:
        channel = {"id": str(transcript.channel_id), "type": 1, "recipients": [user.payload()]}
        return {"context": 1, "user": user.payload(), "channel": channel}
    member, channel = guild.member(user), guild.channel()
    inside = {"guild_id": str(guild.id), "guild": guild.partial(), "guild_locale": guild.locale}
    return {"context": 0, **inside, "member": member, "channel": channel}
