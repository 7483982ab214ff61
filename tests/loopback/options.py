"""The options of a command, as Discord's own client lets a person fill them in."""

from __future__ import annotations

from typing import Any

from .registration import GROUP, SUBCOMMAND
from .wire import JSON

VALUES: dict[int, type | tuple[type, ...]] = {3: str, 4: int, 5: bool, 10: (int, float), 11: str}
"""Option types that can be filled in, and what they take."""


class Refused(Exception):
    """Discord's own client would not send this."""


def fill(command: JSON, path: list[str], values: JSON, focused: str | None, bypass: bool) -> list[JSON]:
    """The options of an interaction with `command`, for the subcommand at `path`.

    `focused` names the option that is being typed for an autocomplete. With `bypass` everything is sent as it is.
    """
    if path:
        inner = next((option for option in command.get("options", []) if option["name"] == path[0]), None)
        if not inner or inner["type"] not in (SUBCOMMAND, GROUP):
            raise Refused(f"{command['name']!r} has no subcommand {path[0]!r}")
        options = fill(inner, path[1:], values, focused, bypass)
        return [{"name": path[0], "type": inner["type"], "options": options}]
    known = {option["name"]: option for option in command.get("options", [])}
    if not bypass:
        _check(known, values, focused)
    return [_filled(known.get(name, {"type": 3}), name, value, focused) for name, value in values.items()]


def _filled(option: JSON, name: str, value: Any, focused: str | None) -> JSON:
    filled = {"name": name, "type": option["type"], "value": value}
    return {**filled, "focused": True} if name == focused else filled


def _check(known: dict[str, JSON], values: JSON, focused: str | None) -> None:
    if unknown := set(values) - set(known):
        raise Refused(f"no such option: {sorted(unknown)}")
    for name, option in known.items():
        if name == focused:
            if not option.get("autocomplete"):
                raise Refused(f"{name} completes nothing")
        elif name in values:
            _check_value(option, values[name])
        elif option.get("required") and not focused:
            raise Refused(f"{name} is required")


def _check_value(option: JSON, value: Any) -> None:
    name, kind = option["name"], VALUES.get(option["type"])
    if not kind or not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Refused(f"{name} does not take {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise Refused(f"{name} does not offer {value!r}")
    if kind is bool:
        return
    unit, size = ("length", len(value)) if isinstance(value, str) else ("value", value)
    least, most = option.get(f"min_{unit}"), option.get(f"max_{unit}", 6000 if kind is str else None)
    if (least is not None and size < least) or (most is not None and size > most):
        raise Refused(f"{name}: {size} is not between {least} and {most}")
