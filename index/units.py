"""What a question counts ("how many weeks", "몇 장"), and whether a text counts the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.tokens import normalise

_NUMBER = (
    r"(?:\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|dozens?|hundreds?|thousands?"
    r"|millions?|billions?|several|[a-z]+teen|[a-z]+ty)\b)"
)
_NUMERAL = r"(?:\d[\d,. ]*(?:천|만|억|조)?[\d, ]*(?:여|만)? ?|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?)"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a pattern of a question for it and one of a text that counts it."""

    asked: re.Pattern[str]
    stated: re.Pattern[str]

    def is_counted_in(self, text: str) -> bool:
        """Whether the text has a number of it."""
        return self.stated.search(normalise(text)) is not None


def _english(asked: str, stated: str, before: str = r"how many (?:\w+ )?") -> Unit:
    return Unit(
        re.compile(rf"\b{before}(?:{asked})\b"),
        re.compile(rf"{_NUMBER}[-., ]*(?:[\w'.]+[- ]){{0,3}}(?:{stated})\b"),
    )


def _korean(asked: str, stated: str) -> Unit:
    return Unit(re.compile(rf"(?:^|\s)(?:{asked})"), re.compile(rf"{_NUMERAL}(?:{stated})"))


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
    _korean("며칠|몇 ?일(?! ?(?:에|날))", "일|주|시간|하루"),
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
"""The first that a question asks for counts. A longer unit than the one asked for answers, too."""


def unit_asked(normalised: str) -> Unit | None:
    """What a question (normalised) counts, None where it is nothing listed here."""
    return next((unit for unit in UNITS if unit.asked.search(normalised)), None)
