"""Questions for a quantity, and texts that state one."""

from __future__ import annotations

import re

from index.tokens import normalise

_ASKS = re.compile(
    r"\bhow (?:many|much|long|big|high|old|tall)\b"
    r"|(?:^|\s)(?:몇(?!몇)|며칠|얼마)(?!\s?년\s?전)"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATES = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}})?,?(?: \d{{4}})?\b"
    r"|\b(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}월(?: ?\d{1,2}일)?"
)
_NUMERALS = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|hundreds?|thousands?|millions?)\b"
    r"|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s|명|곡|개|팀|번)"
)


def asks_quantity(normalised: str) -> bool:
    """Whether a question (normalised) is for a number, an amount or a duration."""
    return _ASKS.search(normalised) is not None


def states_quantity(text: str) -> bool:
    """Whether a text holds a number that is no part of a date."""
    undated = _DATES.sub(" ", normalise(text))
    return _NUMERALS.search(undated) is not None
