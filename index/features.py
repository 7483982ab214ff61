"""What speaks for one candidate: the features that rank it, and those of each of its sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from index.candidates import WeightedGroups
from index.coverage import Coverage
from index.documents import Document
from index.embedding.embedder import Vectors
from index.morphemes import Analyser
from index.near_misses import nearness
from index.query import Query
from index.ranking import OWN, SHORT, WITH_GLOSS, WITH_VECTOR, WITHOUT_VECTOR, Scores, fused
from index.segment import Segment
from index.tokens import bigrams, normalise


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """What of a question is embedded, each of length 1: the question (or its English gloss), and the names in it by
    themselves. None where there is none or the model does not know the script. `glossed` where the model cannot read
    the question itself."""

    question: Vectors | None = None
    names: Vectors | None = None
    glossed: bool = False


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence of a hit: its row in the document, its cosine (0 where the hit is not embedded) and the share of the
    question's idf mass that stands in it, and beside it only in the rest of the text, the title or the linked entities
    (words as they are written only in the title); `precision` is the share of its own terms that the question has or
    stands for, stop words included."""

    number: int
    cosine: float
    coverage: float
    beside: float
    precision: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with its features and their fused `score`. `beyond` is the best cosine of what is left of question
    and passage without the direction of the names: whether they say the same *about* those names. `nearness` is the
    mean of the largest cosines of its ways to ask that have a vector; None where none has. `is_embedded` tells whether
    it was compared by meaning at all: without, every cosine is 0. `sentences` are all of the document's, by number."""

    document: Document
    is_embedded: bool
    scores: Scores
    beyond: float
    nearness: float | None
    sentences: tuple[SentenceScore, ...]
    score: float

    @property
    def standing(self) -> float:
        """The score, and what a server's plain note has before other texts."""
        return self.score + (OWN if self.document.is_plain else 0.0)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the sentences of a document are seen in: its terms, the words of the question that stand in it as they are
    written and those in its title, and the cosines of its passages."""

    held: frozenset[str]
    written: AbstractSet[str]
    titled: AbstractSet[str]
    cosines: Sequence[float]


class Features:
    """Computes hits for one question in one segment. `pair_idf` are the neighbouring words and their weights."""

    def __init__(
        self,
        segment: Segment,
        query: Query,
        asked: WeightedGroups,
        pair_idf: Mapping[tuple[str, str], float],
        vectors: QuestionVectors,
        analyser: Analyser | None = None,
    ) -> None:
        self._segment, self._query, self._asked, self._vectors = segment, query, asked, vectors
        self._pair_idf = pair_idf
        self._pair_terms = frozenset(chain.from_iterable(pair_idf))
        self._pair_mass = sum(pair_idf.values()) or 1.0
        self._analyser = analyser
        self._said = query.wording.union(*(group.terms for group in query.groups))
        self._coverage = Coverage(asked)
        self._morpheme_mass = sum(asked.morphemes.values()) + self._coverage.beside or 1.0

    def hit(self, row: int, lexical: float) -> Hit:
        """The hit for a document, given its lexical score."""
        document = self._segment.documents[row]
        held, (cosines, beyond) = document.held, self._cosines(document)
        dense = _dense(document, cosines)
        written, titled = self._coverage.written(document.text), self._coverage.titled(document.title_terms)
        whole = _Whole(held, written, titled, cosines)
        sentences = tuple(self._sentence(document, whole, number) for number in range(len(document.sentences)))
        scores = Scores(
            dense=dense,
            lexical=lexical,
            coverage=self._coverage.share(held, written | titled),
            sentence=max((sentence.coverage for sentence in sentences), default=0.0),
            pairs=self._pairs(document),
            brevity=_brevity(document.text),
            morphemes=self._morphemes(document),
        )
        return Hit(
            document=document,
            is_embedded=bool(cosines),
            scores=scores,
            beyond=dense if beyond is None else beyond,
            nearness=nearness(cosine for number in document.passages.asks if cosines and (cosine := cosines[number])),
            sentences=sentences,
            score=self._fused(scores, bool(cosines)),
        )

    def _fused(self, scores: Scores, embedded: bool) -> float:
        if not embedded:
            return fused(scores, WITHOUT_VECTOR)
        return fused(scores, WITH_VECTOR if self._query.language == "en" else WITH_GLOSS)

    def _cosines(self, document: Document) -> tuple[Sequence[float], float | None]:
        """The cosine of the question to each passage, by its number (0 for one without a vector), and the best one
        beyond the names. Of two glosses none is told: the words they stand for say more. Nor is any of a text that has
        no vector as a whole or of a way to ask: single sentences without Hangul say little of a Korean one."""
        slots, passages = self._segment.slots(document.revision.id), document.passages
        if self._vectors.glossed and passages.glossed:
            slots = slots.copy()
            slots[list(passages.glossed)] = -1
        if self._vectors.question is None or not (slots[[*passages.whole, *passages.asks]] >= 0).any():
            return (), None
        rows = slots[slots >= 0].astype(np.int64)
        to_question = self._segment.vectors.cosines(self._vectors.question, rows)
        cosines = np.zeros(len(slots), dtype=np.float32)
        cosines[slots >= 0] = to_question
        if self._vectors.names is None:
            return cosines.tolist(), None
        to_names = self._segment.vectors.cosines(self._vectors.names, rows)
        between = float(self._vectors.question @ self._vectors.names)
        return cosines.tolist(), float(beyond(to_question, to_names, between).max())

    def _sentence(self, document: Document, whole: _Whole, number: int) -> SentenceScore:
        sentence = document.sentences[number]
        alone = len(document.sentences) == 1
        written = whole.written if alone else self._coverage.written(document.text[slice(*sentence.span)])
        terms = frozenset(sentence.terms)
        covered = self._coverage.share(terms, written)
        return SentenceScore(
            number=number,
            cosine=max((whole.cosines[passage] for passage in sentence.passages if whole.cosines), default=0.0),
            coverage=covered,
            beside=self._coverage.share(whole.held | terms, written | whole.titled) - covered,
            precision=len(terms & self._said) / max(1, len(terms)),
        )

    def _pairs(self, document: Document) -> float:
        near = neighbours(document.terms, self._pair_terms)
        return sum(weight for pair, weight in self._pair_idf.items() if pair in near) / self._pair_mass

    def _morphemes(self, document: Document) -> float | None:
        """The share of the question in a document, where its Hangul words count by their morphemes; None where there is
        none, or no analyser."""
        if not self._analyser or not self._asked.morphemes:
            return None
        analysed = self._analyser.bundled if not document.is_of_server else self._analyser.content
        written, titled = analysed(normalise(document.text)), set(document.title_terms)
        found = (m in written or titled.issuperset(bigrams(m)) for m in self._asked.morphemes)
        held = sum(idf for idf, there in zip(self._asked.morphemes.values(), found, strict=True) if there)
        return (held + self._coverage.beside_words(document.held)) / self._morpheme_mass


def _dense(document: Document, cosines: Sequence[float]) -> float:
    if not cosines:
        return 0.0
    passages = document.passages
    whole, sentence, ask = (
        max((cosines[number] for number in numbers), default=0.0)
        for numbers in (passages.whole, passages.sentences, passages.asks)
    )
    return max((whole + sentence) / 2, ask)


def _brevity(text: str) -> float:
    longer = max(0.0, math.log((text.count(" ") + 1) / SHORT))
    return -min(1.0, longer / math.log(SHORT))


def beyond(to_question: Vectors, to_names: Vectors, question_to_names: float) -> Vectors:
    """Cosines between question and passages after the direction of the names is projected out of both (partial
    correlation, with cosines for correlations); all arguments are cosines."""
    left = np.sqrt(np.maximum(1 - to_names**2, 1e-6) * max(1 - question_to_names**2, 1e-6))
    return np.asarray((to_question - question_to_names * to_names) / left, dtype=np.float32)


def neighbours(terms: Sequence[str], wanted: AbstractSet[str]) -> set[tuple[str, str]]:
    """The ordered pairs of `wanted` terms that stand next to each other, or with one word between, in `terms`."""
    at = [(position, term) for position, term in enumerate(terms) if term in wanted]
    return {(a, b) for (i, a), (j, b) in chain(pairwise(at), zip(at, at[2:], strict=False)) if j - i <= 2}
