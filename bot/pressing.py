"""How buttons, menus and forms come back: by the form of their `custom_id` alone, so that they outlive a restart."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Self, cast

import discord
from discord import ui
from structlog.contextvars import bind_contextvars

from bot.context import Interaction
from bot.errors import ErrorPath
from bot.roles import Guard

Pressed = Callable[[Interaction, re.Match[str]], Awaitable[None]]
"""What a button does; the match of its `custom_id` holds what it carries."""

Presses = Mapping[re.Pattern[str], Pressed]

_KIND = re.compile(r"hallyu:(?P<kind>[a-z-]+)")


def kind_of(custom_id: str) -> str:
    """The word in a `custom_id` that says what it is, such as "sources"; also of the pattern of one."""
    found = _KIND.match(custom_id)
    return found["kind"] if found else ""


def dynamic_items(presses: Presses, guard: Guard, errors: ErrorPath) -> list[type[ui.DynamicItem[Any]]]:
    """To be handed to `Client.add_dynamic_items`."""
    return [_dynamic(form, pressed, guard, errors) for form, pressed in presses.items()]


def _dynamic(form: re.Pattern[str], pressed: Pressed, guard: Guard, errors: ErrorPath) -> type[ui.DynamicItem[Any]]:
    """The class of all items whose `custom_id` has this form.

    discord.py only logs what a dynamic item raises, so that the error path is called here.
    """

    class Dynamic(ui.DynamicItem[ui.Item[Any]], template=form):
        def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
            super().__init__(item)
            self.match = match

        @classmethod
        async def from_custom_id(cls, interaction: Any, item: ui.Item[Any], match: re.Match[str]) -> Self:
            return cls(item, match)

        async def callback(self, interaction: Any) -> None:
            bind_contextvars(interaction=interaction.id)
            try:
                await guard.require(interaction, f"button {kind_of(form.pattern)}")
                await pressed(interaction, self.match)
            except Exception as error:
                await errors.report(interaction, error)

    return Dynamic


class Forms:
    """Finds what to do with a form that was sent. discord.py forgets a modal at a restart, and keeps those that nobody
    ever sends; by its `custom_id` it is found like a button."""

    def __init__(self, presses: Presses, guard: Guard, errors: ErrorPath) -> None:
        self._presses = presses
        self._guard = guard
        self._errors = errors

    async def sent(self, interaction: Interaction) -> None:
        """Handles a form of ours; any other interaction is left alone."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        custom_id = str(_data(interaction).get("custom_id", ""))
        for form, pressed in self._presses.items():
            if match := form.fullmatch(custom_id):
                bind_contextvars(interaction=interaction.id)
                try:
                    await self._guard.require(interaction, f"form {kind_of(form.pattern)}")
                    await pressed(interaction, match)
                except Exception as error:
                    await self._errors.report(interaction, error)
                return


def fields_of(interaction: Interaction) -> dict[str, str]:
    """What was written into a form, by the `custom_id` of the field; of a menu the value that was chosen."""
    return dict(_fields(_data(interaction).get("components", ())))


def _fields(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if "custom_id" in component and ("value" in component or "values" in component):
            values = component.get("values") or [component.get("value") or ""]
            yield str(component["custom_id"]), str(values[0])
        inner = component.get("component")
        yield from _fields([*component.get("components", ()), *([inner] if inner else ())])


def values_of(interaction: Interaction) -> list[str]:
    """The values that were chosen in a menu."""
    return [str(value) for value in _data(interaction).get("values", ())]


def _data(interaction: Interaction) -> dict[str, Any]:
    return cast(dict[str, Any], interaction.data or {})
