"""What a question demands of its answer: a quantity, a date, a reason, somebody, letters spelt out, what is to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.advice import asks_permission, is_personal
from index.tokens import normalise
from index.units import Unit, unit_asked


class Quantity(StrEnum):
    """What kind of number answers: any, one of money or measure, a time span."""

    NUMBER = "number"
    AMOUNT = "amount"
    DURATION = "duration"


_ASKED: Mapping[Quantity, re.Pattern[str]] = {
    Quantity.DURATION: re.compile(
        r"\bhow (?:long|much (?:time|longer))\b"
        r"|(?:^|\s)(?:며칠|얼마나 (?:오래|걸[리려렸])|얼마 ?(?:동안|만에))"
        r"|(?:^|\s)몇 ?(?:년|달|개월|주|시간) ?(?:동안|간|이나|만에)"
    ),
    Quantity.AMOUNT: re.compile(r"\bhow much\b|(?:^|\s)얼마(?!나)"),
    Quantity.NUMBER: re.compile(
        r"\bhow (?:many|big|high|old|tall)\b|(?:^|\s)(?:얼마나|몇(?!\s?(?:년도?|월|시|일)(?:에|부터|\s|$)))"
    ),
}
"""The first that fits is what is asked for."""

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATES = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}})?,?(?: \d{{4}})?\b"
    r"|\b(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}월(?: ?\d{1,2}일)?"
)
_NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_STATED: Mapping[Quantity, re.Pattern[str]] = {
    Quantity.NUMBER: re.compile(
        rf"\d|\b(?:{_NUMBER_WORDS}|dozens?|half|hundreds?|thousands?|millions?)\b"
        r"|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s(?!번째)|명|곡|개|팀|번(?!째))"
    ),
    Quantity.AMOUNT: re.compile(
        r"[$₩€£¥]\s?\d|\d{1,3}(?:,\d{3})+|\d{4}"
        r"|\b(?:hundred|thousand|million|billion|trillion|percent|won|dollars?|yen|yuan|euros?|pounds?|tonn?es|tons?)\b"
        r"|\d\s?(?:%|억|만|천|조|원|달러|엔|위안|유로|배|톤)"
    ),
    Quantity.DURATION: re.compile(
        rf"\b(?:\d+|an?|one|half|several|[a-z]+teen|[a-z]+ty|{_NUMBER_WORDS})[ -](?:[a-z]+ )?"
        r"(?:decade|year|month|week|day|hour|minute|second)s?\b|\b(?:until|since|between)\b|\bfrom\b.* (?:to|until)\b"
        r"|(?:\d|(?:^|\s)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|반))\s?(?:여 ?)?(?:년|해|개월|달|주|일|시간|분|초)"
        r"|까지|부터|이후|하루"
    ),
}


_FUTURE = re.compile(
    r"\b(?:going to|gonna|upcoming|tomorrow|tonight|this (?:week|weekend))\b"
    r"|(?<!^)\bwill\b(?! (?:you|someone|anyone)\b)|\bnext (?!to\b)"
    r"|(?:^|\s)(?:오늘(?:은|의|밤)?(?=\s)|이번 ?주(?!년)|다음에|다음번|다음 (?!중)[가-힣]|앞으로|내년|차기|언젠가)"
    r"|(?:[할될갈올]|나올|받을|열릴|바뀔)(?:까|거야|건가|예정)"
    r"|언제 (?:나와요?|나오나요?|열려요?|열리나요?|와요?|오나요?|해요?|하나요?)\??$"
)
"""The last: "when does it come out" in the present is for what is to come."""


_LIST = re.compile(
    r"\b(?:which|what|name|list) (?:\w+ )?(?:two|three|four|five|six|all|other|[a-z]{3,}s)\b"
    r"|어디어디|누구누구|뭐뭐|무엇무엇|(?:^|\s)(?:모두|전부|다) (?:알려|말해|나열)"
    r"|들(?:은|이|을)? (?:누구|뭐|어디|무엇)"
)


def asks_list(normalised: str) -> bool:
    """Whether a question expects several things for an answer."""
    return _LIST.search(normalised) is not None


_WAS_TO_COME = re.compile(r"\b(?:was|were)\b[^,.;:?]* (?:going to|gonna)\b")


def asks_future(normalised: str) -> bool:
    """Whether a question is for what has not happened yet, or is going on these days; a plan of the past is neither."""
    return _FUTURE.search(_WAS_TO_COME.sub(" ", normalised)) is not None


def quantity_asked(normalised: str) -> Quantity | None:
    """The kind of number that a question (normalised) is for."""
    return next((kind for kind, asks in _ASKED.items() if asks.search(normalised)), None)


def quantities_stated(text: str) -> frozenset[Quantity]:
    """The kinds of numbers in a text; dates are none."""
    undated = _DATES.sub(" ", normalise(text))
    return frozenset(kind for kind, states in _STATED.items() if states.search(undated))


_AUXILIARY = "is|are|was|were|did|does|do|has|have|had|will|would|can|could|should"
_NOT_US = r"\b(?! (?:i|you|we)\b)"
_WHEN = re.compile(
    rf"(?:^|[,.;:] ?|\band )(?:(?:so|since|until|from|by) )?when(?: exactly)?(?:'s| (?:{_AUXILIARY})){_NOT_US}"
    rf"|\b(?:tell me|know|remember) when{_NOT_US}|\bwhen\s?\??$"
    r"|\b(?:what|which)(?: exact)? (?:date|day|year|month)s?\b|\bwhat(?:'s| is| was) the (?:\w+ )?date\b"
    r"|(?:^|\s)언제(?!나|든|라도|까지나)|연도(?!별)|(?<![성소중내전매금작\d])년도(?=[가는은이야를?\s]|$)"
    r"|(?:^|\s)(?:몇 ?년(?=에|도|이)|몇 ?월(?=[에이인쯤야?\s]|$)|며칠(?:에|날|이야|인가|이에요|이었|\s?\??$)|무슨 요일)"
    r"|날짜(?=[가는를?\s]|$)"
)
"""A conditional "when a trainee leaves, …" is none, and neither is what I, you and we do."""

_ROUND = r"(?:day|week|month|quarter|year|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_TIME = re.compile(
    rf"(?<![\d,.])(?:1\d|20)\d\d(?!,?\d)|\b\d0s\b|centur|\bon (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b"
    rf"|\b(?:{_MONTHS.replace('|may|', '|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"|\b(?:in|of|since|until|by|from) may\b|\bmay \d{1,2}\b(?! [a-z])|\d(?:st|nd|rd|th)? may\b"
    rf"|\b(?:every|each|last|next|this) (?:\w+ )?{_ROUND}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:annually|quarterly|monthly|weekly|daily|yearly)\b|\b(?:within|after) (?:\w+ )?(?:days|weeks|months|years)\b"
    r"|\d ?(?:년|월|일(?!본))(?! ?(?:동안|간|계약))|세기|요일|분기|작년|지난해|올해|내년|(?:다음|이번|지난) ?[달주]"
    r"|매[주월년일](?=\s|마다|에)"
)


def asks_time(normalised: str) -> bool:
    """Whether a question (normalised) is for a date."""
    return _WHEN.search(normalised) is not None


def states_time(text: str) -> bool:
    """Whether a text gives a date, or how often something comes round."""
    return _TIME.search(normalise(text)) is not None


_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b|(?:^|\s)왜(?:\s|$)|이유|까닭")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|reasons?|caused?|since|citing|cited|justified|explained|blamed|in protest|so that"
    r"|so as|in order to|after (?:an?|the) (?:row|outcry|protest|backlash|criticism|objections?)"
    r"|in (?:response|exchange|return|reaction|opposition|solidarity|hopes?)|in an? (?:effort|attempt|bid)"
    r"|as a (?:means|way|result|consequence)|aim(?:ed|ing|s)? (?:to|at)|(?:designed|intended|meant) to"
    r"|l(?:ed|eading) to|result(?:ed|ing)|therefore|thus|hence|thanks to|motivated|prompted|forced|triggered"
    r"|fear(?:ed|ing|s)?|encourag(?:e|ed|es|ing)|objectives?|purposes?"
    r"|amid|to (?:avoid|prevent|protect|allow|focus|pursue|coordinate|ensure|recover|promote|concentrate|reflect"
    r"|honou?r|reduce|increase))\b"
    r"|때문|이유(?! ?없)|까닭|사정으로|위해|위한|탓|원인|계기|사유|따라|라며|(?<!겠)다며|[어아해]서(?=\s)|려고|논란"
    r"|반발|덕분"
)


def asks_reason(normalised: str) -> bool:
    """Whether a question (normalised) is for a reason."""
    return _WHY.search(normalised) is not None


def states_reason(text: str, asks: Iterable[str]) -> bool:
    """Whether a text gives a reason: it says so, or one of the ways to ask for it does."""
    return _REASON.search(normalise(text)) is not None or any(asks_reason(normalise(ask)) for ask in asks)


_CONFIRMS = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|why)\b|(?:^|\s)왜(?:\s|$)|맞(?:아|지|나|나요|죠)\??$|사실이|정말이|진짜야"
)


def supposes(normalised: str) -> bool:
    """Whether a question states something itself, to be confirmed or explained, which may be false."""
    return _CONFIRMS.search(normalised) is not None


_WHO = re.compile(
    r"(?:^|[,.;:] ?|\band )(?:(?:about|by|for|from|of|to|with) )?who(?:m|se|'s)?\b"
    r"|(?:^|\s)(?:누구(?!나)|누가|누군|누굴)"
)


_PROPER = re.compile(r"(?<![.!?:\"“] )(?<!^)\b[A-Z][\w'’-]+")
_CALENDAR = re.compile(rf"(?:{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)")


def proper_words(text: str) -> frozenset[str]:
    """The English words, normalised, that are written with a capital inside a sentence: parts of names. Months and days
    of the week are none."""
    words = {normalise(word).removesuffix("'s") for word in _PROPER.findall(text)}
    return frozenset(word for word in words if not _CALENDAR.fullmatch(word))


def asks_somebody(normalised: str) -> bool:
    """Whether a question (normalised) is for a person or a body."""
    return _WHO.search(normalised) is not None


_LETTERS = re.compile(r"\bstands? for\b|\bshort for\b|\babbreviation\b|\bacronym\b|약자|줄임말|줄인 말|이니셜")
_SPELT_OUT = re.compile(_LETTERS.pattern + r"|\binitials?\b|\babbreviat|줄인|줄여|머리글자|이름을 딴|따서|뜻하")


def asks_letters(normalised: str) -> bool:
    """Whether a question (normalised) is for the words behind the letters of a name."""
    return _LETTERS.search(normalised) is not None


def spells_out(text: str, asks: Iterable[str]) -> bool:
    """Whether a text says what letters stand for, or one of the ways to ask for it does."""
    return _SPELT_OUT.search(normalise(text)) is not None or any(asks_letters(normalise(ask)) for ask in asks)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a text must have to answer a question: a number of a kind, a number of a unit ("how many weeks"), a date, a
    reason, words on what is to come, a name of somebody else than those asked about, the words behind letters, what is
    allowed; `is_personal` that it must have been written for such a question."""

    quantity: Quantity | None = None
    unit: Unit | None = None
    time: bool = False
    reason: bool = False
    future: bool = False
    somebody: bool = False
    letters: bool = False
    permission: bool = False
    is_personal: bool = False


NONE = Demands()
"""What a question demands that asks for nothing in particular."""


def demands_of(normalised: str) -> Demands:
    """What a question (normalised) demands."""
    return Demands(
        quantity=quantity_asked(normalised),
        unit=unit_asked(normalised),
        time=asks_time(normalised),
        reason=asks_reason(normalised),
        future=asks_future(normalised),
        somebody=asks_somebody(normalised),
        letters=asks_letters(normalised),
        permission=asks_permission(normalised),
        is_personal=is_personal(normalised),
    )
