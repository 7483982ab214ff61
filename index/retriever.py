"""Candidates from FAISS and BM25, and the few features that rank them.

Every feature lies in 0..1 and none depends on the size of the corpus: cosines, and shares of the question's idf
mass. Measured on SQuAD 2.0 and KorQuAD 1.0 (docs/quality.md): indexing every sentence beside its text is the
largest single gain, fused scores beat fused ranks, and coverage beats BM25 for ranking the candidates that
BM25 found, since length normalisation punishes the text that holds the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from index.bm25 import K1, Floats, Statistics, inverse_document_frequency
from index.documents import Document
from index.embedding.embedder import Vectors
from index.query import Group, Query
from index.segment import Segment


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature of a hit counts; they add up to 1."""

    dense: float = 0.0
    lexical: float = 0.0
    coverage: float = 0.0
    sentence: float = 0.0
    pairs: float = 0.0


WITH_VECTOR = Weights(dense=0.48, coverage=0.18, sentence=0.17, pairs=0.17)
"""Fitted by leaving one article of SQuAD 2.0 out: recall@1 0.843 where dense and BM25 alone give 0.810."""

WITHOUT_VECTOR = Weights(lexical=0.34, coverage=0.33, sentence=0.33)
"""For a script that the model does not know; KorQuAD 1.0 recall@1 0.929 where BM25 alone gives 0.924."""

GLOSS_WEIGHT = 0.5
"""Of the cosine to the rough English of a Korean question, beside the lexical features of the Korean text."""

CANDIDATES = 20
"""Taken from each of the two lists; more gains less than 0.004 recall@1 on SQuAD 2.0."""

PASSAGES = 120
"""Vectors asked of FAISS, so that 20 documents are left when several passages of one document are near."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment and the revisions in it that are no longer live."""

    segment: Segment
    dead: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence of a hit: its row in the document, its cosine (0 without a vector) and the share of the question's
    idf mass that stands in it, and beside it only in the title or the linked entities."""

    number: int
    cosine: float
    coverage: float
    beside: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with what speaks for it.

    `dense` is the mean cosine of the whole text and its best sentence, or that of its best ask; `lexical` BM25 as a
    share of what the question could reach; `coverage` the share of the question's idf mass in the text, title or
    asks; `pairs` the share of the question's neighbouring words that are neighbours in the text too.
    """

    document: Document
    dense: float
    lexical: float
    coverage: float
    pairs: float
    sentences: tuple[SentenceScore, ...]
    score: float

    @property
    def sentence(self) -> float:
        """The largest share of the question in one sentence."""
        return max((s.coverage for s in self.sentences), default=0.0)


class Retriever:
    """Searches the parts that one scope sees, with their statistics pooled."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = [part for part in parts if len(part.segment)]
        paragraphs = [part.segment.paragraphs.statistics for part in self._parts]
        sentences = [part.segment.sentences.statistics for part in self._parts]
        self._paragraphs = sum(paragraphs, Statistics(0, 0.0))
        self._sentences = sum(sentences, Statistics(0, 0.0))

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

    def search(self, query: Query, vector: Vectors | None, most: int = 10) -> list[Hit]:
        """The best hits for a question, best first. `vector` has length 1; None where the model does not know the
        question's script, which leaves the lexical score alone to rank."""
        weights = [self.idf(group) for group in query.groups]
        if not weights and vector is None:
            return []
        hits = [hit for part in self._parts for hit in _PartSearch(self, part, query, weights, vector).hits()]
        hits.sort(key=lambda hit: (-hit.score, hit.document.revision.id))
        return hits[:most]

    @property
    def average_lengths(self) -> tuple[float, float]:
        """Of whole texts and of sentences, in terms."""
        return self._paragraphs.average_length, self._sentences.average_length


class _PartSearch:
    def __init__(
        self, retriever: Retriever, part: Part, query: Query, weights: Sequence[float], vector: Vectors | None
    ) -> None:
        self._segment, self._query, self._weights, self._vector = part.segment, query, weights, vector
        self._mass = sum(weights) or 1.0
        self._average, self._sentence_average = retriever.average_lengths
        self._eligible = part.segment.serves(query.language).copy()
        self._pair_weights = {pair: sum(map(retriever.term_idf, pair)) for pair in query.pairs}
        self._pair_terms = frozenset(term for pair in query.pairs for term in pair)
        for revision in part.dead:
            self._eligible[list(part.segment.rows_of(revision))] = False

    def hits(self) -> list[Hit]:
        lexical = self._lexical()
        rows = np.union1d(_best(np.where(self._eligible, lexical, 0.0), CANDIDATES), self._nearest())
        return [self._hit(int(row), float(lexical[row])) for row in rows]

    def _lexical(self) -> Floats:
        """The mean of the text's and its best sentence's BM25, as a share of what the question could reach."""
        segment = self._segment
        texts = self._bm25(segment.paragraphs.saturated, len(segment), self._average)
        count = int(segment.sentence_starts[-1])
        sentences = self._bm25(segment.sentences.saturated, count, self._sentence_average)
        best = np.zeros_like(texts)
        filled = np.flatnonzero(np.diff(segment.sentence_starts))
        if len(filled):
            best[filled] = np.maximum.reduceat(sentences, segment.sentence_starts[filled])
        return (texts + best) / np.float32(2 * self._mass * (K1 + 1))

    def _bm25(
        self, saturated: Callable[[str, float], tuple[npt.NDArray[np.int32], Floats]], units: int, average: float
    ) -> Floats:
        scores = np.zeros(units, dtype=np.float32)
        for group, weight in zip(self._query.groups, self._weights, strict=True):
            found = [saturated(term, average) for term in group.terms]
            if len(found) == 1:
                rows, values = found[0]
                scores[rows] += np.float32(weight) * values
                continue
            best = np.zeros(units, dtype=np.float32)
            for rows, values in found:
                best[rows] = np.maximum(best[rows], values)
            scores += np.float32(weight) * best
        return scores

    def _nearest(self) -> npt.NDArray[np.int64]:
        if self._vector is None:
            return np.empty(0, np.int64)
        nearest = self._segment.vectors.nearest(self._vector, PASSAGES)
        owners = self._segment.owners(self._query.language)[nearest]
        owners = owners[(owners >= 0) & self._eligible[owners]]
        _, first = np.unique(owners, return_index=True)
        return owners[np.sort(first)][:CANDIDATES]

    def _hit(self, row: int, lexical: float) -> Hit:
        document = self._segment.documents[row]
        cosines = self._cosines(document)
        whole, best, ask = (
            max((cosines.get(key, 0.0) for key in keys), default=0.0)
            for keys in (document.passages.whole, document.passages.sentences, document.passages.asks)
        )
        hit = Hit(
            document=document,
            dense=max((whole + best) / 2, ask),
            lexical=lexical,
            coverage=self._share(document.held),
            pairs=self._pairs(document),
            sentences=tuple(self._sentence(document, number, cosines) for number in range(len(document.sentences))),
            score=0.0,
        )
        return replace(hit, score=self._fused(hit, bool(cosines)))

    def _fused(self, hit: Hit, embedded: bool) -> float:
        if self._query.language == "en":
            return fused(hit, WITH_VECTOR if embedded else WITHOUT_VECTOR)
        lexical = fused(hit, WITHOUT_VECTOR)
        return GLOSS_WEIGHT * hit.dense + (1 - GLOSS_WEIGHT) * lexical if embedded else lexical

    def _cosines(self, document: Document) -> dict[str, float]:
        if self._vector is None:
            return {}
        slots = self._segment.slots(document.revision.id)
        values = self._segment.vectors.cosines(self._vector, np.fromiter(slots.values(), np.int64, len(slots)))
        return dict(zip(slots, map(float, values), strict=True))

    def _sentence(self, document: Document, number: int, cosines: dict[str, float]) -> SentenceScore:
        sentence = document.sentences[number]
        covered = self._share(sentence.terms)
        return SentenceScore(
            number=number,
            cosine=max((cosines.get(key, 0.0) for key in sentence.keys), default=0.0),
            coverage=covered,
            beside=self._share(document.held | sentence.terms) - covered,
        )

    def _pairs(self, document: Document) -> float:
        weights = self._pair_weights
        if not weights:
            return 0.0
        near = neighbours(document.terms, self._pair_terms)
        return sum(weight for pair, weight in weights.items() if pair in near) / (sum(weights.values()) or 1.0)

    def _share(self, held: Set[str]) -> float:
        """The share of the question's idf mass that stands in `held`."""
        groups = zip(self._query.groups, self._weights, strict=True)
        return sum(weight for group, weight in groups if not held.isdisjoint(group.terms)) / self._mass


def fused(hit: Hit, weights: Weights) -> float:
    """The one number that hits are ranked by, in 0..1."""
    return (
        weights.dense * hit.dense
        + weights.lexical * hit.lexical
        + weights.coverage * hit.coverage
        + weights.sentence * hit.sentence
        + weights.pairs * hit.pairs
    )


def neighbours(terms: Sequence[str], wanted: frozenset[str]) -> set[tuple[str, str]]:
    """The ordered pairs of `wanted` terms that stand next to each other, or with one word between, in `terms`."""
    at = [(position, term) for position, term in enumerate(terms) if term in wanted]
    return {(a, b) for (i, a), (j, b) in chain(pairwise(at), zip(at, at[2:], strict=False)) if j - i <= 2}


def _best(scores: Floats, most: int) -> npt.NDArray[np.int64]:
    """The rows of the `most` largest scores above 0."""
    above = np.flatnonzero(scores > 0)
    if len(above) <= most:
        return above
    return above[np.argpartition(-scores[above], most)[:most]]
