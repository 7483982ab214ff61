"""Questions for a person or a body, and the words of a text that are parts of names."""

from __future__ import annotations

import re

from index.demands.dates import MONTHS
from index.tokens import normalise

_WHO = re.compile(
    r"(?:^|[,.;:] ?|\band )(?:(?:about|by|for|from|of|to|with) )?who(?:m|se|'s)?\b"
    r"|(?:^|\s)(?:누구(?!나)|누가|누군|누굴)"
)


_PROPER = re.compile(r"(?<![.!?:\"“] )(?<!^)\b[A-Z][\w'’-]+")
CALENDAR = re.compile(rf"(?:{MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)")
"""The months and the days of the week, which are written with a capital and are no names."""


def proper_words(text: str) -> frozenset[str]:
    """The English words, normalised, that are written with a capital inside a sentence: parts of names. Months and days
    of the week are none."""
    words = {normalise(word).removesuffix("'s") for word in _PROPER.findall(text)}
    return frozenset(word for word in words if not CALENDAR.fullmatch(word))


def asks_somebody(normalised: str) -> bool:
    """Whether a question (normalised) is for a person or a body."""
    return _WHO.search(normalised) is not None
