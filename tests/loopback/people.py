"""The users' side: what people can do with a Discord client, and what a client that cheats can (`bypass`)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from .delivery import interaction_payload
from .gateway import Gateway
from .interactions import Interactions
from .modals import filled_in
from .options import Refused, fill
from .registration import MESSAGE_MENU, SLASH
from .transcript import Transcript
from .wire import EPHEMERAL, JSON, Interaction, Part, walk
from .world import EVERYTHING, Guild, User, World


class People:
    """Sends what users do to the bot.

    Each action returns once it is answered or lost, with `wait=False` at once; `locale` overrides the user's own,
    `guild` None is a direct message. What Discord's own client would not send raises `Refused`; `bypass` sends it.
    """

    def __init__(self, world: World, gateway: Gateway, interactions: Interactions) -> None:
        self.world = world
        self.gateway = gateway
        self._interactions = interactions

    async def slash(
        self,
        guild: Guild | None,
        user: User,
        name: str,
        /,
        *,
        bypass: bool = False,
        wait: bool = True,
        locale: str | None = None,
        user_install: bool = False,
        **options: Any,
    ) -> Transcript:
        """Runs `/name`, or `/name subcommand` where `name` has a space. A file is given as its name and its bytes."""
        root, *path = name.split(" ")
        command = self._command(SLASH, guild, user, root, bypass)
        files = {name: self.world.file(*value) for name, value in options.items() if isinstance(value, tuple)}
        options |= {name: file["id"] for name, file in files.items()}
        data = {**_named(command), "options": fill(command, path, options, None, bypass)}
        if files:
            data["resolved"] = {"attachments": {file["id"]: file for file in files.values()}}
        return await self._send(Interaction.COMMAND, guild, user, data, wait, locale, user_install=user_install)

    async def autocomplete(
        self,
        guild: Guild | None,
        user: User,
        name: str,
        /,
        *,
        locale: str | None = None,
        bypass: bool = False,
        focused: str,
        text: str,
        **options: Any,
    ) -> Transcript:
        """Types `text` into the option `focused` of `/name`."""
        root, *path = name.split(" ")
        command = self._command(SLASH, guild, user, root, bypass)
        values = {**options, focused: text}
        data = {**_named(command), "options": fill(command, path, values, focused, bypass)}
        return await self._send(Interaction.AUTOCOMPLETE, guild, user, data, True, locale)

    async def menu(
        self,
        guild: Guild | None,
        user: User,
        name: str,
        message: JSON,
        /,
        *,
        bypass: bool = False,
        wait: bool = True,
        locale: str | None = None,
    ) -> Transcript:
        """Picks the entry `name` of the menu of `message`."""
        command = self._command(MESSAGE_MENU, guild, user, name, bypass)
        target = {"target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
        return await self._send(Interaction.COMMAND, guild, user, {**_named(command), **target}, wait, locale)

    async def click(
        self,
        message: JSON,
        custom_id: str,
        user: User,
        /,
        *,
        values: Sequence[str] | None = None,
        bypass: bool = False,
        wait: bool = True,
        locale: str | None = None,
    ) -> Transcript:
        """Presses a button, or picks `values` from a list."""
        parts = [part for part in walk(message["components"]) if part.get("custom_id") == custom_id]
        part = parts[0] if parts else {"type": Part.BUTTON, "disabled": True}
        if not bypass:
            self._check_reach(message, user)
            _check_use(part, values)
        data: JSON = {"custom_id": custom_id, "component_type": part["type"]}
        if values is not None:
            data["values"] = list(values)
        guild = self.world.guild_of(int(message["channel_id"]))
        return await self._send(Interaction.COMPONENT, guild, user, data, wait, locale, source=message)

    async def submit(
        self, opened: Transcript, values: dict[str, Any], /, *, bypass: bool = False, wait: bool = True
    ) -> Transcript:
        """Submits the modal that `opened` was answered with; `values` by custom id, text or a list of picks."""
        if not opened.modal:
            raise Refused("no modal is open")
        parts = filled_in(opened.modal["components"], values, bypass)
        data = {"custom_id": opened.modal["custom_id"], "components": parts}
        where = opened.guild, opened.user
        return await self._send(Interaction.MODAL, *where, data, wait, None, source=opened.source)

    def say(self, guild: Guild, user: User, text: str) -> JSON:
        """An ordinary message; a bot without the message content intent hears nothing of it."""
        message = self.world.message(guild.channel_id, user)
        message["content"] = text
        return message

    async def _send(
        self,
        kind: Interaction,
        guild: Guild | None,
        user: User,
        data: JSON,
        wait: bool,
        locale: str | None,
        *,
        source: JSON | None = None,
        user_install: bool = False,
    ) -> Transcript:
        channel = guild.channel_id if guild else self.world.direct_channel(user)
        token = secrets.token_urlsafe(60)
        transcript = Transcript(self.world.new_id(), token, kind, user, guild, channel, source)
        self._interactions.open(transcript)
        payload = interaction_payload(transcript, data, self.world, locale, user_install)
        self.gateway.dispatch("INTERACTION_CREATE", payload)
        return await transcript.over() if wait else transcript

    def _command(self, kind: int, guild: Guild | None, user: User, name: str, bypass: bool) -> JSON:
        command = self.world.command(kind, guild, name)
        if bypass:
            return command or {"id": str(self.world.new_id()), "name": name, "type": kind}
        if not command:
            raise Refused(f"no command {name!r} is registered")
        contexts = command.get("contexts")
        if contexts is not None and (0 if guild else 1) not in contexts:
            raise Refused(f"{name!r} is not offered here")
        wanted = command.get("default_member_permissions")
        held = guild.permissions(user) if guild else EVERYTHING
        if wanted is not None and (int(wanted) & ~held or (not int(wanted) and held != EVERYTHING)):
            raise Refused(f"{user.name} lacks the permissions for {name!r}")
        return command

    def _check_reach(self, message: JSON, user: User) -> None:
        """Whether `user` still sees the message."""
        invoker = message.get("interaction_metadata", {}).get("user", {}).get("id")
        if int(message["id"]) not in self.world.messages:
            raise Refused("the message is gone")
        if message["flags"] & EPHEMERAL and str(user.id) != invoker:
            raise Refused(f"{user.name} does not see this message")


def _named(command: JSON) -> JSON:
    named = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return {**named, "guild_id": command["guild_id"]} if "guild_id" in command else named


def _check_use(part: JSON, values: Sequence[str] | None) -> None:
    if part.get("disabled"):
        raise Refused("there is no such button, or it is disabled")
    offered = [option["value"] for option in part.get("options") or []]
    if (part["type"] == Part.SELECT) != (values is not None) or not set(values or ()) <= set(offered):
        raise Refused(f"{values!r} cannot be picked; offered are {offered}")
