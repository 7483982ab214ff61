"""A client that asks nobody: it sends any interaction as anybody, allowed and offered or not."""

from __future__ import annotations

from typing import Any

from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.backend.command_access import command_access
from simcord.builders import ChannelHandle, UserHandle
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from fakes.town import Town

Person = MemberActor | UserHandle

_COMMAND, _PRESS, _AUTOCOMPLETE, _FORM = 2, 3, 4, 5


class Cheat:
    """Sends interactions of one person in one channel. Discord's own client would check much of it first."""

    def __init__(self, town: Town, person: Person, channel: ChannelHandle) -> None:
        self._town = town
        self._person = person
        self._channel = channel

    def is_offered(self, name: str, type: int = 1) -> bool:
        """Whether an honest client would show the person the command or menu."""
        backend = self._town.env.backend
        found = backend.find_command(name, getattr(self._person, "guild", None) and self._person.guild.id, type=type)
        return command_access(backend, found, user_id=self._person.id, channel_id=self._channel.id).allowed

    async def command(self, name: str) -> InteractionResult:
        return await self._send(_COMMAND, _nested(name, []))

    async def menu(self, name: str) -> InteractionResult:
        backend = self._town.env.backend
        message = backend.create_message(self._channel.id, self._person.id, "text")
        resolved = {"messages": {str(message.id): dict(serializers.message_payload(backend, message))}}
        data = {"id": "1", "name": name, "type": 3, "target_id": str(message.id), "resolved": resolved}
        return await self._send(_COMMAND, data)

    async def type(self, name: str, option: str, typed: str = "a") -> InteractionResult:
        """Types into an option that makes suggestions."""
        focused = {"name": option, "type": 3, "value": typed, "focused": True}
        return await self._send(_AUTOCOMPLETE, _nested(name, [focused]))

    async def press(self, custom_id: str) -> InteractionResult:
        backend = self._town.env.backend
        button = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id, "id": 2}
        rows = [{"type": 1, "id": 1, "components": [button]}]
        message = backend.create_message(self._channel.id, backend.bot_user.id, "x", components=rows)
        extra = {"message": dict(serializers.message_payload(backend, message))}
        return await self._send(_PRESS, {"custom_id": custom_id, "component_type": 2}, extra, message.id)

    async def form(self, custom_id: str) -> InteractionResult:
        return await self._send(_FORM, {"custom_id": custom_id, "components": []})

    async def _send(
        self, type: int, data: dict[str, Any], extra: dict[str, Any] | None = None, message: int | None = None
    ) -> InteractionResult:
        env, guild = self._town.env, getattr(self._person, "guild", None)
        record, payload = base_payload(
            env.backend,
            type=type,
            channel_id=self._channel.id,
            guild_id=guild.id if guild else None,
            user_id=self._person.id,
            data=data,
        )
        record.source_message_id = message
        env.backend.emit("INTERACTION_CREATE", payload | (extra or {}))
        await env.settle(idle=0.002)
        return InteractionResult(env, record)


def _nested(name: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    root, *path = name.split()
    for inner in reversed(path):
        options = [{"name": inner, "type": 1, "options": options}]
    return {"id": "1", "name": root, "type": 1, "options": options}
