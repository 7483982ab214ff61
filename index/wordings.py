"""How nearly a question is worded like known ones: the ways to ask for the notes of the pack, and its near misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from index.bm25 import Bm25, Fields, Floats, Ints, inverse_document_frequency

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside all known ones: the largest cosine of a near miss, and of the ways to ask for
    each revision that has some, in the order of the ascending `revisions`."""

    missed: float
    revisions: Ints
    asked: Floats

    def contrast(self, revision: int) -> float | None:
        """How much nearer the question is to a near miss than to the nearest way to ask for a revision, -1..1; None for
        a revision that has none."""
        at = int(self.revisions.searchsorted(revision))
        known = at < len(self.revisions) and self.revisions[at] == revision
        return self.missed - float(self.asked[at]) if known else None


class Wordings:
    """Known questions by their terms. Two are as near as the cosine of their tf-idf vectors says
    (Salton & Buckley, "Term-weighting approaches in automatic text retrieval", 1988): a term counts once in a question,
    and its idf is that among these questions, so that "who" and "how many" weigh what they tell apart."""

    def __init__(self, asks: Mapping[int, Sequence[Terms]], near_misses: Sequence[Terms]) -> None:
        """`asks` are the ways to ask by revision; a revision without any is left out."""
        asks = {revision: asks[revision] for revision in sorted(asks) if asks[revision]}
        known = [*chain.from_iterable(asks.values()), *near_misses]
        columns: dict[str, int] = {}
        self._revisions: Ints = np.array(list(asks), np.int32)
        self._starts = np.array(list(accumulate(map(len, asks.values()), initial=0)), np.int64)
        self._holding = Bm25([Fields(terms) for terms in known], columns)
        squares = np.zeros(len(known), np.float32)
        for term in columns:
            squares[self._holding.rows(term)] += self._weight(term)
        self._lengths = np.sqrt(squares)

    def compare(self, terms: AbstractSet[str]) -> Compared | None:
        """What lies near to a question; None where there are no ways to ask or no near misses, which tells nothing."""
        first_miss = int(self._starts[-1])
        if not first_miss or first_miss == len(self._lengths) or not terms:
            return None
        shared, length = np.zeros(len(self._lengths), np.float32), 0.0
        for term in terms:
            weight = self._weight(term)
            shared[self._holding.rows(term)] += weight
            length += weight
        cosines = np.divide(shared, self._lengths * np.sqrt(length), out=shared, where=shared > 0)
        asked = np.maximum.reduceat(cosines[:first_miss], self._starts[:-1])
        return Compared(float(cosines[first_miss:].max()), self._revisions, asked)

    def _weight(self, term: str) -> float:
        """The square of its idf: what two questions that have it share."""
        units, holding = self._holding.statistics.units, len(self._holding.rows(term))
        return inverse_document_frequency(units, holding) ** 2
