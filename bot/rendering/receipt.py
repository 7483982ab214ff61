"""A receipt (`Why?`) as lines for people.

A receipt is JSON whose keys belong to retrieval: those that the catalogue knows are named in the person's language
(`receipt.*`, and `evidence.*` inside a record), others as they are, so that a new feature needs no change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.catalogue import Voice
from bot.rendering.markdown import fit

_NAME = 60
_VALUE = 300
"""UTF-16 units of a field's name and of what is in it."""


def receipt_lines(receipt: Mapping[str, Any], voice: Voice) -> list[str]:
    """One line a field in Discord's Markdown; a list of records becomes one bullet a record."""
    lines = []
    for name, values in receipt_fields(receipt, voice):
        bold = f"**{fit(name, _NAME)}**"
        plain = [fit(value, _VALUE) for value in values]
        lines += [f"{bold}: {plain[0]}"] if isinstance(values, tuple) else [bold, *(f"- {value}" for value in plain)]
    return lines


def receipt_fields(receipt: Mapping[str, Any], voice: Voice) -> Iterator[tuple[str, tuple[str] | list[str]]]:
    """The fields in plain words: a name with the one thing it holds, or with a list of records."""
    for key, value in receipt.items():
        name = _name("receipt", key, voice)
        if _is_records(value):
            yield name, [_plain(record, voice) for record in value]
        else:
            yield name, (_plain(value, voice),)


def _is_records(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(v, Mapping) for v in value)


def _name(section: str, key: str, voice: Voice) -> str:
    known = f"{section}.{key}"
    return voice.say(known) if known in voice else key.replace("_", " ")


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
            return _record(value, voice)
        case _:
            return ", ".join(_plain(inner, voice) for inner in value) or voice.say("receipt.none")


def _record(record: Mapping[str, Any], voice: Voice) -> str:
    """What there is of a record: features that are nought say nothing."""
    parts = (f"{_name('evidence', key, voice)} {_plain(value, voice)}" for key, value in record.items() if value)
    return " · ".join(parts) or voice.say("receipt.none")
