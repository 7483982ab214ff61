"""What both sides of the wire share: flags, kinds, error answers and walking a tree of components."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

JSON = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences and message content: a bot must be granted these by hand."""


class Interaction(IntEnum):
    """What a user did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """What a first response is."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class Part(IntEnum):
    """A kind of component; the four other select menus sit between INPUT and SECTION."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    INPUT = 4
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


class ApiError(Exception):
    """An error answer of the API: its status and Discord's JSON."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status = status
        self.body: JSON = {"message": message, "code": code, **more}


def walk(components: list[JSON]) -> Iterator[JSON]:
    """Every component of a tree, parents before their children."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


def text_of(message: JSON) -> str:
    """All text a reader sees in a message's content, embeds and text components, a line each."""
    embedded = [embed.get(key) for embed in message["embeds"] for key in ("title", "description")]
    shown = [part["content"] for part in walk(message["components"]) if part["type"] == Part.TEXT]
    return "\n".join(text for text in (message["content"], *embedded, *shown) if text)


def links_of(message: JSON) -> list[str]:
    """The addresses of a message's link buttons."""
    return [part["url"] for part in walk(message["components"]) if part.get("url")]


def button_id(message: JSON, label: str) -> str:
    """The custom id of the button whose label contains `label`."""
    for part in walk(message["components"]):
        if part["type"] == Part.BUTTON and label in (part.get("label") or "") and part.get("custom_id"):
            return str(part["custom_id"])
    raise LookupError(f"no button {label!r} in {text_of(message)!r}")
