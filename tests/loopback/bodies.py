"""Discord's rules for the bodies of messages, modals and autocomplete answers."""

from __future__ import annotations

from typing import Any

from .fields import Field
from .parts import TOP_LEVEL, check_part, check_parts
from .wire import COMPONENTS_V2, JSON, ApiError, Part, walk

TEXT_BYTES = 10_170
"""UTF-8 bytes of all text components, 12 more for each, past which Discord answers 500 instead of 50035.

Not documented; measured in https://github.com/discord/discord-api-docs/issues/8554. 3,400 Hangul syllables reach it.
"""


def check_message(body: JSON, path: tuple[str, ...] = (), before: JSON | None = None) -> None:
    """A message to send, or the change of the message `before`; `path` leads to it in the request."""
    form = Field(body, path)
    flags = (body.get("flags") or 0) | (before["flags"] if before else 0)
    kept = {"content": None, "embeds": None, **(before or {}), **body}
    form["content"].sized(2000)
    form["embeds"].sized(10)
    _check_embeds(form["embeds"])
    if flags & COMPONENTS_V2:
        _check_layout(form, kept)
    else:
        form["components"].sized(5)
        check_parts(form["components"], (Part.ROW,))
    _check_ids(form["components"])
    form.finish()
    if not any(kept.get(key) for key in ("content", "embeds", "components")):
        raise ApiError(400, 50006, "Cannot send an empty message")
    _check_bytes(body)


def _check_layout(form: Field, kept: JSON) -> None:
    """Components V2: text stands in components alone, 40 components and 4,000 characters in all."""
    for key in ("content", "embeds"):
        if kept[key]:
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            form[key].refuse(code, f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
    parts = form["components"]
    check_parts(parts, TOP_LEVEL)
    everything = list(walk(parts.value or []))
    if len(everything) > 40:
        parts.refuse("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components exceeds 40")
    if sum(len(part.get("content") or "") for part in everything) > 4000:
        parts.refuse("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Displayable text exceeds 4000 characters")


def _check_embeds(embeds: Field) -> None:
    total = 0
    for embed in embeds.each():
        embed["title"].sized(256)
        embed["description"].sized(4096)
        embed["fields"].sized(25)
        texts: list[Any] = [embed["title"], embed["description"], embed["footer"]["text"], embed["author"]["name"]]
        for field in embed["fields"].each():
            field["name"].sized(256, least=1)
            field["value"].sized(1024, least=1)
            texts += [field["name"], field["value"]]
        total += sum(len(text.value or "") for text in texts)
    if total > 6000:
        embeds.refuse("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _check_ids(parts: Field) -> None:
    everything = list(walk(parts.value or []))
    for key in ("custom_id", "id"):
        used = [part[key] for part in everything if part.get(key)]
        parts.unique(used, f"COMPONENT_{key.upper()}_DUPLICATED", f"Component {key} cannot be duplicated")


def _check_bytes(body: JSON) -> None:
    texts = [part["content"] for part in walk(body.get("components") or []) if part["type"] == Part.TEXT]
    if sum(len(text.encode()) + 12 for text in texts) > TEXT_BYTES:
        raise ApiError(500, 0, "500: Internal Server Error")


def check_modal(data: JSON) -> None:
    form = Field(data, ("data",))
    form["title"].sized(45, least=1)
    form["custom_id"].sized(100, least=1)
    form["components"].sized(5, least=1)
    for part in form["components"].each():
        if part["type"].value == Part.ROW:
            part["components"].sized(1, least=1)
            check_parts(part["components"], (Part.INPUT,))
        else:
            check_part(part, (Part.LABEL, Part.TEXT))
    _check_ids(form["components"])
    form.finish()


def check_choices(data: JSON) -> None:
    """The answer to an autocomplete."""
    form = Field(data, ("data",))
    form["choices"].sized(25)
    for choice in form["choices"].each():
        choice["name"].sized(100, least=1)
        choice["value"].sized(100)
    form.finish()
