"""A guild in SimCord with a channel and a few people in it: what a test does and sees goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult


class Town:
    """`env` is SimCord's world; `people` speak English unless `speaks_korean` says otherwise."""

    def __init__(self, env: simcord.Env, new_client: Callable[[], discord.Client]) -> None:
        self.env = env
        self._new_client = new_client
        self._korean: set[str] = set()
        self.guild = env.create_guild("Fans")
        self.channel = self.guild.create_text_channel("general")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))
        self._translate_interactions()

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

    def forbid_writing(self, channel: ChannelHandle) -> None:
        """Takes away everybody's right to write in a channel."""
        backend = self.env.backend
        backend.edit_channel(
            channel.id, {}, overwrites=backend.get_channel(self.read_only_channel("news").id).overwrites
        )

    def bot_leaves(self) -> None:
        """The guild uses the bot only through apps that members installed for themselves."""
        self.env.bot._connection._guilds.clear()

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
        waiting = component.get("components", []) + waiting


def shown(result: InteractionResult) -> str:
    """All text of the reply."""
    return "\n".join(c["content"] for c in components(result) if c["type"] == discord.ComponentType.text_display.value)


def labels(result: InteractionResult) -> list[str]:
    """What the buttons say."""
    return [c["label"] for c in components(result) if c["type"] == discord.ComponentType.button.value]


def first_response(town: Town) -> dict[str, Any]:
    """The body of the first response to the latest interaction."""
    return [request.json for request in town.env.http_requests if request.path.endswith("/callback")][-1]
