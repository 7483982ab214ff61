"""What a question counts ("how many weeks", "몇 장"), and whether a text counts the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.demands.dates import DAY, DAYS, without_dates
from index.tokens import normalise

_NUMBER = (
    r"(?:\d(?!\d*(?:st|nd|rd|th)\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|dozens?"
    r"|hundreds?|thousands?|millions?|billions?|several|[a-z]+teen|[a-z]+ty)\b)"
)
_NATIVE = (
    r"(?:(?:열|스물|서른|마흔|쉰)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)? ?|스무 ?|(?:다섯|여섯|일곱|여덟|아홉) ?"
    r"|(?:한|두|세|네|몇) )"
)
"""Those of one syllable begin other words, too (한국, 세일), but for a space."""

_NUMERAL = rf"(?:(?<!\d)\d[\d,. ]*+(?:[천만억조][\d, ]*+)*+(?:여|만)? ?|(?:^|\s){_NATIVE})"
_ENDS = r"(?!년|제|외|본|부(?!터)|문|르|면|야|위|석|계|트|반|정(?!도)|상|내|민|목|식|기)"
"""What makes another word of a Korean unit where it follows (주제, 해외, 분기)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a pattern of a text that counts it, and one of a text that is none of this unit's business."""

    stated: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def is_counted_in(self, text: str) -> bool:
        """Whether the text has a number of it; a date is none."""
        return self.stated.search(without_dates(normalise(text))) is not None

    def is_met_by(self, text: str) -> bool:
        """Whether the text counts it, or is none of its business."""
        return self.is_counted_in(text) or (self.unless is not None and self.unless.search(normalise(text)) is not None)


def _counted(english: str, korean: str = "", in_words: str = "") -> Unit:
    """What is counted, by its names in both languages, since a note may be in the other one than the question;
    `in_words` say it with the number in them."""
    said = (
        rf"(?:{_NUMBER}|\ban?\b)[-., ]*(?:[\w'.]+[- ]){{0,3}}(?:{english})\b",
        rf"{_NUMERAL}(?:{korean}){_ENDS}" if korean else "",
        in_words,
    )
    return Unit(re.compile("|".join(filter(None, said))))


def _how_many(units: str) -> str:
    return rf"\bhow many (?:\w+ )?(?:{units})\b"


def _korean(asked: str) -> str:
    return rf"(?:^|\s)(?:{asked})"


UNITS = tuple(
    (re.compile(asked), unit)
    for asked, unit in (
        (f"{_how_many('minutes')}|{_korean('몇 ?분')}", _counted("minutes?|hours?", "분|시간")),
        (f"{_how_many('hours')}|{_korean('몇 ?시간')}", _counted("minutes?|hours?|days?", "시간|일|분")),
        (
            f"{_how_many('days')}|{_korean(rf'(?!{DAY})(?:며칠|몇 ?일(?!본))')}",
            _counted("hours?|days?|weeks?", "일|주일?|시간", DAYS),
        ),
        (f"{_how_many('weeks')}|{_korean('몇 ?주(?!년)')}", _counted("weeks?|months?", "주일?|개월|달")),
        (f"{_how_many('months')}|{_korean('몇 ?(?:개월|달)')}", _counted("months?|years?", "개월|달|년")),
        (_how_many("years"), _counted("years?|decades?", "년|해")),
        (f"{_how_many('points')}|{_korean('몇 ?점')}", _counted("points?", "점")),
        (f"{_how_many('votes')}|{_korean('몇 ?표')}", _counted("votes?|percent", "표|퍼센트", r"\d ?%")),
        (
            f"{_how_many('countries')}|{_korean('몇 ?개국')}",
            _counted("countries|country|markets?|regions?|territories|places", "개국|개 나라|개 지역|나라|국"),
        ),
        (r"\bhow tall\b", _counted("cm|centimet(?:er|re)s?|met(?:er|re)s?|feet|foot|inch(?:es)?", "cm|센티|미터")),
        (r"\bhow heavy\b", _counted("kg|kilos?|kilograms?|grams?|tonn?es?|tons?|pounds?", "kg|킬로|그램|톤")),
        (
            f"{_how_many('copies')}|{_korean('몇 ?장')}",
            _counted("copies|copy|albums?|units?|cds?|pieces?|cards?|tickets?|sheets?", "장|개|세트|부"),
        ),
        (
            _korean("몇 ?(?:번(?!째)|회|차례)"),
            _counted("times", "번|회|차례|관왕", r"\b(?:once|twice) (?:a|an|every|per|in)\b"),
        ),
        (_korean("몇 ?(?:살|세)"), _counted("years? old|years?", "살|세|년생")),
        (_korean("몇 ?곡"), _counted("songs?|tracks?", "곡")),
        (_korean("몇 ?위"), _counted("places?", "위", r"\bno\. ?\d|\bnumber one\b|#\d|\d(?:st|nd|rd|th) place")),
        (_korean("몇 ?(?:퍼|프로|%)"), _counted("percent|per cent", "퍼센트|포인트|할|배", r"\d ?%")),
    )
)
"""By pattern of the question; the first that fits counts. A unit next to the one asked for answers, too."""


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
