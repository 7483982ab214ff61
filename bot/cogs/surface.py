"""What every group of commands is: a cog, and what the buttons and forms do that its replies carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.pressing import Presses

Grouped = Mapping[str, Sequence[app_commands.Command[Any, ..., None]]]
"""Commands by the name of the group that they belong to."""


class Surface(commands.Cog):
    """Commands, with their buttons and forms."""

    def presses(self) -> Presses:
        """What each button or menu does, by the form of its `custom_id`."""
        return {}

    def grouped(self) -> Grouped:
        """Its commands below a name, such as `/kb`, that several cogs share. discord.py ties a group to one class, so
        that they are made of functions inside this method."""
        return {}

    def forms(self) -> Presses:
        """What happens when a form is sent."""
        return {}
