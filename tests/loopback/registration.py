"""Discord's rules for the application commands that a bot registers in bulk."""

from __future__ import annotations

import re

from .fields import Field
from .wire import JSON, ApiError

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
SUBCOMMAND, GROUP = 1, 2
INSIDE_COMMAND = tuple(range(1, 12))
INSIDE = {SUBCOMMAND: tuple(range(3, 12)), GROUP: (SUBCOMMAND,)}
NAME = re.compile(r"[-_'\w]{1,32}")
CODES = (
    "ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk "
    "vi zh-CN zh-TW"
)
LOCALES = frozenset(CODES.split())


def check_commands(commands: list[JSON]) -> None:
    """A bulk overwrite of all commands of one scope."""
    form = Field(commands)
    for command in form.each():
        kind = command["type"].value or SLASH
        if kind == SLASH:
            _check_slash(command)
        elif command["type"].among((USER_MENU, MESSAGE_MENU)):
            _check_menu(command)
        for key, kinds in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
            _check_places(command[key], kinds)
    named = [(command.get("type") or SLASH, command.get("name")) for command in commands]
    form.unique(named, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
    form.finish()
    for kind, most in MOST.items():
        if sum(command_kind == kind for command_kind, _ in named) > most:
            raise ApiError(400, 30032, f"Maximum number of application commands reached ({most}).")


def _check_slash(command: Field) -> None:
    size = _check_option(command, INSIDE_COMMAND)
    if size > 8000:
        command.refuse("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")


def _check_menu(command: Field) -> None:
    command["name"].sized(32, least=1)
    _check_localized(command["name_localizations"], 32)
    if command["description"].value:
        command["description"].refuse("APPLICATION_COMMAND_DESCRIPTION", "Context menus cannot have descriptions")
    if command["options"].value:
        command["options"].refuse("APPLICATION_COMMAND_OPTIONS", "Context menus cannot have options")


def _check_places(places: Field, known: tuple[int, ...]) -> None:
    if places.value is not None:
        places.sized(len(known), least=1)
        for place in places.each():
            place.among(known)


def _check_option(option: Field, inside: tuple[int, ...]) -> int:
    """Checks a command or an option that holds the option types `inside`; the characters that count against 8,000."""
    _check_name(option["name"])
    for name in option["name_localizations"].entries():
        _check_name(name)
    option["description"].sized(100, least=1)
    _check_localized(option["name_localizations"], 32)
    _check_localized(option["description_localizations"], 100)
    children = option["options"]
    children.sized(25)
    _check_order(children)
    size = _check_choices(option) + sum(_longest(option, key) for key in ("name", "description"))
    for child in children.each():
        child["type"].among(inside)
        size += _check_option(child, INSIDE.get(child["type"].value, ()))
    return size


def _check_name(name: Field) -> None:
    name.sized(32, least=1)
    if isinstance(name.value, str) and (not NAME.fullmatch(name.value) or name.value != name.value.lower()):
        name.refuse("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_localized(table: Field, most: int) -> None:
    for locale, text in (table.value or {}).items():
        table[locale].sized(most, least=1)
        if locale not in LOCALES or not isinstance(text, str):
            table[locale].refuse("BASE_TYPE_CHOICES", f"{locale!r} is no locale of Discord")


def _check_order(options: Field) -> None:
    required = [bool(option["required"].value) for option in options.each()]
    if required != sorted(required, reverse=True):
        message = "Required options must be placed before non-required options"
        options.refuse("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
    names = [option["name"].value for option in options.each()]
    options.unique(names, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")


def _check_choices(option: Field) -> int:
    choices = option["choices"]
    choices.sized(25)
    for choice in choices.each():
        choice["name"].sized(100, least=1)
        _check_localized(choice["name_localizations"], 100)
    if choices.value and option["autocomplete"].value:
        option["autocomplete"].refuse("APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Choices and autocomplete exclude")
    return sum(_longest(choice, "name") + len(str(choice["value"].value)) for choice in choices.each())


def _longest(item: Field, key: str) -> int:
    """Length of the longest of a text and its localizations."""
    texts = [item[key].value or "", *(item[f"{key}_localizations"].value or {}).values()]
    return max(len(str(text)) for text in texts)
