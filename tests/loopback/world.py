"""What exists on this Discord: users, guilds, messages and the commands of one application."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .wire import JSON

DISCORD_EPOCH_MS = 1420070400000
EVERYTHING = (1 << 53) - 1
MEMBER_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
"""View and send, links and files, history, application commands."""


def now() -> str:
    """The time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def _snowflakes() -> Iterator[int]:
    """Ids in Discord's form, each with a millisecond of its own."""
    milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MS
    while True:
        milliseconds += 1
        yield milliseconds << 22


@dataclass(eq=False)
class User:
    """A person, or the bot itself; `locale` is the language of that person's client."""

    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False

    def payload(self) -> JSON:
        named = {"id": str(self.id), "username": self.name, "discriminator": "0", "global_name": self.name}
        return {**named, "avatar": None, "bot": self.bot, "flags": 0, "public_flags": 0, "primary_guild": None}


@dataclass(eq=False)
class Guild:
    """A server with one text channel; `members` maps the ids of users to their permission bits, `roles` the ids of
    roles to their name and who has them."""

    id: int
    name: str
    channel_id: int
    owner_id: int
    locale: str = "en-US"
    members: dict[int, int] = field(default_factory=dict)
    roles: dict[int, tuple[str, set[int]]] = field(default_factory=dict)

    def permissions(self, user: User) -> int:
        return EVERYTHING if user.id == self.owner_id else self.members.get(user.id, 0)

    def member(self, user: User) -> JSON:
        """The member as an interaction carries it, with its permissions."""
        held = [str(role) for role, (_, users) in self.roles.items() if user.id in users]
        joined: JSON = {"joined_at": now(), "roles": held, "nick": None, "avatar": None, "deaf": False, "mute": False}
        return {**joined, "user": user.payload(), "flags": 0, "permissions": str(self.permissions(user))}

    def channel(self) -> JSON:
        where = {"id": str(self.channel_id), "guild_id": str(self.id), "name": "general", "type": 0, "position": 0}
        return {**where, "permission_overwrites": [], "parent_id": None, "topic": None, "nsfw": False, "flags": 0}

    def partial(self) -> JSON:
        """The guild as an interaction carries it."""
        return {"id": str(self.id), "locale": self.locale, "features": []}

    def payload(self, bot: User) -> JSON:
        """The guild as GUILD_CREATE carries it to `bot`."""
        everyone = {"id": str(self.id), "name": "@everyone", "permissions": str(MEMBER_PERMISSIONS), "position": 0}
        plain: JSON = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
        others = [
            {"id": str(role), "name": name, "permissions": "0", "position": 1, **plain}
            for role, (name, _) in self.roles.items()
        ]
        contents = {
            "roles": [{**everyone, **plain}, *others],
            "channels": [self.channel()],
            "members": [self.member(bot)],
            "threads": [],
        }
        state = {"owner_id": str(self.owner_id), "unavailable": False, "member_count": len(self.members)}
        return {**contents, **state, "id": str(self.id), "name": self.name, "preferred_locale": self.locale}


class World:
    """Everything that is stored; no rule and no network lives here."""

    def __init__(self) -> None:
        self._ids = _snowflakes()
        self.bot = User(self.new_id(), "hallyu", bot=True)
        self.owner = User(self.new_id(), "owner")
        self.users = {user.id: user for user in (self.bot, self.owner)}
        self.guilds: dict[int, Guild] = {}
        self.direct: dict[int, User] = {}  # channel id -> the person on the other side
        self.messages: dict[int, JSON] = {}
        self.files: dict[int, tuple[str, bytes]] = {}
        self.files_url = ""
        self.commands: dict[int | None, list[JSON]] = {}  # guild id, or None for the global ones

    def new_id(self) -> int:
        return next(self._ids)

    def user(self, name: str, *guilds: Guild, locale: str = "en-US", permissions: int = 0) -> User:
        """A new person, a member of `guilds` with the usual permissions and these `permissions` besides."""
        user = User(self.new_id(), name, locale)
        self.users[user.id] = user
        for guild in guilds:
            guild.members[user.id] = MEMBER_PERMISSIONS | permissions
        return user

    def guild(self, name: str, locale: str = "en-US") -> Guild:
        """A new server that the bot is a member of."""
        guild = Guild(self.new_id(), name, self.new_id(), self.owner.id, locale)
        guild.members = {self.bot.id: MEMBER_PERMISSIONS, self.owner.id: EVERYTHING}
        self.guilds[guild.id] = guild
        return guild

    def guild_of(self, channel_id: int) -> Guild | None:
        return next((guild for guild in self.guilds.values() if guild.channel_id == channel_id), None)

    def direct_channel(self, user: User) -> int:
        """The id of the direct channel between the bot and `user`."""
        known = next((channel for channel, other in self.direct.items() if other is user), None)
        channel = known or self.new_id()
        self.direct[channel] = user
        return channel

    def role(self, guild: Guild, name: str, *users: User) -> int:
        """The id of a new role that these users have; made before the bot connects."""
        role = self.new_id()
        guild.roles[role] = (name, {user.id for user in users})
        return role

    def file(self, name: str, data: bytes) -> JSON:
        """A new file on the CDN, as an attachment carries it."""
        number = self.new_id()
        self.files[number] = (name, data)
        url = f"{self.files_url}/{number}/{name}"
        return {"id": str(number), "filename": name, "size": len(data), "url": url, "proxy_url": url}

    def message(self, channel_id: int, author: User, flags: int = 0) -> JSON:
        """A new, empty message; it is stored."""
        number = self.new_id()
        where = {"id": str(number), "channel_id": str(channel_id), "author": author.payload(), "type": 0}
        content = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": flags}
        pings = {"mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False}
        times = {"timestamp": now(), "edited_timestamp": None}
        self.messages[number] = {**where, **content, **pings, **times}
        return self.messages[number]

    def command(self, kind: int, guild: Guild | None, name: str) -> JSON | None:
        """The synced command of that kind and name; a guild's own hides the global one."""
        scopes = ([guild.id] if guild else []) + [None]
        for scope in scopes:
            for command in self.commands.get(scope, []):
                if command["type"] == kind and command["name"] == name:
                    return command
        return None
