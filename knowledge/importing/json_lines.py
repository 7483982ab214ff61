"""JSON Lines: one note a line, an object with the fields of a corpus snippet. A source is an object or an address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from knowledge.importing.proposals import Proposal
from knowledge.importing.results import LeftOut, Place

_DEEPEST = 3
"""A note holds a list of sources, each with fields."""
_EXAMPLE = '{"text": "…", "sources": [{"url": "https://…"}]}'


def proposals(text: str) -> Iterator[Proposal | LeftOut]:
    """The lines in order; empty ones are passed over."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _proposal(Place("line", str(number)), line)


def _proposal(where: Place, line: str) -> Proposal | LeftOut:
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):  # json.loads gives up where it is nested some thousand deep
        return LeftOut(where, "import.left.no_json", {"example": _EXAMPLE})
    if not isinstance(value, dict) or _is_deeper(value, _DEEPEST):
        return LeftOut(where, "import.left.no_object", {"example": _EXAMPLE})
    return Proposal(where, value)


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects stand in each other more than `levels` deep; looks no further than that."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (levels == 0 or any(_is_deeper(item, levels - 1) for item in inner))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no key stands twice: it would say two things."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value
