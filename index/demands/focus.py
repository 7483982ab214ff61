"""The word that says what a question asks for: the composer in "who is the composer of …", 안무 in "안무 누가 짰어"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.senses import Sense

_ENGLISH = re.compile(
    r"\bwh(?:o|at)(?:'s| is| are| was| were) (?:the|her|his|its|their|\S+'s?) "
    r"(?=[a-z]+(?: [a-z]+)?(?:\?|$| (?:at|behind|for|in|of|on|when)\b))"
    r"|\bwh(?:at|ich) (?=[a-z])|\bhow (?:many|much) (?=[a-z])"
    r"|\bwho (?!(?:is|are|was|were|did|does|do|has|have|had|will|can|could|would|should|else)\b)(?=[a-z])"
)
"""What the word follows: "who is the", where it stands before "of" or at the end; "which", "how many"; "who", where it
is the deed."""

_KOREAN = re.compile(r" (?:(?:이름|제목|명칭)(?:[은이을]?) ?)?(?:누구|누가|누군|뭐|뭔|뭘|무엇|얼마|몇|어디|언제)")
"""What the word precedes: the one that asks, which stands where its answer would, perhaps for a name."""

_WHICH = re.compile(r"(?:^|\s)(?:어느|어떤|무슨) ")
"""What it follows in Korean."""

_ADVERBIAL = re.compile(r"(?:에|에서|에선|에는|까지|부터|에게|한테|로|랑|보다|때)$")
"""Particles of a Korean word that only says when, where or with whom."""


def _ids(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NAMED = _ids(
    """
    belong-group field-sector headline institution item job media name newspaper person reason religion service
    word-term work
    """
)
_WHERE = _ids("city continent country neighbourhood place region")
_WHEN = _ids("age date moment month year")
_COUNTED = _ids(
    """
    amount crowd four grades guest-visitor level money number-of one-of-them percent share size three total two value
    volume
    """
)
_TOLD = _ids(
    """
    accomplishment act-behave attitude background commercial-results conclusion content evidence fault feature-trait
    form information meaning measures milestone problem process result role sentence shape situation step-phase
    """
)
_DONE = _ids("bring came-first help make move push reach sit-down star-in take use watch")
_ANY = _NAMED | _WHERE | _WHEN | _COUNTED | _TOLD | _DONE
"""Glossary entries that say nothing about what is asked for: a text gives a name, a place, a day, a sum, a role or a
deed without calling it so. Of the paragraphs of SQuAD 2.0 and KorQuAD 1.0 that answer such a question most lack the
word, or of the bundled notes about as many as of those that do not answer it (docs/experiments.md)."""

_LANDS = _ids("america china europe germany italy japan korea latin-america north-korea")
_PEOPLES = _ids("american-people japanese-people korean-people")
_LANGUAGES = _ids("chinese-language english-language japanese-language korean-language spanish-language")
_ORDERS = _ids(
    """
    average big distinct early east final former largest late latest low major new old oldest original
    second-order significant third-order
    """
)
_OF_ANOTHER = _LANDS | _PEOPLES | _LANGUAGES | _ORDERS
"""Entries that stand before what is asked for and tell which: "what European event"."""

_NO_FOCUS = _ANY | _OF_ANOTHER


def focus_of(normalised: str, senses: Sequence[Sense]) -> str:
    """The index term of the glossary entry that a question (normalised) asks for; empty where there is none."""
    return next((s.index_term for s in senses if _is_asked_for(normalised, s)), "")


def _is_asked_for(normalised: str, sense: Sense) -> bool:
    if sense.term.question or sense.term.id in _NO_FOCUS:
        return False
    if any(match.end() == sense.start for before in (_ENGLISH, _WHICH) for match in before.finditer(normalised)):
        return True
    word = normalised[sense.start : sense.end]
    return _KOREAN.match(normalised, sense.end) is not None and not _ADVERBIAL.search(word)
