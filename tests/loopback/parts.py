"""Discord's rules for single components, in messages and in modals.

From Discord's published schema of REST v10 and its component reference.
"""

from __future__ import annotations

from .fields import Field
from .wire import Part

SELECTS = (3, 5, 6, 7, 8)
IN_CONTAINER = (Part.ROW, Part.SECTION, Part.TEXT, 12, 13, Part.SEPARATOR)
TOP_LEVEL = (*IN_CONTAINER, Part.CONTAINER)
LINK = 5


def check_parts(parts: Field, allowed: tuple[int, ...]) -> None:
    """Checks every component of a list and what is in it."""
    for part in parts.each():
        check_part(part, allowed)


def check_part(part: Field, allowed: tuple[int, ...]) -> None:
    if not part["type"].among(allowed, "UNION_TYPE_CHOICES"):
        return
    match part["type"].value:
        case Part.ROW:
            _check_row(part)
        case Part.BUTTON:
            _check_button(part)
        case Part.INPUT:
            _check_input(part)
        case Part.SECTION:
            part["components"].sized(3, least=1)
            check_parts(part["components"], (Part.TEXT,))
            check_part(part["accessory"], (Part.BUTTON, Part.THUMBNAIL))
        case Part.TEXT:
            part["content"].sized(4000, least=1)
        case Part.CONTAINER:
            part["components"].sized(40, least=1)
            check_parts(part["components"], IN_CONTAINER)
        case Part.LABEL:
            part["label"].sized(45, least=1)
            part["description"].sized(100)
            check_part(part["component"], (Part.INPUT, *SELECTS))
        case kind if kind in SELECTS:
            _check_select(part)


def _check_row(row: Field) -> None:
    held = row["components"]
    held.sized(5, least=1)
    check_parts(held, (Part.BUTTON, *SELECTS))
    if any(part["type"].value in SELECTS for part in held.each()) and len(held.value) > 1:
        held.refuse("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")


def _check_button(button: Field) -> None:
    button["style"].among((1, 2, 3, 4, LINK))
    button["label"].sized(80)
    if not button["label"].value and not button["emoji"].value:
        button.refuse("BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji")
    is_link = button["style"].value == LINK
    wanted, unwanted = ("url", "custom_id") if is_link else ("custom_id", "url")
    button[wanted].sized(512 if is_link else 100, least=1)
    if button[unwanted].value:
        button[unwanted].refuse("BUTTON_COMPONENT_INVALID", f"A button of this style cannot have a {unwanted}")
    if is_link and not str(button["url"].value).startswith(("http://", "https://", "discord://")):
        button["url"].refuse("URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'discord').")


def _check_input(text: Field) -> None:
    text["custom_id"].sized(100, least=1)
    text["style"].among((1, 2))
    text["label"].sized(45)
    text["value"].sized(4000)
    text["placeholder"].sized(100)
    for bound, least in (("min_length", 0), ("max_length", 1)):
        text[bound].among((None, *range(least, 4001)))


def _check_select(select: Field) -> None:
    select["custom_id"].sized(100, least=1)
    select["placeholder"].sized(150)
    if select["type"].value != Part.SELECT:
        return
    options = select["options"]
    options.sized(25, least=1)
    for option in options.each():
        option["label"].sized(100, least=1)
        option["value"].sized(100, least=1)
        option["description"].sized(100)
    values = [option["value"].value for option in options.each()]
    options.unique(values, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The values of the options must be unique")
