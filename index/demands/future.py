"""Questions for what has not happened yet."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"\b(?:going to|gonna|upcoming|tomorrow|tonight|this (?:week|weekend))\b"
    r"|(?<!^)\bwill\b(?! (?:you|someone|anyone)\b)|\bnext (?!to\b)"
    r"|(?:^|\s)(?:오늘(?:은|의|밤)?(?=\s)|이번 ?주(?!년)|다음에|다음번|다음 (?!중)[가-힣]|앞으로|내년|차기|언젠가)"
    r"|(?:[할될갈올]|나올|받을|열릴|바뀔)(?:까|거야|건가|예정)"
    r"|언제 (?:나와요?|나오나요?|열려요?|열리나요?|와요?|오나요?|해요?|하나요?)\??$"
)
"""The last: "when does it come out" in the present is for what is to come."""


_WAS_TO_COME = re.compile(r"\b(?:was|were)\b[^,.;:?]* (?:going to|gonna)\b")


def asks_future(normalised: str) -> bool:
    """Whether a question is for what has not happened yet, or is going on these days; a plan of the past is neither."""
    return _FUTURE.search(_WAS_TO_COME.sub(" ", normalised)) is not None
