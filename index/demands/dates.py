"""Questions for a date ("when", 언제), and texts that give one."""

from __future__ import annotations

import re

from index.tokens import normalise

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
DAY = r"(?:(?<=월 )(?:며칠|몇 ?일)|(?:며칠|몇 ?일)(?=에(?! 걸)|날|이야|인[가지]|이에요|이었|이죠|\s?\??$))"
"""며칠 where it is which day, not how many."""

DAYS = "하루|이틀|사흘|나흘|닷새|일주일"
"""How many days, in a word."""


_AUXILIARY = "is|are|was|were|did|does|do|has|have|had|will|would|can|could|should"
_NOT_US = r"\b(?! (?:i|you|we)\b)"
_WHEN = re.compile(
    rf"(?:^|[,.;:] ?|\band )(?:(?:so|since|until|from|by) )?when(?: exactly)?(?:'s| (?:{_AUXILIARY})){_NOT_US}"
    rf"|\b(?:tell me|know|remember) when{_NOT_US}|\bwhen\s?\??$"
    r"|\b(?:what|which)(?: exact)? (?:date|day|year|month)s?\b|\bwhat(?:'s| is| was) the (?:\w+ )?date\b"
    r"|(?:^|\s)언제(?!나|든|라도|까지나)|연도(?!별)|(?<![성소중내전매금작\d])년도(?=[가는은이야를?\s]|$)"
    rf"|(?:^|\s)(?:몇 ?년(?=에|도|이)|몇 ?월(?![급드])|{DAY}|무슨 요일)"
    r"|날짜(?=[가는를?\s]|$)"
)
"""A conditional "when a trainee leaves, …" is none, and neither is what I, you and we do."""

_ROUND = r"(?:day|week|month|quarter|year|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_TIME = re.compile(
    rf"(?<![\d,.])(?:1\d|20)\d\d(?!,?\d)|\b\d0s\b|centur|\bon (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b"
    rf"|\b(?:{MONTHS.replace('|may|', '|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"|\b(?:in|of|since|until|by|from) may\b|\bmay \d{1,2}\b(?! [a-z])|\d(?:st|nd|rd|th)? may\b"
    rf"|\b(?:every|each|last|next|this) (?:\w+ )?{_ROUND}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:annually|quarterly|monthly|weekly|daily|yearly)\b|\b(?:within|after) (?:\w+ )?(?:days|weeks|months|years)\b"
    r"|\d ?(?:년|월|일(?!본))(?! ?(?:동안|간|계약))|세기|요일|분기|작년|지난해|올해|내년|(?:다음|이번|지난) ?[달주]"
    r"|매[주월년일](?=\s|마다|에)"
    r"|\b\d{1,2}:\d\d\b|\b(?!2[ap]m\b)\d{1,2} ?[ap]\.?m\b|\b(?:noon|midnight|tomorrow|weekends?)\b"
    r"|\d ?시(?=$|[\s,.에부까반쯤이])(?! ?간(?:[^다]|$))|오전|오후|정오|자정|새벽|주말|평일|내일(?=\s|[은에까])"
    r"|\d (?:minutes|hours|days|weeks|months) (?:after|before)\b|\bwithin (?:\w+ )?(?:minutes|hours)\b"
    rf"|(?:\d ?(?:분|시간|일|주|달|개월)|{DAYS}) ?(?:전|뒤|후|안|이내)(?=[에까로\s.,]|$)|전날|당일|다음 ?날(?!씨)"
)


_DATES = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{1,2}})?,?(?: \d{{4}})?\b"
    r"|\b(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}월(?: ?\d{1,2}일)?"
)


def without_dates(normalised: str) -> str:
    """A text (normalised) without the numbers of its dates."""
    return _DATES.sub(" ", normalised)


def asks_time(normalised: str) -> bool:
    """Whether a question (normalised) is for a date."""
    return _WHEN.search(normalised) is not None


def states_time(text: str) -> bool:
    """Whether a text gives a date, a time of day or a time limit, or how often something comes round."""
    return _TIME.search(normalise(text)) is not None
