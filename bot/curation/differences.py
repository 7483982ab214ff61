"""What is different between two versions of a note, word by word and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.models import LANGUAGES, Language, Snippet

Fate = Literal["same", "gone", "new"]

Field = Literal["status", "kind", "as_of", "valid_until", "topic", "entities", "asks", "sources"]
FIELDS: tuple[Field, ...] = ("status", "kind", "as_of", "valid_until", "topic", "entities", "asks", "sources")
"""What a note holds beside its texts and ids, in the order in which changes are told."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text and what became of them."""

    fate: Fate
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field no longer holds, and what it holds instead; of a list only the entries that came and went."""

    field: Field
    gone: tuple[object, ...]
    new: tuple[object, ...]


def words_changed(before: str, after: str) -> list[Piece]:
    """The words of both texts in order (Ratcliff and Obershelp, as in `difflib`); what went stands before what came
    in its place. One piece, "same", where nothing has changed."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", tuple(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", tuple(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", tuple(new[j1:j2])))
    return pieces


def texts_changed(before: Snippet | None, after: Snippet | None) -> Iterator[tuple[Language, list[Piece]]]:
    """The changes of the text of each language; of a note that came or went all of it."""
    for language in LANGUAGES:
        old = (before.text_in(language) if before else None) or ""
        new = (after.text_in(language) if after else None) or ""
        if old != new:
            yield language, words_changed(old, new)


def fields_changed(before: Snippet, after: Snippet) -> Iterator[FieldChange]:
    """The fields that differ."""
    for field in FIELDS:
        old, new = _entries(getattr(before, field)), _entries(getattr(after, field))
        if old != new:
            gone = tuple(entry for entry in old if entry not in new)
            came = tuple(entry for entry in new if entry not in old)
            if gone or came:
                yield FieldChange(field, gone, came)


def _entries(held: object) -> Sequence[object]:
    if isinstance(held, Sequence) and not isinstance(held, str):
        return tuple(held)
    return () if held is None else (held,)
