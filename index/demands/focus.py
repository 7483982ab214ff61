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

_NAMED = frozenset(
    ("name", "headline", "word-term", "work", "job", "person", "belong-group", "institution", "religion", "reason")
)
_WHERE = frozenset(("place", "region", "country", "continent", "city"))
_WHEN = frozenset(("moment", "date", "year", "month", "age"))
_COUNTED = frozenset(
    ("total", "amount", "number-of", "percent", "share", "size", "two", "three", "four", "one-of-them")
)
_ANY = _NAMED | _WHERE | _WHEN | _COUNTED
"""Glossary entries that say nothing about what is asked for: a text gives a name, a place, a day or a sum without
calling it so. Most paragraphs of SQuAD 2.0 and KorQuAD 1.0 that answer such a question lack the word."""

_LANDS = frozenset(("korea", "japan", "china", "america", "europe", "italy", "germany", "north-korea", "latin-america"))
_PEOPLES = frozenset(("korean-people", "japanese-people", "american-people"))
_LANGUAGES = frozenset(
    ("english-language", "korean-language", "japanese-language", "chinese-language", "spanish-language")
)
_ORDERS = frozenset(("early", "late", "old", "final", "second-order", "third-order", "major", "significant", "east"))
_OF_ANOTHER = _LANDS | _PEOPLES | _LANGUAGES | _ORDERS
"""Entries that stand before what is asked for and tell which: "what European event"."""

_NO_FOCUS = _ANY | _OF_ANOTHER


def focus_of(normalised: str, senses: Sequence[Sense]) -> str:
    """The index term of the glossary entry that a question (normalised) asks for; empty where there is none."""
    return next((s.index_term for s in senses if _is_asked_for(normalised, s)), "")


def _is_asked_for(normalised: str, sense: Sense) -> bool:
    if sense.term.question or sense.term.id in _NO_FOCUS:
        return False
    if any(match.end() == sense.start for match in _ENGLISH.finditer(normalised)):
        return True
    if any(match.end() == sense.start for match in _WHICH.finditer(normalised)):
        return True
    word = normalised[sense.start : sense.end]
    return _KOREAN.match(normalised, sense.end) is not None and not _ADVERBIAL.search(word)
