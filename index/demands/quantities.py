"""What kind of number a question is for: any, one of money or measure, a time span."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from index.demands.dates import DAY, DAYS, without_dates
from index.tokens import normalise


class Quantity(StrEnum):
    """What kind of number answers: any, one of money or measure, a time span."""

    NUMBER = "number"
    AMOUNT = "amount"
    DURATION = "duration"


_ASKED: Mapping[Quantity, re.Pattern[str]] = {
    Quantity.DURATION: re.compile(
        r"\bhow (?:long|much (?:time|longer))\b"
        rf"|(?:^|\s)(?:(?!{DAY})(?:며칠|몇 ?일(?!본))|얼마나 (?:오래|걸[리려렸])|얼마 ?(?:동안|만에))"
        r"|(?:^|\s)몇 ?(?:년|달|개월|주|일|시간) ?(?:동안|간|이나|만에)"
    ),
    Quantity.AMOUNT: re.compile(r"\bhow much\b|(?:^|(?<! 수[는가])\s)얼마(?!나)"),
    Quantity.NUMBER: re.compile(
        r"\bhow (?:many|big|high|old|tall)\b"
        r"|(?:^|\s)얼마나(?! ?자주)"
        r"|(?:^|\s)(?:몇(?!\s?(?:년도|년(?:에|이야|부터|생|\s|$)|월(?![급드])|일(?!본)|시(?=에|부터|까지|\s|$))))"
        r"| 수[는가] 얼마"
    ),
}
"""The first that fits is what is asked for."""


_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
)
_STATED: Mapping[Quantity, re.Pattern[str]] = {
    Quantity.NUMBER: re.compile(
        rf"\d|\b(?:{_NUMBER_WORDS}|dozens?|half|hundreds?|thousands?|millions?)\b"
        r"|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s(?!번째)|명|곡|개|팀|번(?!째))"
    ),
    Quantity.AMOUNT: re.compile(
        r"[$₩€£¥]\s?\d|\d{1,3}(?:,\d{3})+|\d{4}"
        r"|\b(?:hundred|thousand|million|billion|trillion|percent|won|dollars?|yen|yuan|euros?|pounds?|tonn?es|tons?)\b"
        r"|\d\s?(?:%|억|만|천|조|원|달러|엔|위안|유로|배|톤)"
        r"|\d ?(?:€|eur|usd|gbp|aud|cad)\b|\bbucks\b|\bno (?:fee|charge|cost)\b"
        r"|(?<!feel )(?<!-)\bfree\b(?! (?:agents?|time|talk|press|to\b)|-)|(?<!유)무료(?!함)|공짜|비(?:는|가)? 없"
    ),
    Quantity.DURATION: re.compile(
        rf"\b(?:\d+|an?|one|half|several|[a-z]+teen|[a-z]+ty|{_NUMBER_WORDS})[ -](?:[a-z]+ )?"
        r"(?:decade|year|month|week|day|hour|minute|second)s?\b|\b(?:until|since|between)\b|\bfrom\b.* (?:to|until)\b"
        r"|(?:\d|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|반))\s?(?:여 ?)?(?:년|해|개월|달|주|일|시간|분|초)"
        rf"|까지|부터|이후|{DAYS}"
    ),
}


def quantity_asked(normalised: str) -> Quantity | None:
    """The kind of number that a question (normalised) is for."""
    return next((kind for kind, asks in _ASKED.items() if asks.search(normalised)), None)


def quantities_stated(text: str) -> frozenset[Quantity]:
    """The kinds of numbers in a text; dates are none."""
    undated = without_dates(normalise(text))
    return frozenset(kind for kind, states in _STATED.items() if states.search(undated))
