"""How nearly a question is worded like known ones: ways to ask for notes of the pack, and its near misses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from index.bm25 import Floats, inverse_document_frequency
from index.contents import Keys, place_of, short_key

Terms = Sequence[str]
Rows = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside all known ones: the largest cosine of a near miss, and that of each way to ask, by the
    ascending keys of `asks`."""

    missed: float
    asks: Keys
    asked: Floats

    def contrast(self, asks: Iterable[str]) -> float | None:
        """How much nearer the question is to a near miss than to the nearest of some ways to ask, -1..1; None where
        none of them is known."""
        rows = [row for ask in asks if (row := place_of(ask, self.asks)) is not None]
        return self.missed - float(self.asked[rows].max()) if rows else None


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """Known questions by their terms. Two are as near as the cosine of their tf-idf vectors says (Salton & Buckley,
    "Term-weighting approaches in automatic text retrieval", 1988): a term counts once in a question, and its idf is
    that among these questions, so that "who" and "how many" weigh what they tell apart.

    Neither texts nor terms are kept, only their short keys, ascending: of the `terms`, and of the ways to ask (`asks`),
    which are the first questions; the near misses follow. The numbers of the questions that hold term i end at
    `ends[i]` in `rows`, where those of the next begin; `lengths` are those of the vectors.
    """

    terms: Keys
    ends: npt.NDArray[np.uint32]
    rows: Rows
    asks: Keys
    lengths: Floats

    @classmethod
    def of(cls, asks: Mapping[str, Terms], near_misses: Iterable[Terms]) -> Wordings:
        """Ways to ask, each with its terms, and the terms of near misses."""
        by_key = {short_key(text): terms for text, terms in asks.items()}
        known = [frozenset(terms) for terms in chain((by_key[key] for key in sorted(by_key)), near_misses)]
        columns: dict[str, int] = {}
        held = np.array([columns.setdefault(term, len(columns)) for terms in known for term in terms], np.int64)
        keys = np.array(list(map(short_key, columns)), np.uint64)
        order = np.argsort(keys)
        by_term = np.argsort(order)[held]  # the place of its key, for each
        rows = np.repeat(np.arange(len(known)), list(map(len, known)))
        ends = np.cumsum(np.bincount(by_term, minlength=len(columns)))
        shares = np.array([_share(len(known), count) for count in np.diff(ends, prepend=0).tolist()])
        squares = np.bincount(rows, shares[by_term], minlength=len(known))
        return cls(
            terms=keys[order],
            ends=ends.astype(np.uint32),
            rows=rows[np.argsort(by_term, kind="stable")].astype(np.uint16 if len(known) <= 1 << 16 else np.uint32),
            asks=np.array(sorted(by_key), np.uint64),
            lengths=np.sqrt(squares).astype(np.float32),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wordings) and all(
            np.array_equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self)
        )

    __hash__ = None  # type: ignore[assignment]

    def compare(self, terms: AbstractSet[str]) -> Compared | None:
        """What lies near to a question; None where there are no ways to ask or no near misses, which tells nothing."""
        if not 0 < len(self.asks) < len(self.lengths) or not terms:
            return None
        shared, square = np.zeros(len(self.lengths), np.float32), 0.0
        for term in sorted(terms):  # so that sums come out the same
            holding = self._holding(term)
            share = _share(len(self.lengths), len(holding))
            shared[holding] += share
            square += share
        cosines = np.divide(shared, self.lengths * np.sqrt(square), out=shared, where=shared > 0)
        asked, missed = np.split(cosines, [len(self.asks)])
        return Compared(float(missed.max()), self.asks, asked)

    def _holding(self, term: str) -> Rows:
        """The questions that hold a term."""
        at = place_of(term, self.terms)
        return self.rows[:0] if at is None else self.rows[self.ends[at - 1] if at else 0 : self.ends[at]]


def _share(questions: int, holding: int) -> float:
    """What a term adds to the product of two questions that have it: the square of its idf."""
    return inverse_document_frequency(questions, holding) ** 2
