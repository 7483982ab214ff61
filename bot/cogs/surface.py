"""What every group of commands is: a cog, and what the buttons and forms do that its replies carry."""

from __future__ import annotations

from discord.ext import commands

from bot.pressing import Presses


class Surface(commands.Cog):
    """Commands, with their buttons and forms."""

    def presses(self) -> Presses:
        """What each button or menu does, by the form of its `custom_id`."""
        return {}

    def forms(self) -> Presses:
        """What happens when a form is sent."""
        return {}
