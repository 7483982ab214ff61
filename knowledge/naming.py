"""Ids of snippets that come without one."""

from __future__ import annotations

import hashlib
import re

from knowledge.slugs import slug_of

_WORDS = 6
_LONGEST = 48
_NAMELESS = "note"
_LETTER = re.compile(r"[a-z]")


def id_for(text: str | None, text_ko: str | None) -> str:
    """The first words and a short hash of the texts, so that the same note has the same id each time it is imported:
    `golden-stayed-at-no-1-1f0c2a9b`; a note in Korean alone is `note-…`."""
    said = "\0".join((text or "", text_ko or ""))
    words = slug_of(" ".join((text or text_ko or "").split()[:_WORDS]))[:_LONGEST].strip("-")
    named = words if _LETTER.search(words) else _NAMELESS
    return f"{named}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
