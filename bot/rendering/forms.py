"""Forms that people fill in: a title and up to five fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from knowledge.limits import LONGEST_FIELD

TITLE = 45
"""Characters of a form's title and of a field's name that Discord takes."""

DESCRIPTION = 100


@dataclass(frozen=True, slots=True)
class Field:
    """A field of text: its id, what stands above and below it, and what stands in it. `most` are its characters."""

    id: str
    label: str
    description: str | None = None
    value: str = ""
    long: bool = False
    required: bool = False
    most: int = LONGEST_FIELD


@dataclass(frozen=True, slots=True)
class Pick:
    """A menu with one choice of several: (value, label) each."""

    id: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str | None = None


def form(title: str, custom_id: str, fields: Sequence[Field | Pick]) -> ui.Modal:
    """At most five fields, from top to bottom."""
    modal = ui.Modal(title=title[:TITLE], custom_id=custom_id, timeout=None)
    for field in fields:
        modal.add_item(_labelled(field))
    return modal


def _labelled(field: Field | Pick) -> ui.Label[ui.Modal]:
    if isinstance(field, Pick):
        options = [
            discord.SelectOption(label=label, value=value, default=value == field.chosen)
            for value, label in field.options
        ]
        return ui.Label(text=field.label[:TITLE], component=ui.Select(custom_id=field.id, options=options))
    text = ui.TextInput[ui.Modal](
        custom_id=field.id,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        default=field.value[: field.most] or None,
        required=field.required,
        max_length=field.most,
    )
    description = field.description[:DESCRIPTION] if field.description else None
    return ui.Label(text=field.label[:TITLE], description=description, component=text)
