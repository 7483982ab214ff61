"""A guild in SimCord with a channel and a few people in it: what a test does and sees goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.curation.guilds import GuildLife
from knowledge.curation import Act


class Town:
    """`env` is SimCord's world; `people` speak English unless `speaks_korean` says otherwise."""

    def __init__(self, env: simcord.Env, new_client: Callable[[], discord.Client], guilds: GuildLife) -> None:
        self.env = env
        self._new_client = new_client
        self._guilds = guilds
        self._korean: set[str] = set()
        self.guild = env.create_guild("Fans")
        self.channel = self.guild.create_text_channel("general")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))
        self._translate_interactions()

    async def moderator(self, name: str = "mod") -> MemberActor:
        """Somebody with the role that the guild's settings name."""
        role = self.guild.roles.get("Moderators") or self.guild.create_role("Moderators")
        settings = await self._guilds.settings(self.guild.id)
        act = Act(self.guild.owner.id, "settings")
        await self._guilds.change(self.guild.id, replace(settings, moderators=(role.id,)), act)
        return self.guild.add_member(self.env.create_user(name), roles=[role])

    async def no_moderators(self) -> None:
        """Takes the right to change knowledge from everybody who is no admin."""
        settings = await self._guilds.settings(self.guild.id)
        await self._guilds.change(self.guild.id, replace(settings, moderators=()), Act(None, "settings"))

    async def restart(self) -> None:
        """Stops the bot and starts a new process' worth of objects in its place."""
        await self.env.restart_bot(self._new_client())

    async def ask(self, question: str, *, who: MemberActor | None = None, **options: Any) -> InteractionResult:
        return await (who or self.alice).slash(self.channel, "ask", question=question, **options)

    async def press(
        self, result: InteractionResult, label: str, *, who: MemberActor | None = None
    ) -> InteractionResult:
        return await (who or self.alice).click(result.response, label=label)

    async def owner_says(self, channel: ChannelHandle, text: str) -> discord.Message:
        """A message of the guild's owner, who may write everywhere."""
        return await MemberActor(self.env, self.guild, self.guild.owner).send(channel, text)

    def read_only_channel(self, name: str) -> ChannelHandle:
        """A channel where members see and use commands but may not write."""
        return self.guild.create_text_channel(
            name, overwrites={self.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        )

    def hidden_channel(self, name: str, *who: MemberActor) -> ChannelHandle:
        """A channel that only some see."""
        hidden, seen = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
        overwrites = {self.guild.default_role: hidden, **dict.fromkeys(who, seen)}
        return self.guild.create_text_channel(name, overwrites=overwrites)

    def forbid_writing(self, channel: ChannelHandle) -> None:
        """Takes away everybody's right to write in a channel."""
        backend = self.env.backend
        backend.edit_channel(
            channel.id, {}, overwrites=backend.get_channel(self.read_only_channel("news").id).overwrites
        )

    def bot_leaves(self) -> None:
        """The guild uses the bot only through apps that members installed for themselves."""
        self.env.bot._connection._guilds.clear()

    def not_sent_yet(self) -> None:
        """Discord has named the guild and not yet said what is in it, as just after a start and in an outage."""
        state = self.env.bot._connection
        state._guilds[self.guild.id] = discord.Guild._create_unavailable(state=state, guild_id=self.guild.id, data=None)

    async def is_sent(self) -> None:
        """Discord says what is in the guild."""
        guild = self.env.backend.guilds[self.guild.id]
        self.env.backend.emit("GUILD_CREATE", serializers.guild_create_payload(self.env.backend, guild))
        await self.env.settle()

    def speaks_korean(self, user: MemberActor) -> None:
        self._korean.add(str(user.id))

    def _translate_interactions(self) -> None:
        emit = self.env.backend.emit

        def emit_in_language(event: str, payload: dict[str, Any]) -> None:
            user = payload.get("member", {}).get("user") or payload.get("user") or {}
            if event == "INTERACTION_CREATE" and user.get("id") in self._korean:
                payload["locale"] = "ko"
            emit(event, payload)

        self.env.backend.emit = emit_in_language


def components(result: InteractionResult) -> Iterator[dict[str, Any]]:
    """Every component of the reply, outer ones first."""
    waiting = list(result.response.components)
    while waiting:
        component = waiting.pop(0)
        yield component
        beside = [component["accessory"]] if "accessory" in component else []
        waiting = component.get("components", []) + beside + waiting


def shown(result: InteractionResult) -> str:
    """All text of the reply."""
    return "\n".join(c["content"] for c in components(result) if c["type"] == discord.ComponentType.text_display.value)


def controls(result: InteractionResult) -> dict[str, str]:
    """What stands in the fields of a form that was opened."""
    found, waiting = {}, list((result.modal or {}).get("components", []))
    while waiting:
        component = waiting.pop(0)
        waiting += [*component.get("components", []), *filter(None, [component.get("component")])]
        if "custom_id" in component and component["type"] == discord.ComponentType.text_input.value:
            found[component["custom_id"]] = component.get("value") or ""
    return found


def labels(result: InteractionResult) -> list[str]:
    """What the buttons say."""
    return [c["label"] for c in components(result) if c["type"] == discord.ComponentType.button.value]


def first_response(town: Town) -> dict[str, Any]:
    """The body of the first response to the latest interaction."""
    return [request.json for request in town.env.http_requests if request.path.endswith("/callback")][-1]
