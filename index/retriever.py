"""Searching what one scope sees: candidates of every segment, their features, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.bm25 import Statistics, inverse_document_frequency
from index.candidates import WeightedGroups, best_of, lexical_scores, nearest
from index.features import Features, Hit, QuestionVectors
from index.query import Group, Query
from index.segment import Segment


@dataclass(frozen=True, slots=True)
class Part:
    """A segment and the revisions in it that are no longer live."""

    segment: Segment
    dead: frozenset[int] = frozenset()


class Retriever:
    """Searches the parts that one scope sees, with their statistics pooled."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = [part for part in parts if len(part.segment)]
        self._paragraphs = sum((p.segment.paragraphs.statistics for p in self._parts), Statistics(0, 0.0))
        self._sentences = sum((p.segment.sentences.statistics for p in self._parts), Statistics(0, 0.0))

    def knows(self, term: str) -> bool:
        """Whether any text holds this index term."""
        return any(term in part.segment.paragraphs for part in self._parts)

    def term_idf(self, term: str) -> float:
        """The weight of a term; one that no text holds weighs most."""
        holding = sum(len(part.segment.paragraphs.rows(term)) for part in self._parts)
        return inverse_document_frequency(self._paragraphs.units, holding)

    def idf(self, group: Group) -> float:
        """That of the commonest of its terms, so that a rare spelling weighs no more than what it stands for."""
        return min(map(self.term_idf, group.terms)) * group.weight

    def search(self, query: Query, vectors: QuestionVectors, most: int = 10) -> list[Hit]:
        """The best hits for a question, best first. Without a vector the lexical features alone rank."""
        asked = WeightedGroups(query.groups, [self.idf(group) for group in query.groups])
        if not asked.groups and vectors.question is None:
            return []
        pair_idf = {pair: sum(map(self.term_idf, pair)) for pair in query.pairs}
        hits = [
            hit
            for part in self._parts
            for hit in self._hits(part, query, asked, vectors, Features(part.segment, query, asked, pair_idf, vectors))
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.document.revision.id))
        return hits[:most]

    def _hits(
        self, part: Part, query: Query, asked: WeightedGroups, vectors: QuestionVectors, features: Features
    ) -> Iterator[Hit]:
        segment = part.segment
        eligible = segment.serves(query.language).copy()
        for revision in part.dead:
            eligible[list(segment.rows_of(revision))] = False
        lexical = lexical_scores(segment, asked, self._paragraphs.average_length, self._sentences.average_length)
        rows = best_of(np.where(eligible, lexical, np.float32(0)))
        if vectors.question is not None:
            dead = sum(len(segment.slots(revision)) for revision in part.dead if segment.rows_of(revision))
            owners = segment.owners(query.language)
            rows = np.union1d(rows, nearest(segment, vectors.question, owners, eligible, dead))
        for row in map(int, rows):
            yield features.hit(row, float(lexical[row]))
