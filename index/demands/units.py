"""What a question counts ("how many weeks", "몇 장"), and whether a text counts the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.demands.dates import DAY, DAYS
from index.tokens import normalise

_NUMBER = (
    r"(?:\d(?!\d*(?:st|nd|rd|th)\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|dozens?"
    r"|hundreds?|thousands?|millions?|billions?|several|[a-z]+teen|[a-z]+ty)\b)"
)
_NUMERAL = r"(?:\d[\d,. ]*(?:천|만|억|조)?[\d, ]*(?:여|만)? ?|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?)"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a pattern of a text that counts it, and one of a text that is none of this unit's business."""

    stated: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def is_counted_in(self, text: str) -> bool:
        """Whether the text has a number of it."""
        normalised = normalise(text)
        return self.stated.search(normalised) is not None or (
            self.unless is not None and self.unless.search(normalised) is not None
        )


def _english(asked: str, stated: str, before: str = r"how many (?:\w+ )?") -> tuple[re.Pattern[str], Unit]:
    return re.compile(rf"\b{before}(?:{asked})\b"), Unit(
        re.compile(rf"(?:{_NUMBER}|\ban?\b)[-., ]*(?:[\w'.]+[- ]){{0,3}}(?:{stated})\b"),
    )


def _korean(asked: str, stated: str, words: str = "") -> tuple[re.Pattern[str], Unit]:
    """`words` say it with the number in them."""
    counted = rf"{_NUMERAL}(?:{stated})"
    return re.compile(rf"(?:^|\s)(?:{asked})"), Unit(re.compile(f"{counted}|{words}" if words else counted))


UNITS = (
    _english("minutes", "minutes?|hours?"),
    _english("hours", "hours?|days?"),
    _english("days", "days?|weeks?"),
    _english("weeks", "weeks?|months?"),
    _english("months", "months?|years?"),
    _english("years", "years?|decades?"),
    _english("points", "points?"),
    _english("votes", "votes?|percent"),
    _english("countries", "countries|country|markets?|regions?|territories|places"),
    _english("tall", "cm|centimet(?:er|re)s?|met(?:er|re)s?|feet|foot|inch(?:es)?", "how "),
    _english("heavy", "kg|kilos?|kilograms?|grams?|tonn?es?|tons?|pounds?", "how "),
    _english("copies", "copies|copy|albums?|units?|cds?"),
    _korean("몇 ?장", "장|개|세트|부"),
    _korean("몇 ?주(?!년)", "주|개월|달"),
    _korean(rf"(?!{DAY})(?:며칠|몇 ?일(?!본))", "일|주|시간", DAYS),
    _korean("몇 ?시간", "시간|일|분"),
    _korean("몇 ?분", "분|시간"),
    _korean("몇 ?(?:개월|달)", "개월|달|년"),
    _korean("몇 ?(?:번(?!째)|회|차례)", "번|회|차례|관왕"),
    _korean("몇 ?(?:살|세)", "살|세|년생"),
    _korean("몇 ?곡", "곡"),
    _korean("몇 ?위", "위"),
    _korean("몇 ?점", "점"),
    _korean("몇 ?표", "표"),
    _korean("몇 ?개국", "개국|개 나라|개 지역|나라|국"),
    _korean("몇 ?(?:퍼|프로|%)", "%|퍼센트|포인트|할|배"),
)
"""By pattern of the question; the first that fits counts. A longer unit than the one asked for answers, too."""


_NOUN = re.compile(r"\bhow many (?!members|times)([a-z]{3,})s\b")


def unit_asked(normalised: str) -> Unit | None:
    """What a question (normalised) counts, None where it counts nothing. A text that has a noun which is not listed
    must have a number of it; one that says it in other words need not."""
    if found := next((unit for asked, unit in UNITS if asked.search(normalised)), None):
        return found
    noun = _NOUN.search(normalised)
    return _noun(noun[1]) if noun else None


def _noun(singular: str) -> Unit:
    word = rf"{singular}(?:s|es)?\b"
    return Unit(
        re.compile(rf"{_NUMBER}[-., ]*(?:[\w'.]+[- ]){{0,3}}{word}"), re.compile(rf"^(?!.*\b{word})", re.DOTALL)
    )
