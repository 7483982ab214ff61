"""Questions for what one may do, or about those who talk, which no plain fact about the industry answers."""

from __future__ import annotations

import re

from index.tokens import normalise

_AUXILIARY = "am|are|can|could|did|do|had|have|may|might|must|shall|should|was|were|will|would"
_PERSONAL = re.compile(
    rf"\b(?:{_AUXILIARY}) (?:i|we)\b(?! (?:ask|know|say)\b)"
    r"|^(?:(?:and|but|hey|hi|so) )?(?:are|did|do|have|must|should|were|will|would) (?:you|u)\b"
    r"(?! (?:have|heard|know|please|say|tell|think)\b)"
    r"|(?:^|\s)(?:너|너는|너도|넌|네가|니가|당신은?|당신도|당신이)\s"
    r"|(?:^|\s)(?:제가|저도|저는|내가|나도|나는|우리 (?:딸|아들|아이|애)\S*)\s"
    r".*(?:[가-힣]도 (?:돼|되|될)|[될할]까|있[나을])"
    r"|어떻게 (?:가요?|가나요|봐요?|보나요|사요?|사나요|써요?|쓰나요|해요?|하나요)\??$"
    r"|어떻게 (?:가입|구매|신청|예매|참여|투표)\S*$"
)
"""Korean leaves out who is to do it: "어떻게 가요" is how I get there."""


def is_personal(normalised: str) -> bool:
    """Whether a question (normalised) is about those who talk: what I may do, what you like."""
    return _PERSONAL.search(normalised) is not None


_MAY = re.compile(
    r"^(?:can|may) (?!i\b|we\b|you\b)|\b(?:are|is|was|were)\b.*\ballowed\b|[가-힣]도 (?:괜찮|돼|되[나는죠지]|될까)"
)
_ALLOWS = re.compile(
    r"\b(?:allow|bann?|bars?\b|barred|can\b|cannot|forb[ai]d|free to|illegal|legal|limit|must\b|oblig|permi|prohibit"
    r"|requir|right to|(?<!\d )(?<!in )may\b(?! \d))"
    r"|가능|권리|금지|된다|막[아았]|못 ?하|불법|수 (?:없|있)|의무|자격|제한|해야|허가|허용"
)
"""Not the month: "8 May 2024", "in May"."""


def asks_permission(normalised: str) -> bool:
    """Whether a question (normalised) is for what is allowed."""
    return _MAY.search(normalised) is not None


def states_permission(text: str) -> bool:
    """Whether a text says what may or must be."""
    return _ALLOWS.search(normalise(text)) is not None


_ADVICE = re.compile(r"\b(?:worth|what is it like|what's it like)\b")


def asks_advice(normalised: str) -> bool:
    """Whether a question (normalised) is for what one may do or how it feels, which no plain fact tells."""
    return is_personal(normalised) or asks_permission(normalised) or _ADVICE.search(normalised) is not None
