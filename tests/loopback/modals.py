"""A modal, as Discord's own client lets a person fill it in."""

from __future__ import annotations

from typing import Any

from .options import Refused
from .wire import JSON, Part


def filled_in(parts: list[JSON], values: dict[str, Any], bypass: bool) -> list[JSON]:
    """What is submitted for the components of a modal, `values` by custom id; Refused where it does not fit."""
    return [_filled(part, values, bypass) for part in parts if part["type"] != Part.TEXT]


def _filled(part: JSON, values: dict[str, Any], bypass: bool) -> JSON:
    kind = part["type"]
    if kind == Part.ROW:
        return {"type": kind, "id": 0, "components": [_filled(inner, values, bypass) for inner in part["components"]]}
    if kind == Part.LABEL:
        return {"type": kind, "id": 0, "component": _filled(part["component"], values, bypass)}
    answer = {"type": kind, "id": 0, "custom_id": part["custom_id"]}
    if kind == Part.INPUT:
        text = values.get(part["custom_id"]) or part.get("value") or ""
        if not bypass:
            _check_text(part, text)
        return {**answer, "value": text}
    picks = values.get(part["custom_id"], [])
    if not bypass and not picks and part.get("required", True):
        raise Refused(f"{part['custom_id']} is required")
    return {**answer, "values": picks}


def _check_text(part: JSON, text: str) -> None:
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    if not text:
        if part.get("required", True):
            raise Refused(f"{part['custom_id']} is required")
    elif not least <= len(text) <= most:
        raise Refused(f"{part['custom_id']} takes {least} to {most} characters")
