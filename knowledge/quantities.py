"""The numbers and dates that a text states, in a form in which English and Korean can be compared.

Numbers up to ten count only with a decimal part or inside a date: below that either language writes words, and too many
of them to tell ("first", "첫", "한 번"). Digits glued to letters are names ("2NE1").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from knowledge.models import Language

UP_TO = Decimal(10)
"""Numbers up to this one may be words in one language and digits in the other."""

_MONTH_NAMES = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_TO_NINETEEN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = dict(zip(_TO_NINETEEN, range(20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SCALE = _any_of(_SCALES)
_WORD = rf"(?i:(?:{_any_of(_WORDS)})(?:-(?:{_any_of(_WORDS)}))?)"
_MONTH = _any_of(name.capitalize() for name in _MONTHS)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ORDINAL = r"(?:st|nd|rd|th)"

_ENGLISH_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}){_ORDINAL}?\ )?(?P<month>{_MONTH})\b\.?"
    rf"(?:\ (?P<day_after>\d{{1,2}}){_ORDINAL}?\b(?![,.]?\d))?"
)
_MAY_IS_A_VERB = re.compile(r"May(?= (?!\d|and |or |to |through |that |of ))")
_ENGLISH_NUMBER = re.compile(
    rf"""(?<![\w.,])
    (?:(?P<digits>{_DIGITS})(?:{_ORDINAL}\b|s\b)?  # 22nd, 1990s
    |(?P<word>half\ a|an?|{_WORD})(?=[ -]))        # two million
    (?:[ -](?P<scale>{_SCALE})s?\b)?
    (?P<glued>[A-Za-z]\w*)?                        # 2NE1
    |(?<![\w.,-])(?P<alone>{_WORD})\b""",
    re.VERBOSE,
)
_KOREAN_DATE = re.compile(
    r"(?<!\d)(?P<month>1[0-2]|[1-9])월(?! ?(?:간|째))"
    r"(?: ?(?P<day>3[01]|[12]\d|[1-9])일(?!간|째|\s?(?:연속|동안)))?"
)
_KOREAN_SCALES = {"조": 10**12, "억": 10**8, "만": 10**4, "천": 10**3, "백": 10**2}
_KOREAN_NUMBER = re.compile(
    rf"""(?<![A-Za-z\d.,])
    (?P<scaled>(?:(?:{_DIGITS})[천백]?[조억만천백]\ ?)+(?:{_DIGITS})?  # 8억 5000만, 4만 5678
    |(?:{_DIGITS}))
    (?P<glued>[A-Za-z])?""",
    re.VERBOSE,
)
_KOREAN_TERM = re.compile(rf"(?P<digits>{_DIGITS})(?P<small>[천백](?=[조억만]))?(?P<scale>[조억만천백])?")
_KOREAN_TENS = dict(열=10, 스물=20, 스무=20, 서른=30, 마흔=40, 쉰=50, 예순=60, 일흔=70, 여든=80, 아흔=90)
_KOREAN_ONES = dict(한=1, 하나=1, 두=2, 둘=2, 세=3, 셋=3, 네=4, 넷=4, 다섯=5, 여섯=6, 일곱=7, 여덟=8, 아홉=9)
_KOREAN_COUNT = re.compile(
    rf"(?<![가-힣])(?P<tens>{_any_of(_KOREAN_TENS)})(?P<ones>{_any_of(_KOREAN_ONES)})?"
    r"(?= ?(?:명|개|곡|번|팀|장|곳|살|달|차례|편|해|째|가지))"
)


@dataclass(frozen=True, slots=True)
class Quantities:
    """What a text states: `numbers` above ten or with a decimal part, `months` (1..12) and `days` of months. `perhaps`
    are numbers that may be meant or may be part of a name, such as a capitalised "Seventeen"."""

    numbers: frozenset[Decimal] = frozenset()
    months: frozenset[int] = frozenset()
    days: frozenset[tuple[int, int]] = frozenset()
    perhaps: frozenset[Decimal] = field(default=frozenset(), compare=False)


def quantities(text: str, language: Language) -> Quantities:
    """The numbers and dates of a text."""
    return _english(text) if language == "en" else _korean(text)


def _english(text: str) -> Quantities:
    months, days, spans = set(), set(), []
    for date in _ENGLISH_DATE.finditer(text):
        if _MAY_IS_A_VERB.match(text, date.start("month")) and not date["day"] and not date["day_after"]:
            continue
        month = _MONTHS[date["month"].lower()]
        months.add(month)
        if day := date["day"] or date["day_after"]:
            days.add((month, int(day)))
        spans.append(date.span())
    rest = _without(text, spans)
    found = list(_english_numbers(rest))
    sure = frozenset(value for value, certain in found if certain and _counts(value))
    return Quantities(sure, frozenset(months), frozenset(days), frozenset(value for value, _ in found))


def _english_numbers(text: str) -> Iterator[tuple[Decimal, bool]]:
    """The numbers and whether each is certainly one."""
    for match in _ENGLISH_NUMBER.finditer(text):
        if match["glued"]:
            continue
        if alone := match["alone"]:
            yield _word_value(alone), alone.islower()
            continue
        scale = Decimal(_SCALES.get(match["scale"] or "", 1))
        if digits := match["digits"]:
            yield Decimal(digits.replace(",", "")) * scale, True
        elif match["scale"]:
            yield _word_value(match["word"]) * scale, True
        elif match["word"] not in ("a", "an", "half a"):
            yield _word_value(match["word"]), match["word"].islower()


@cache
def _word_value(word: str) -> Decimal:
    word = word.lower()
    if word in ("a", "an"):
        return Decimal(1)
    if word == "half a":
        return Decimal("0.5")
    return Decimal(sum(_WORDS[part] for part in word.split("-")))


def _korean(text: str) -> Quantities:
    dates = list(_KOREAN_DATE.finditer(text))
    months = frozenset(int(date["month"]) for date in dates)
    days = frozenset((int(date["month"]), int(date["day"])) for date in dates if date["day"])
    rest = _without(text, [date.span() for date in dates])
    numbers = {_korean_value(match["scaled"]) for match in _KOREAN_NUMBER.finditer(rest) if not match["glued"]}
    numbers |= {
        Decimal(_KOREAN_TENS[match["tens"]] + _KOREAN_ONES.get(match["ones"] or "", 0))
        for match in _KOREAN_COUNT.finditer(rest)
    }
    return Quantities(frozenset(filter(_counts, numbers)), months, days, frozenset(numbers))


def _korean_value(written: str) -> Decimal:
    """`8억 5000만` is 850 million, `2천만` twenty million."""
    return sum(
        (
            Decimal(term["digits"].replace(",", ""))
            * _KOREAN_SCALES.get(term["small"] or "", 1)
            * _KOREAN_SCALES.get(term["scale"] or "", 1)
            for term in _KOREAN_TERM.finditer(written)
        ),
        Decimal(0),
    )


def _counts(value: Decimal) -> bool:
    return value > UP_TO or value != value.to_integral_value()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
