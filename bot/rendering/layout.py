"""A page of Components V2: blocks of text and rows of buttons in one frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.rendering.shortening import shorten

Block = str | ui.Item[Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it says and what comes back when it is pressed (see `bot.rendering.custom_ids`)."""

    label: str
    custom_id: str
    primary: bool = False


def page(blocks: Sequence[Block | None]) -> ui.LayoutView:
    """All blocks that there are, one under the other; Discord takes no empty ones. Nothing on it is kept in memory
    once it is sent: presses are told apart by their `custom_id` alone, so that they work after a restart too."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*(item for block in blocks if (item := _item(block)) is not None)))
    shorten(view)
    return view


def row(presses: Sequence[Press]) -> ui.ActionRow[Any]:
    """Up to five buttons beside each other."""
    return ui.ActionRow(*(_button(press) for press in presses))


def beside(text: str, press: Press) -> ui.Section[Any]:
    """A text with a button at its right. Three components."""
    return ui.Section(text, accessory=_button(press))


def sentence(text: str) -> ui.LayoutView:
    """A short reply without a frame. `text` is ours, or escaped."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    return view


def small(text: str) -> str:
    """Subtext: smaller and grey. `text` is one line."""
    return f"-# {text}"


def _item(block: Block | None) -> ui.Item[Any] | None:
    if isinstance(block, str):
        return ui.TextDisplay(block) if block.strip() else None
    return block


def _button(press: Press) -> ui.Button[Any]:
    style = discord.ButtonStyle.primary if press.primary else discord.ButtonStyle.secondary
    return ui.Button(label=press.label, custom_id=press.custom_id, style=style)
