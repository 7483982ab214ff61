"""The application: who the bot is, where its gateway is, and its commands."""

from __future__ import annotations

from .call import Call
from .gateway import Gateway
from .registration import SLASH, check_commands
from .wire import JSON, ApiError
from .world import World


class Application:
    """What a bot asks and sets before it connects."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    async def me(self, call: Call) -> JSON:
        return {**self._world.bot.payload(), "verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0}

    async def about(self, call: Call) -> JSON:
        bot = self._world.bot
        who = {"id": str(bot.id), "name": bot.name, "icon": None, "description": "", "bot": bot.payload()}
        owned = {"owner": self._world.owner.payload(), "team": None, "verify_key": "0" * 64, "flags": 0, "type": None}
        return {**who, **owned, "bot_public": True, "bot_require_code_grant": False}

    async def gateway(self, call: Call) -> JSON:
        total, left = self._gateway.sessions_a_day, self._gateway.sessions_left
        limit = {"total": total, "remaining": left, "reset_after": self._gateway.reset_ms, "max_concurrency": 1}
        return {"url": self._gateway.url, "shards": 1, "session_start_limit": limit}

    async def commands(self, call: Call) -> list[JSON]:
        return self._world.commands.get(self._scope(call), [])

    async def register(self, call: Call) -> list[JSON]:
        """Replaces all commands of a scope; one that stays keeps its id."""
        scope = self._scope(call)
        check_commands(call.body)
        ids = {(command["type"], command["name"]): command["id"] for command in self._world.commands.get(scope, [])}
        self._world.commands[scope] = [self._registered(command, scope, ids) for command in call.body]
        return self._world.commands[scope]

    def _scope(self, call: Call) -> int | None:
        if call["application"] != str(self._world.bot.id):
            raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
        guild = call.parts.get("guild")
        if guild and int(guild) not in self._world.guilds:
            raise ApiError(403, 50001, "Missing Access")
        return int(guild) if guild else None

    def _registered(self, command: JSON, scope: int | None, ids: dict[tuple[int, str], str]) -> JSON:
        kind = command.get("type") or SLASH
        given = {key: value for key, value in command.items() if value is not None}
        rights = command.get("default_member_permissions")
        number = ids.get((kind, command["name"])) or str(self._world.new_id())
        mine: JSON = {"id": number, "application_id": str(self._world.bot.id), "version": str(self._world.new_id())}
        mine["default_member_permissions"] = None if rights is None else str(rights)
        where = {"guild_id": str(scope)} if scope else {}
        return {"description": "", **given, **mine, **where, "type": kind}
