"""Texts without what nobody sees: pages and spreadsheets are full of it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_PICTURE = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff"
_JOINER = re.compile(f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])")
"""Between two emoji it makes one of them; anywhere else it hides."""


def clean(text: str) -> str:
    """`text` in Unicode's composed form, without control, bidi, zero-width and private characters and lone surrogates;
    line breaks become `\\n`, tabs spaces. Cleaning twice is cleaning once."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    joiners = {match.start() for match in _JOINER.finditer(text)}
    kept = (c for at, c in enumerate(text) if c == "\n" or at in joiners or unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", "".join(kept))


def cleaned(value: Any) -> Any:
    """`value` with every text in it cleaned, and without fields that hold nothing. As deep as the value, which its
    reader has bounded."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        fields = {clean(key): cleaned(item) for key, item in value.items()}
        return {key: item for key, item in fields.items() if not _is_blank(item)}
    return value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
