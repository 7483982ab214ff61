"""What a question demands of its answer: a quantity, several things, something to come."""

from __future__ import annotations

import re

from index.tokens import normalise

_ASKS = re.compile(
    r"\bhow (?:many|much|long|big|high|old|tall)\b"
    r"|(?:^|\s)(?:며칠|얼마|몇(?!\s?(?:년도?|월|시|일)(?:에|부터|\s|$)))"
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


_FUTURE = re.compile(
    r"\b(?:going to|gonna|upcoming|tomorrow)\b|(?<!^)\bwill\b(?! (?:you|someone|anyone)\b)|\bnext (?!to\b)"
    r"|(?:^|\s)(?:다음에|다음번|다음 (?!중)[가-힣]|앞으로|내년|차기|언젠가)"
    r"|(?:[할될갈올]|나올|받을|열릴|바뀔)(?:까|거야|건가|예정)"
)


_LIST = re.compile(
    r"\b(?:which|what|name|list) (?:\w+ )?(?:two|three|four|five|six|all|other|[a-z]{3,}s)\b"
    r"|어디어디|누구누구|뭐뭐|무엇무엇|(?:^|\s)(?:모두|전부|다) (?:알려|말해|나열)"
    r"|들(?:은|이|을)? (?:누구|뭐|어디|무엇)"
)


def asks_list(normalised: str) -> bool:
    """Whether a question expects several things for an answer."""
    return _LIST.search(normalised) is not None


def asks_future(normalised: str) -> bool:
    """Whether a question is for what has not happened yet."""
    return _FUTURE.search(normalised) is not None


def asks_quantity(normalised: str) -> bool:
    """Whether a question (normalised) is for a number, an amount or a duration."""
    return _ASKS.search(normalised) is not None


def states_quantity(text: str) -> bool:
    """Whether a text holds a number that is no part of a date."""
    undated = _DATES.sub(" ", normalise(text))
    return _NUMERALS.search(undated) is not None


_CONFIRMS = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|why)\b|(?:^|\s)왜(?:\s|$)|맞(?:아|지|나|나요|죠)\??$|사실이|정말이|진짜야"
)


def supposes(normalised: str) -> bool:
    """Whether a question states something itself, to be confirmed or explained, which may be false."""
    return _CONFIRMS.search(normalised) is not None
