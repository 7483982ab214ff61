"""How much of a question stands in a text: the shares of its idf mass that candidates are ranked by."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from index.candidates import WeightedGroups
from index.tokens import normalise, terms
from index.written import Written


class Coverage:
    """Of one question. Its words count half by their bigrams or stem, and half as they are written: either alone ranks
    worse (docs/experiments.md). A Korean question has such words in Hangul only, and some have none."""

    def __init__(self, asked: WeightedGroups) -> None:
        self._asked = asked
        self._written = Written(asked.words)
        self._terms = {word: frozenset(terms(word)) for word in asked.words}
        self._groups = [(group.terms, idf, not group.word) for group, idf in zip(asked.groups, asked.idf, strict=True)]
        self.beside = sum(idf for _, idf, is_beside in self._groups if is_beside)
        self._word_mass = sum(asked.words.values()) + self.beside or 1.0

    def written(self, text: str) -> AbstractSet[str]:
        """The words of the question that stand in a text as they are written."""
        return self._written.within(normalise(text)) if self._terms else frozenset()

    def titled(self, title: Iterable[str]) -> AbstractSet[str]:
        """Those all of whose terms are among those of a title."""
        held = frozenset(title) if self._terms else frozenset()
        return {word for word, parts in self._terms.items() if parts <= held}

    def share(self, held: AbstractSet[str], words: AbstractSet[str]) -> float:
        """The share of the question that some terms and words make up, 0..1."""
        mass = beside = 0.0
        for group, idf, is_beside in self._groups:
            if not held.isdisjoint(group):
                mass += idf
                if is_beside:
                    beside += idf
        share = mass / self._asked.mass
        if not self._terms:
            return share
        written = sum(idf for word, idf in self._asked.words.items() if word in words)
        return (share + (written + beside) / self._word_mass) / 2

    def beside_words(self, held: AbstractSet[str]) -> float:
        """The idf mass in `held` of what are no such words, of `beside` in all."""
        return sum(idf for group, idf, is_beside in self._groups if is_beside and not held.isdisjoint(group))
