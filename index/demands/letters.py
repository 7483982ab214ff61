"""Questions for the words behind the letters of a name, and texts that give them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.tokens import normalise

_LETTERS = re.compile(r"\bstands? for\b|\bshort for\b|\babbreviation\b|\bacronym\b|약자|줄임말|줄인 말|이니셜")
_SPELT_OUT = re.compile(_LETTERS.pattern + r"|\binitials?\b|\babbreviat|줄인|줄여|머리글자|이름을 딴|따서|뜻하")


def asks_letters(normalised: str) -> bool:
    """Whether a question (normalised) is for the words behind the letters of a name."""
    return _LETTERS.search(normalised) is not None


def spells_out(text: str, asks: Iterable[str]) -> bool:
    """Whether a text says what letters stand for, or one of the ways to ask for it does."""
    return _SPELT_OUT.search(normalise(text)) is not None or any(asks_letters(normalise(ask)) for ask in asks)
