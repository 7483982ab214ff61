"""Which documents of a segment are looked at closely: the best of BM25 and the nearest of FAISS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.bm25 import K1, Floats
from index.embedding.embedder import Vectors
from index.query import Group
from index.segment import Rows, Segment, Slots

CANDIDATES = 20
"""Taken from each of the two lists; more gains less than 0.004 recall@1 on SQuAD 2.0."""

OF_EACH_SIDE = 12
"""The same of the pack and of a server's own texts, where there are both: as good as 20, in three quarters of the time
(docs/experiments.md)."""

PASSAGES = 120
"""Vectors asked of FAISS, so that 20 documents are left when several passages of one document are near."""

Saturated = Callable[[str, float], tuple[npt.NDArray[np.int32], Floats]]


@dataclass(frozen=True, slots=True)
class WeightedGroups:
    """The groups of a question with their idf; its words as they are written, each with the idf of its rarest term; and
    the morphemes of the Hangul ones, where there is an analyser."""

    groups: Sequence[Group]
    idf: Sequence[float]
    words: Mapping[str, float] = field(default_factory=dict)
    morphemes: Mapping[str, float] = field(default_factory=dict)

    @property
    def mass(self) -> float:
        """The sum of the idf, never 0."""
        return sum(self.idf) or 1.0


def lexical_scores(segment: Segment, asked: WeightedGroups, average: float, sentence_average: float) -> Floats:
    """For each document the mean of the text's and its best sentence's BM25, as a share of what the question could
    reach. The averages are the lengths of texts and sentences over all segments."""
    texts = _bm25(segment.paragraphs.saturated, len(segment), asked, average)
    sentences = _bm25(segment.sentences.saturated, int(segment.sentence_starts[-1]), asked, sentence_average)
    best = np.zeros_like(texts)
    filled = np.flatnonzero(np.diff(segment.sentence_starts))
    if len(filled):
        best[filled] = np.maximum.reduceat(sentences, segment.sentence_starts[filled])
    return (texts + best) / np.float32(2 * asked.mass * (K1 + 1))


def _bm25(saturated: Saturated, units: int, asked: WeightedGroups, average: float) -> Floats:
    """Each group counts once per unit, by the term of it that scores most there."""
    scores = np.zeros(units, dtype=np.float32)
    for group, weight in zip(asked.groups, asked.idf, strict=True):
        best = np.zeros(units, dtype=np.float32)
        for term in group.terms:
            rows, values = saturated(term, average)
            best[rows] = np.maximum(best[rows], values)
        scores += np.float32(weight) * best
    return scores


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents of one segment and the score that each was found by."""

    rows: Rows
    scores: Floats


def best_of(scores: Floats) -> Candidates:
    """The documents with the largest scores above 0."""
    above = np.flatnonzero(scores > 0)
    if len(above) > CANDIDATES:
        above = above[np.argpartition(-scores[above], CANDIDATES)[:CANDIDATES]]
    return Candidates(above, scores[above])


def nearest(
    segment: Segment, vector: Vectors, owners: Slots, eligible: npt.NDArray[np.bool_], beside: int
) -> Candidates:
    """The eligible documents with the nearest passages. `owners` is the document of each passage, or -1; `beside`
    how many passages are no longer live or do not count, so that they crowd nothing out."""
    passages, cosines = segment.vectors.nearest(vector, PASSAGES + beside)
    found = owners[passages]
    fit = (found >= 0) & eligible[found]
    documents, first = np.unique(found[fit].astype(np.int64), return_index=True)
    order = np.argsort(first)[:CANDIDATES]
    return Candidates(documents[order], cosines[fit][first[order]])


def best_of_all(found: Sequence[Candidates], most: int) -> list[Rows]:
    """The rows of each segment that are among the `most` best of all segments together."""
    scores = np.concatenate([candidates.scores for candidates in found])
    if len(scores) <= most:
        return [candidates.rows for candidates in found]
    least = np.partition(scores, -most)[-most]
    return [candidates.rows[candidates.scores >= least] for candidates in found]
