"""Mending what was mistyped: a word that nobody uses is read as the one known word it nearly is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)*")

SHORTEST = 3
"""Letters; shorter words have too many neighbours."""

TWO_EDITS_FROM = 9
"""Letters from which two edits are mended; a swap of two letters is one edit (optimal string alignment)."""


class Speller:
    """Knows a list of words and mends others towards them. `kept` are words that are right too, but so short that
    nothing is mended towards them."""

    def __init__(self, words: Iterable[str], kept: Iterable[str] = ()) -> None:
        self._words = sorted({word for word in words if len(word) >= SHORTEST and _LATIN.fullmatch(word)})
        self._known = frozenset((*self._words, *kept))

    def knows(self, word: str) -> bool:
        """Whether a word is right as it stands."""
        return word in self._known

    def mend(self, normalised: str, known: Callable[[str], bool]) -> str:
        """The text with each strange Latin word replaced by the known one with the same first letter that is nearest,
        where exactly one is. `known` tells which further words are in use."""
        return _LATIN.sub(lambda match: self._mended(match.group(), known), normalised)

    def _mended(self, word: str, known: Callable[[str], bool]) -> str:
        if len(word) < SHORTEST or "'" in word or word in self._known or known(word):
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=edits, limit=3)
        best = [candidate for candidate, distance, _ in near if distance == near[0][1] and candidate[0] == word[0]]
        return best[0] if len(best) == 1 else word
