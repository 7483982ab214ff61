"""The meanings that a question may have had, as buttons or, if there are many, as a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.rendering import custom_ids, limits
from bot.rendering.layout import Press, row
from bot.rendering.markdown import cut
from index.results import Choice


def choice_row(choices: Sequence[Choice], placeholder: str) -> ui.ActionRow[Any] | None:
    """One button or option a meaning, at most 25; None if there is nothing to choose.

    A choice whose id is no entity id could not be read back and is left out.
    """
    known = [choice for choice in choices if custom_ids.is_entity(choice.entity)]
    labels = {choice.entity: cut(choice.label, limits.LABEL) or choice.entity for choice in known}
    offered = list(labels.items())[: limits.CHOICES]
    if not offered:
        return None
    if len(offered) <= limits.BUTTONS_IN_A_ROW:
        return row([Press(label, custom_ids.choice(entity)) for entity, label in offered])
    options = [discord.SelectOption(label=label, value=entity) for entity, label in offered]
    return ui.ActionRow(ui.Select(custom_id=custom_ids.choices(), placeholder=placeholder, options=options))


def chosen(message: discord.Message, custom_id: str, values: Sequence[str]) -> str | None:
    """What the button `custom_id` on a card says, or the option of its menu that `values` names."""
    for item in ui.LayoutView.from_message(message, timeout=None).walk_children():
        match item:
            case ui.Button() if item.custom_id == custom_id:
                return item.label
            case ui.Select() if item.custom_id == custom_id:
                return next((option.label for option in item.options if option.value in values), None)
    return None


def clarified(question: str, label: str) -> str:
    """The question with the chosen meaning said outright."""
    return f"{question} ({label})"
