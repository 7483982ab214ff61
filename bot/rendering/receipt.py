"""A receipt (`Why?`) as lines for people.

A receipt is JSON whose keys belong to retrieval: those that the catalogue knows are named in the person's language,
others as they are, so that a new feature needs no change here. A list of records becomes one bullet a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.catalogue import Voice
from bot.rendering.markdown import fit

_VALUE = 300
"""UTF-16 units of one line."""


def receipt_lines(receipt: Mapping[str, Any], voice: Voice) -> list[str]:
    """One line a field, deeper fields under it."""
    return list(_fields(receipt, 0, voice))


def _fields(fields: Mapping[str, Any], depth: int, voice: Voice) -> Iterator[str]:
    for key, value in fields.items():
        name = f"{'  ' * depth}{'- ' if depth else ''}**{fit(_name(key, voice), 60)}**"
        if depth < 2 and isinstance(value, Mapping) and value:
            yield name
            yield from _fields(value, depth + 1, voice)
        elif depth < 2 and _is_records(value):
            yield name
            yield from (f"{'  ' * depth}- {_words(record, voice)}" for record in value)
        else:
            yield f"{name}: {_words(value, voice)}"


def _is_records(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(v, Mapping) for v in value)


def _name(key: str, voice: Voice) -> str:
    known = f"receipt.{key}"
    return voice.say(known) if known in voice else key.replace("_", " ")


def _words(value: Any, voice: Voice) -> str:
    return fit(_plain(value, voice), _VALUE)


def _plain(value: Any, voice: Voice) -> str:
    match value:
        case None:
            return voice.say("receipt.none")
        case bool():
            return voice.say("receipt.yes" if value else "receipt.no")
        case float():
            return f"{value:.3g}"
        case str() | int():
            return str(value)
        case Mapping():
            parts = (f"{_name(str(key), voice)} {_plain(inner, voice)}" for key, inner in value.items())
            return ", ".join(parts) or voice.say("receipt.none")
        case _:
            return ", ".join(_plain(inner, voice) for inner in value) or voice.say("receipt.none")
