"""Who may do what: the role that each command, menu, button and form needs, and the one place that checks it.

Discord's own permissions on commands are a default that admins override and a modified client ignores, so that every
entry is checked here, a form once more when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from bot.admission import Admission
from bot.context import Interaction, roles_of, scope_of
from bot.curation.guilds import GuildLife
from knowledge.errors import Refused
from knowledge.guilds import GuildSettings


class Role(IntEnum):
    """What somebody is where they use the bot; each may do what those before it may."""

    ANYONE = 0
    """Anywhere, also in a direct message."""
    MEMBER = 1
    """In a server that has added the bot."""
    MODERATOR = 2
    """With one of the roles that `/setup` names."""
    ADMIN = 3
    """With the permission Manage Server."""


NEEDS: Mapping[str, Role] = {
    "ask": Role.ANYONE,
    "topics": Role.ANYONE,
    "help": Role.ANYONE,
    "Answer this": Role.ANYONE,
    "button sources": Role.ANYONE,
    "button why": Role.ANYONE,
    "button vote": Role.ANYONE,
    "button share": Role.ANYONE,
    "button choice": Role.ANYONE,
    "button choices": Role.ANYONE,
    "kb add": Role.MODERATOR,
    "kb edit": Role.MODERATOR,
    "Save as knowledge": Role.MODERATOR,
    "form note": Role.MODERATOR,
    "button again": Role.MODERATOR,
    "button decide": Role.MODERATOR,
    "button cancel": Role.MODERATOR,
    "button edit": Role.MODERATOR,
    "button more": Role.MODERATOR,
    "kb import": Role.MODERATOR,
    "kb export": Role.MODERATOR,
    "button import": Role.MODERATOR,
    "button take-back": Role.MODERATOR,
    "privacy show": Role.ANYONE,
    "privacy delete": Role.ANYONE,
    "button forget": Role.ANYONE,
    "setup": Role.ADMIN,
    "status": Role.ADMIN,
    "button status": Role.ADMIN,
    "button setup-roles": Role.ADMIN,
    "button setup-log": Role.ADMIN,
    "button setup-switch": Role.ADMIN,
    "kb remove": Role.MODERATOR,
    "kb restore": Role.MODERATOR,
    "kb history": Role.MODERATOR,
    "name add": Role.MODERATOR,
    "name alias": Role.MODERATOR,
    "name show": Role.MODERATOR,
    "button undo": Role.MODERATOR,
    "button remove": Role.MODERATOR,
    "button history": Role.MODERATOR,
    "kb list": Role.MODERATOR,
    "kb search": Role.MODERATOR,
    "kb show": Role.MODERATOR,
    "kb stale": Role.MODERATOR,
    "button list": Role.MODERATOR,
    "button found": Role.MODERATOR,
    "button stale": Role.MODERATOR,
    "button show": Role.MODERATOR,
    "suggest": Role.MEMBER,
    "button suggest-again": Role.MEMBER,
    "form suggestion": Role.MEMBER,
    "form reason": Role.MEMBER,
    "button tell": Role.MEMBER,
    "kb queue": Role.MODERATOR,
    "button queue": Role.MODERATOR,
    "button answer-this": Role.MODERATOR,
    "button dismiss": Role.MODERATOR,
    "button settle": Role.MODERATOR,
    "kb review": Role.MODERATOR,
    "button approve": Role.MODERATOR,
    "button edit-proposal": Role.MODERATOR,
    "button reject": Role.MODERATOR,
    "form reject": Role.MODERATOR,
    "button skip": Role.MODERATOR,
    "button whole-import": Role.MODERATOR,
    "button whole-import-sure": Role.MODERATOR,
    "button stop-import": Role.MODERATOR,
    "button review": Role.MODERATOR,
}
"""The least role for every entry: commands and message menus by name, buttons and forms by the word in their
`custom_id`. What is missing here is for admins alone."""

_SENTENCES = {
    Role.MEMBER: ("refused.guild_only", "This works only in a server that has added the bot."),
    Role.MODERATOR: ("refused.moderators_only", "Only moderators can do this here."),
    Role.ADMIN: ("refused.admins_only", "Only who may manage this server can do this."),
}


def role_of(interaction: Interaction, settings: GuildSettings) -> Role:
    """The highest role of the person, as the interaction itself says: it carries their roles and permissions."""
    if scope_of(interaction).guild is None:
        return Role.ANYONE
    permissions = interaction.permissions
    if permissions.manage_guild or permissions.administrator:
        return Role.ADMIN
    return Role.MEMBER if roles_of(interaction).isdisjoint(settings.moderators) else Role.MODERATOR


class Guard:
    """Refuses what somebody may not do, or not now."""

    def __init__(
        self, guilds: GuildLife, needs: Mapping[str, Role] = NEEDS, admission: Admission | None = None
    ) -> None:
        self._guilds = guilds
        self._needs = needs
        self._admission = admission or Admission()

    async def require(self, interaction: Interaction, entry: str) -> None:
        """Raises `Refused` with the sentence for the person who may not use this entry. Called in the task that handles
        the interaction, before anything else is done there."""
        self._admission.begin(interaction)
        needed = self._needs.get(entry, Role.ADMIN)
        if needed > await self.role(interaction):
            raise Refused(*_SENTENCES[needed])
        self._admission.charge(interaction, entry)

    async def role(self, interaction: Interaction) -> Role:
        """What the person is in the guild of the interaction now."""
        guild = scope_of(interaction).guild
        return role_of(interaction, await self._guilds.settings(guild) if guild else GuildSettings())
