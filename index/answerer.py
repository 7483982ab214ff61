"""Which sentences of the hits to show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.features import Hit, SentenceScore
from knowledge.models import Quote

HITS = 3
"""Texts whose sentences are compared; the recipe was measured over the three best."""

WHOLE_TEXT = 420
"""Characters up to which a snippet is shown whole: curators write one to three sentences that belong together."""

SECOND_FROM = 0.88
SECOND_OF_LIST_FROM = 0.8
"""A further text is shown when its score is at least this share of the best one's (less for a question that expects
several things), and says something else."""

LINES = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A verbatim span of a hit to be shown."""

    hit: Hit
    quote: Quote


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """What speaks for a sentence, or how much each of it counts (then they add up to 1): the cosine; the share of the
    question in it (`coverage`) and only `beside` it, in the title or linked names; the score of its text; the logarithm
    of its `length` in words."""

    cosine: float
    coverage: float
    beside: float
    text: float
    length: float


WITH_VECTOR = SentenceWeights(cosine=0.188, coverage=0.155, beside=0.083, text=0.563, length=0.011)
"""Fitted by `tests/benchmarks/fit_sentences.py` on SQuAD 2.0 (docs/quality.md)."""

WITHOUT_VECTOR = SentenceWeights(cosine=0.0, coverage=0.412, beside=0.309, text=0.279, length=0.0)
"""For a text in a script that the model does not know; fitted on KorQuAD 1.0."""


def ranked_sentences(hits: Sequence[Hit]) -> list[tuple[Hit, SentenceScore]]:
    """The sentences of the first hits, the one that answers best first."""
    scored = [(sentence_score(hit, s), -rank, hit, s) for rank, hit in enumerate(hits[:HITS]) for s in hit.sentences]
    return [(hit, s) for _, _, hit, s in sorted(scored, key=lambda item: item[:2], reverse=True)]


def evidence_for(hit: Hit, sentence: SentenceScore) -> SentenceWeights:
    """What speaks for a sentence of a hit. Plain coverage beats BM25 here: length normalisation punishes the sentence
    that holds the answer."""
    start, end = hit.document.sentences[sentence.number].span
    words = hit.document.text.count(" ", start, end) + 1
    return SentenceWeights(sentence.cosine, sentence.coverage, sentence.beside, hit.score, math.log1p(words))


def sentence_score(hit: Hit, sentence: SentenceScore) -> float:
    """The weighted mean of what speaks for it."""
    told, weights = evidence_for(hit, sentence), WITH_VECTOR if hit.scores.dense else WITHOUT_VECTOR
    return (
        weights.cosine * told.cosine
        + weights.coverage * told.coverage
        + weights.beside * told.beside
        + weights.text * told.text
        + weights.length * told.length
    )


def choose(hits: Sequence[Hit], several: bool = False) -> list[Chosen]:
    """The spans to show, best first; none for no hits. `several`: the question expects more than one thing.

    A best text that is shown whole anyway comes first; of a long one the best sentence of the first few texts does."""
    short = bool(hits) and len(hits[0].document.text) <= WHOLE_TEXT
    found = ranked_sentences(hits[:1] if short else hits)
    if not found:
        return []
    hit, sentence = found[0]
    chosen = [Chosen(hit, _quote(hit, sentence))]
    least = hit.score * (SECOND_OF_LIST_FROM if several else SECOND_FROM)
    for other in hits:
        if len(chosen) == LINES or other.score < least:
            break
        if other.sentences and all(_differs(other, c.hit) for c in chosen):
            chosen.append(Chosen(other, _quote(other, max(other.sentences, key=lambda s: sentence_score(other, s)))))
    return chosen


def _differs(one: Hit, other: Hit) -> bool:
    if one.document.revision.id == other.document.revision.id:
        return False
    a, b = set(one.document.terms), set(other.document.terms)
    return len(a & b) / max(1, min(len(a), len(b))) < 0.6


def _quote(hit: Hit, sentence: SentenceScore) -> Quote:
    document = hit.document
    start, end = (
        (0, len(document.text)) if len(document.text) <= WHOLE_TEXT else document.sentences[sentence.number].span
    )
    return Quote(document.revision.id, document.language, start, end)
