"""What a rendered page holds, and the limits that Discord puts on it."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.rendering.markdown import length


def text_of(view: ui.LayoutView) -> str:
    """All text, one block under the other."""
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


def buttons_of(view: ui.LayoutView) -> dict[str | None, str | None]:
    """What each button says, and what it sends."""
    return {item.label: item.custom_id for item in view.walk_children() if isinstance(item, ui.Button)}


def options_of(view: ui.LayoutView) -> dict[str, str]:
    """What each option of a menu says, and what it sends."""
    menus = [item for item in view.walk_children() if isinstance(item, ui.Select)]
    return {option.label: option.value for menu in menus for option in menu.options}


def broken_limits(view: ui.LayoutView) -> list[str]:
    """Which of Discord's limits for Components V2 the page breaks."""
    items = list(view.walk_children())
    texts = [item.content for item in items if isinstance(item, ui.TextDisplay)]
    ids = [item.custom_id for item in items if isinstance(item, ui.Button | ui.Select)]
    rules = {
        "40 components": len(items) <= 40,
        "4,000 characters": sum(map(length, texts)) <= 4000,
        "no empty text": all(text.strip() for text in texts),
        "custom ids of 1 to 100": all(1 <= length(id or "") <= 100 for id in ids),
        "custom ids differ": len(set(ids)) == len(ids),
        "labels of 1 to 80": all(0 < length(label) <= 80 and label.strip() for label in _labels(items)),
        "1 to 5 buttons or one menu in a row": all(
            1 <= len(i.children) <= 5 for i in items if isinstance(i, ui.ActionRow)
        ),
        "1 to 25 options that differ": all(_is_menu(item) for item in items if isinstance(item, ui.Select)),
    }
    return [rule for rule, kept in rules.items() if not kept]


def _labels(items: list[ui.Item[Any]]) -> list[str]:
    return [item.label or "" for item in items if isinstance(item, ui.Button)]


def _is_menu(menu: ui.Select[Any]) -> bool:
    values = [option.value for option in menu.options]
    labels = [option.label for option in menu.options]
    return 1 <= len(set(values)) == len(values) <= 25 and all(0 < length(text) <= 100 for text in values + labels)
