"""How questions for facts are worded, beyond names and the words of the glossary.

A `text` is a normalised question; `beside` is one with a q for each letter of a name (`without_names`), so that nothing
is read into names.
"""

from __future__ import annotations

import re
from enum import StrEnum

from index.query import Query


class Wanted(StrEnum):
    """The kind of thing that a question wants to hear."""

    SOMEBODY = "somebody"
    DATE = "date"
    NUMBER = "number"
    ANYTHING = "anything"


_SOMEBODY = re.compile(r"\bwho(?:m|se)?\b|(?:^|\s)(?:누구|누가|누군)")
_DATE = re.compile(r"\bwhen\b|\bwhat (?:date|day|year|month)\b|\bwhich year\b|언제|연도|몇 ?년|몇 ?월|며칠")
_MONTH = re.compile(r"\b(?:what|which) (?:date|day|month)\b|몇 ?월|며칠")
_NUMBER = re.compile(r"\bhow many\b|몇 ?명|몇 ?개|몇 ?팀|멤버 ?수")
_PROFILE = re.compile(
    r"^(?:who|what) (?:exactly )?(?:is|are|was|were)\b|^(?:who|what)'?s\b|누구|뭐야|뭔가요|무엇|뭐예요|뭐지"
)
_INSIDE = re.compile(r"\bwho(?:'s| is| are| was| were) (?:all )?in\b")
_DAY = re.compile(r"\b(?:date|day|year)s?\b|데뷔일|날짜|날")
_ASKS_ELSE = re.compile(r"\b(?:where|how|why|what|which|whose|who)\b|어디|어떻게|얼마|왜|무슨|뭐|무엇|어느|누구|누가")
_BEFORE = re.compile(r"\b(?:called|known as|named) before\b")
_AGENT = re.compile(
    r"\b(?:which|what) (?:(?:big|entertainment|music|parent) )?(?:company|label|agency|group|firm|conglomerate)"
    r" (?:\w+ly )?(?:own|owns|owned|acquired|bought|founded|runs?|ran|operates?|operated|organi[sz]e[sd]?)\b(?! by\b)"
    r"|\bby(?: (?:who|whom|what|which)\b.*)?\W*$"
)

_OWNER = re.compile(r"\bparent compan|\bowners?\b|모회사|모기업|주인(?!공)|오너")
_DOES = re.compile(
    r"\b(?:does|did|do|has|have) q+\b|\b(?:owners?|parent compan(?:y|ies)) of(?: (?:which|what|whom)\b|\W*$)"
    r"|\bwhose (?:parent|owner)|\bas (?:their|its) (?:parent|owner)|(?:모회사|모기업|주인|오너)(?:인|로)\s"
)

_OF_GROUP = re.compile(r"(?:'s|s') (?!the\b)(?:[a-z]+ )?(?:group|band)\b|(?:의|네|가 속한|이 속한) (?:걸|보이)? ?그룹")
_TOLD_APART = re.compile(
    r"\b(?:before|after|besides|except|excluding|apart from|other than|instead of)\b(?!\W*$)"
    r"|(?<![가-힣])(?:[전후]에|이후|이전|이?외에)|말고|빼고|제외"
)
_FORMERLY = re.compile(r"\bbefore\W*$|예전|옛날|(?:^|\s)옛 |이전 (?=소속|대표|회사|멤버|이름|리더|의장|레이블|기획사)")
_BEFORE_IT = re.compile(r"^q+(?:의)? 전에는?\s")

_COMPARES = re.compile(r"\b(?:and|or|vs|versus|both)\b|[,&]|[와과]\s|(?:이?랑|하고)\s|중에?\s")
_NOW = re.compile(r"\b(?:now|current(?:ly)?|today|these days|at present)\b|지금|현재|요즘")


def without_names(query: Query) -> str:
    """The question with a q for each letter of a name in it."""
    text = query.normalised
    for mention in query.mentions:
        text = text[: mention.start] + "q" * (mention.end - mention.start) + text[mention.end :]
    return text


def wanted_by(text: str) -> Wanted:
    """The kind of thing that a question wants to hear."""
    if _NUMBER.search(text):
        return Wanted.NUMBER
    if _DATE.search(text):
        return Wanted.DATE
    return Wanted.SOMEBODY if _SOMEBODY.search(text) else Wanted.ANYTHING


def wants_date(text: str) -> bool:
    """Whether it asks for nothing else than a date, as far as its question words go."""
    return wanted_by(text) is Wanted.DATE or _DAY.search(text) is not None or not _ASKS_ELSE.search(text)


def wants_month(text: str) -> bool:
    """Whether a year is not enough of a date."""
    return _MONTH.search(text) is not None


def asks_profile(text: str) -> bool:
    """Whether it asks who or what somebody or something is."""
    return _PROFILE.search(text) is not None


def asks_who_is_in(text: str) -> bool:
    """Whether it asks for members in stop words alone: "who is in …"."""
    return _INSIDE.search(text) is not None


def asks_former_name(text: str) -> bool:
    """Whether it asks for a former name in stop words: "called before"."""
    return _BEFORE.search(text) is not None


def compares_names(text: str) -> bool:
    """Whether several names in it are put beside one another."""
    return _COMPARES.search(text) is not None


def speaks_of_now(text: str) -> bool:
    """Whether it asks for what holds."""
    return _NOW.search(text) is not None


def speaks_of_before(beside: str, names: int) -> bool:
    """Whether it asks for what is over, of so many names."""
    return _FORMERLY.search(beside) is not None or (names == 1 and _BEFORE_IT.search(beside) is not None)


def tells_apart(beside: str) -> bool:
    """Whether what is asked for is told from a name, or from a time."""
    return _TOLD_APART.search(_FORMERLY.sub(" ", beside)) is not None


def is_of_group(text: str) -> bool:
    """Whether somebody's group is asked about, not somebody."""
    return _OF_GROUP.search(text) is not None


def asks_what_it_does(beside: str) -> bool:
    """Whether the name is who does something: "who does … own"."""
    return _DOES.search(beside) is not None


def asks_who_does_it(text: str) -> bool:
    """Whether the name is what something is done to: "which company acquired …", "the owner of …"."""
    return any(of.search(text) for of in (_AGENT, _OWNER))
