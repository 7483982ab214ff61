"""Which sentences of the hits to show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.demands import Demands
from index.documents import Document
from index.features import Hit, SentenceScore
from knowledge.models import Quote
from knowledge.sentences import Span

HITS = 3
"""Texts whose sentences are compared; the recipe was measured over the three best."""

SHOWN = 420
"""Characters up to which a snippet is shown whole: curators write one to three sentences that belong together."""

TOGETHER = 3
"""So many sentences of a longer one are shown together, within those characters: where one answers, those beside it
hold what it leaves out (docs/experiments.md)."""

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
    question in it (`coverage`) and only `beside` it, in the rest of its text, the title or linked names; that in the
    sentence `before` it, which it may go on from ("She …"), 0 for the first; the share of its own terms that the
    question has (`precision`); the standing of its text; the logarithm of its `length` in words; whether it says what
    is `demanded` (1 too where nothing is)."""

    cosine: float
    coverage: float
    beside: float
    before: float
    precision: float
    text: float
    length: float
    demanded: float


WITH_VECTOR = SentenceWeights(
    cosine=0.131, coverage=0.121, beside=0.092, before=0.014, precision=0.127, text=0.444, length=0.022, demanded=0.05
)
"""Fitted by `tests/benchmarks/fit_sentences.py` on SQuAD 2.0 (docs/experiments.md)."""

WITHOUT_VECTOR = SentenceWeights(
    cosine=0.0, coverage=0.307, beside=0.233, before=0.025, precision=0.093, text=0.263, length=0.0, demanded=0.078
)
"""For a text in a script that the model does not know; fitted on KorQuAD 1.0."""


def ranked_sentences(hits: Sequence[Hit], demands: Demands) -> list[tuple[Hit, SentenceScore]]:
    """The sentences of the first hits, the one that answers best first."""
    ranked = enumerate(hits[:HITS])
    scored = [(sentence_score(hit, s, demands), -rank, hit, s) for rank, hit in ranked for s in hit.sentences]
    return [(hit, s) for _, _, hit, s in sorted(scored, key=lambda item: item[:2], reverse=True)]


def evidence_for(hit: Hit, sentence: SentenceScore, demands: Demands) -> SentenceWeights:
    """What speaks for a sentence of a hit. Plain coverage beats BM25 here: length normalisation punishes the sentence
    that holds the answer."""
    start, end = hit.document.sentences[sentence.number].span
    text = hit.document.text[start:end]
    return SentenceWeights(
        cosine=sentence.cosine,
        coverage=sentence.coverage,
        beside=sentence.beside,
        before=hit.sentences[sentence.number - 1].coverage if sentence.number else 0.0,
        precision=sentence.precision,
        text=hit.standing,
        length=math.log1p(text.count(" ") + 1),
        demanded=float(demands.are_said_in(text)),
    )


def sentence_score(hit: Hit, sentence: SentenceScore, demands: Demands) -> float:
    """The weighted mean of what speaks for it."""
    told, weights = evidence_for(hit, sentence, demands), WITH_VECTOR if hit.is_embedded else WITHOUT_VECTOR
    return (
        weights.cosine * told.cosine
        + weights.coverage * told.coverage
        + weights.beside * told.beside
        + weights.before * told.before
        + weights.precision * told.precision
        + weights.text * told.text
        + weights.length * told.length
        + weights.demanded * told.demanded
    )


def choose(hits: Sequence[Hit], demands: Demands, several: bool = False) -> list[Chosen]:
    """The spans to show, best first; none for no hits. `several`: the question expects more than one thing.

    A best text that is shown whole anyway comes first; of a long one the best sentence of the first few texts does."""
    short = bool(hits) and len(hits[0].document.text) <= SHOWN
    found = ranked_sentences(hits[:1] if short else hits, demands)
    if not found:
        return []
    hit, sentence = found[0]
    chosen = [Chosen(hit, _quote(hit, sentence, demands))]
    least = hit.standing * (SECOND_OF_LIST_FROM if several else SECOND_FROM)
    for other in hits:
        if len(chosen) == LINES or other.standing < least:
            break
        if other.sentences and all(_differs(other, c.hit) for c in chosen):
            _, best = ranked_sentences([other], demands)[0]
            chosen.append(Chosen(other, _quote(other, best, demands)))
    return chosen


def _differs(one: Hit, other: Hit) -> bool:
    if one.document.revision.id == other.document.revision.id:
        return False
    a, b = set(one.document.terms), set(other.document.terms)
    return len(a & b) / max(1, min(len(a), len(b))) < 0.6


def _quote(hit: Hit, sentence: SentenceScore, demands: Demands) -> Quote:
    """The whole text, or of a long one the sentence with those beside it, the better ones first, as far as they fit: it
    may tell of what another names."""
    document = hit.document
    if len(document.text) <= SHOWN:
        return Quote(document.revision.id, document.language, 0, len(document.text))
    scores = {s.number: sentence_score(hit, s, demands) for s in hit.sentences}
    first = last = sentence.number
    for _ in range(TOGETHER - 1):
        beside = (number for number in (first - 1, last + 1) if number in scores)
        fitting = [n for n in beside if _length(_span(document, min(first, n), max(last, n))) <= SHOWN]
        if fitting:
            best = max(fitting, key=lambda number: scores[number])
            first, last = min(first, best), max(last, best)
    return Quote(document.revision.id, document.language, *_span(document, first, last))


def _length(span: Span) -> int:
    return span[1] - span[0]


def _span(document: Document, first: int, last: int) -> Span:
    return document.sentences[first].span[0], document.sentences[last].span[1]
