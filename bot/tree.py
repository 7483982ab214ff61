"""The command tree: nobody reaches a command, a menu or its suggestions without the role that it needs."""

from __future__ import annotations

from typing import Any

import discord
import structlog
from discord import app_commands
from structlog.contextvars import bind_contextvars

from bot.context import Interaction
from bot.errors import ErrorPath
from bot.replying import offer
from bot.roles import Guard
from knowledge.errors import Refused

Tree = app_commands.CommandTree[Any]

log = structlog.stdlib.get_logger(__name__)


def guarded_tree(guard: Guard, errors: ErrorPath) -> type[Tree]:
    """The class of a tree that asks `guard` before each command and before each suggestion while one is typed."""

    class GuardedTree(app_commands.CommandTree[Any]):
        async def interaction_check(self, interaction: Interaction) -> bool:
            bind_contextvars(interaction=interaction.id)  # in the task of this interaction, and so in its log alone
            try:
                await guard.require(interaction, entry_of(interaction))
            except Exception as error:  # of which discord.py would tell the log alone
                await _turn_away(interaction, error, errors)
                return False
            return True

        async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
            await errors.report(interaction, error)

    return GuardedTree


def entry_of(interaction: Interaction) -> str:
    """The full name of the command or menu that an interaction is for, such as "kb add"."""
    data: Any = interaction.data or {}
    names, options = [str(data.get("name", ""))], data.get("options", ())
    while options and options[0].get("type") in (1, 2):  # a group's command, a group
        names.append(str(options[0]["name"]))
        options = options[0].get("options", ())
    return " ".join(names)


async def _turn_away(interaction: Interaction, error: Exception, errors: ErrorPath) -> None:
    if interaction.type is not discord.InteractionType.autocomplete:
        return await errors.report(interaction, error)
    if not isinstance(error, Refused):
        log.error("suggestions.failed", exc_info=error)
    await offer(interaction, [])
