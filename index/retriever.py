"""Searching what one scope sees: candidates of every segment, their features, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.bm25 import Floats, Statistics, inverse_document_frequency
from index.candidates import (
    CANDIDATES,
    OF_EACH_SIDE,
    Candidates,
    WeightedGroups,
    best_of,
    best_of_all,
    lexical_scores,
    nearest,
)
from index.embedding.embedder import Vectors
from index.features import Features, Hit, QuestionVectors
from index.morphemes import Analyser
from index.near_misses import NearMisses
from index.query import Group, Query
from index.segment import Rows, Segment
from index.tokens import bigrams, terms
from index.transliterations import Spelling

SYLLABLE_IDF = 1.5
"""The weight of a morpheme of one syllable; 3 ranks as well."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment and the revisions in it that are no longer live."""

    segment: Segment
    dead: frozenset[int] = frozenset()

    @property
    def is_of_server(self) -> bool:
        """Whether the texts are a server's own; not to be asked of an empty segment."""
        return self.segment.documents[0].is_of_server

    def holds(self, terms: Iterable[str]) -> bool:
        """Whether a live text has any of some terms."""
        rows = (row for term in terms for row in self.segment.paragraphs.rows(term))
        return any(self.segment.documents[row].revision.id not in self.dead for row in rows)


class Retriever:
    """Searches the parts that one scope sees, with their statistics pooled."""

    def __init__(
        self, parts: Sequence[Part], analyser: Analyser | None = None, near_misses: NearMisses | None = None
    ) -> None:
        self.parts = [part for part in parts if len(part.segment)]
        self._analyser = analyser
        self.near_misses = near_misses or NearMisses()
        self._paragraphs = sum((p.segment.paragraphs.statistics for p in self.parts), Statistics(0, 0.0))
        self._sentences = sum((p.segment.sentences.statistics for p in self.parts), Statistics(0, 0.0))

    def knows(self, term: str) -> bool:
        """Whether any text holds this index term."""
        return any(term in part.segment.paragraphs for part in self.parts)

    def spelling(self, said: str) -> Spelling | None:
        """How a word of a question is most likely spelt in the other script in a server's own live texts."""
        own = ((part, part.segment.pronunciations.spelling(said)) for part in self.parts if part.is_of_server)
        live = [spelling for part, spelling in own if spelling and part.holds(spelling.parts[0])]
        return max(live, key=lambda spelling: spelling.likeness, default=None)

    def term_idf(self, term: str) -> float:
        """The weight of a term; one that no text holds weighs most."""
        holding = sum(len(part.segment.paragraphs.rows(term)) for part in self.parts)
        return inverse_document_frequency(self._paragraphs.units, holding)

    def idf(self, group: Group) -> float:
        """That of the commonest of its terms, so that a rare spelling weighs no more than what it stands for."""
        return min(map(self.term_idf, group.terms)) * group.weight

    def search(self, query: Query, vectors: QuestionVectors, most: int = 10) -> list[Hit]:
        """The best hits for a question, best first. Without a vector the lexical features alone rank."""
        words = {group.word: max(map(self.term_idf, terms(group.word))) for group in query.groups if group.word}
        asked = WeightedGroups(query.groups, [self.idf(group) for group in query.groups], words, self._morphemes(query))
        if not self.parts or (not asked.groups and vectors.question is None):
            return []
        pair_idf = {pair: sum(map(self.term_idf, pair)) for pair in query.pairs}
        lexical = [self._lexical(part, query, asked) for part in self.parts]
        chosen = [self._by_side([best_of(scores) for scores in lexical])]
        if vectors.question is not None:
            chosen.append(self._by_side([_nearest(part, query, vectors, vectors.question) for part in self.parts]))
        hits: list[Hit] = []
        for number, part in enumerate(self.parts):
            features = Features(part.segment, query, asked, pair_idf, vectors, self._analyser)
            rows = sorted({int(row) for lists in chosen for row in lists[number]})  # np.unique would load numpy.ma
            hits += [features.hit(row, float(lexical[number][row])) for row in rows]
        hits.sort(key=lambda hit: (-hit.standing, hit.document.revision.id))
        return hits[:most]

    def _by_side(self, found: Sequence[Candidates]) -> list[Rows]:
        """The rows of each part that are among the best of the pack or of the server's own texts: the pack is so large
        that its texts would crowd these out."""
        sides = [[n for n, part in enumerate(self.parts) if part.is_of_server is own] for own in (False, True)]
        most = OF_EACH_SIDE if all(sides) else CANDIDATES
        chosen = [np.empty(0, np.int64)] * len(self.parts)
        for numbers in filter(None, sides):
            best = best_of_all([found[number] for number in numbers], most)
            for number, rows in zip(numbers, best, strict=True):
                chosen[number] = rows
        return chosen

    def _morphemes(self, query: Query) -> dict[str, float]:
        """The morphemes of the Hangul words that stand for no name, each with its idf."""
        if not self._analyser or query.language != "ko":
            return {}
        spelt = query.normalised
        for mention in query.mentions:  # Latin letters: what follows them is still read as their particle
            spelt = spelt[: mention.start] + "x" * (mention.end - mention.start) + spelt[mention.end :]
        return {morpheme: self._morpheme_idf(morpheme) for morpheme in sorted(self._analyser.content(spelt))}

    def _morpheme_idf(self, morpheme: str) -> float:
        """That of all its bigrams in one text; of a single syllable, which is indexed only where it is a word,
        `SYLLABLE_IDF`."""
        if len(morpheme) == 1:
            return SYLLABLE_IDF
        holding = sum(part.segment.paragraphs.holding(bigrams(morpheme)) for part in self.parts)
        return inverse_document_frequency(self._paragraphs.units, holding)

    def _lexical(self, part: Part, query: Query, asked: WeightedGroups) -> Floats:
        """The lexical score of each document, 0 for those that may not answer."""
        averages = self._paragraphs.average_length, self._sentences.average_length
        return np.where(_eligible(part, query), lexical_scores(part.segment, asked, *averages), np.float32(0))


def _eligible(part: Part, query: Query) -> npt.NDArray[np.bool_]:
    eligible = part.segment.serves(query.language).copy()
    for revision in part.dead:
        eligible[list(part.segment.rows_of(revision))] = False
    return eligible


def _nearest(part: Part, query: Query, vectors: QuestionVectors, question: Vectors) -> Candidates:
    segment, owners = part.segment, part.segment.owners(query.language)
    beside = sum(int((segment.slots(revision) >= 0).sum()) for revision in part.dead if segment.rows_of(revision))
    if vectors.glossed and segment.glossed.any():  # what is not told crowds nothing out
        owners = np.where(segment.glossed, np.int32(-1), owners)
        beside += int(segment.glossed.sum())
    return nearest(segment, question, owners, _eligible(part, query), beside)
