"""The interactions that are being handled, so that the process ends after them and not in their midst."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.context import Interaction
from bot.replying import is_replied
from knowledge.errors import Refused

GIVING_UP_SECONDS = 1.0
"""To tell those whose interaction is given up."""

Tell = Callable[[Interaction, Refused], Awaitable[None]]
"""Says a refusal to whoever an interaction is from; never raises."""


class UnderWay:
    """Knows each task that handles an interaction. `closing` says whether the process is about to end."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[Any], Interaction] = {}
        self.closing = False

    def __len__(self) -> int:
        return len(self._tasks)

    def begin(self, interaction: Interaction) -> None:
        """Called in the task that handles it, before anything is done. Raises `Refused` once the process is about to
        end, but for a form that was sent: what somebody has written would be lost."""
        task = asyncio.current_task()
        if task is not None and task not in self._tasks:
            self._tasks[task] = interaction
            task.add_done_callback(self._tasks.pop)
        if self.closing and interaction.type is not discord.InteractionType.modal_submit:
            raise Refused("refused.stopping", "I am being restarted. Try again in a minute.")

    async def wait(self, seconds: float) -> None:
        """Until nothing is under way, or so many seconds."""
        await asyncio.sleep(0)  # so that those which have just come in have begun
        ends = asyncio.get_running_loop().time() + seconds
        while self._tasks and (left := ends - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._tasks, timeout=left, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self, seconds: float, tell: Tell) -> int:
        """Takes no more, waits until all is done, and after so many seconds gives up what is left; how many that was.
        What they write is on disk as a whole or not at all, and they are told to look."""
        self.closing = True
        await self.wait(seconds)
        given_up = dict(self._tasks)
        for task in given_up:
            task.cancel()
        if given_up:
            told = [asyncio.create_task(_tell(i, tell)) for i in given_up.values() if _waits(i)]
            await asyncio.wait({*given_up, *told}, timeout=GIVING_UP_SECONDS)
        return len(given_up)


def _waits(interaction: Interaction) -> bool:
    """Whether the person would wait for ever: nothing is on its way to them."""
    return interaction.type is not discord.InteractionType.autocomplete and not is_replied(interaction)


async def _tell(interaction: Interaction, tell: Tell) -> None:
    await tell(interaction, Refused("refused.stopped", "I am being restarted and could not finish this."))
