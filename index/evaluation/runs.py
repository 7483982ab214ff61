"""Asking every question of a set and scoring what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.answerer import ranked_sentences
from index.demands import Demands
from index.evaluation.intervals import Estimate, estimate
from index.evaluation.metrics import MEASURES, RankMeasures, measures_of
from index.evaluation.reading_sets import ReadingSet
from index.evaluation.verdicts import Verdict
from index.features import Hit
from index.pipeline import Pipeline
from knowledge.golden import GoldenQuestion
from knowledge.models import Scope


@dataclass(frozen=True, slots=True)
class Scored:
    """A golden question, what became of it, how its snippets were ranked (None where nothing should be found), and the
    processor time from question to answer."""

    question: GoldenQuestion
    verdict: Verdict
    ranks: RankMeasures | None
    receipt: Mapping[str, Any]
    shown: str
    took_ms: float = 0.0

    @property
    def best(self) -> Mapping[str, Any]:
        """The candidate that was ranked first, as the receipt has it; empty where there was none."""
        candidates = self.receipt.get("candidates") or [{}]
        found: Mapping[str, Any] = candidates[0]
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the questions, such as those in Korean: the share of right ones and of wrong ones among those on file,
    of declined ones among the others (None where there are none), and how the snippets were ranked."""

    name: str
    answered: Estimate | None
    wrong: float
    declined: Estimate | None
    ranks: Mapping[str, Estimate]


def parts_of(scored: Sequence[Scored]) -> list[Part]:
    """The whole, then by language, then by what is hard about the questions."""
    parts = [_part("all", scored)]
    for language in dict.fromkeys(s.question.language for s in scored):
        parts.append(_part(language, [s for s in scored if s.question.language == language]))
    for kind in sorted({s.question.kind for s in scored}):
        parts.append(_part(kind, [s for s in scored if s.question.kind == kind]))
    return parts


def _part(name: str, scored: Sequence[Scored]) -> Part:
    known = [s for s in scored if s.question.expect == "answered"]
    unknown = [s for s in scored if s.question.expect == "no_answer"]
    ranks = [s.ranks for s in known if s.ranks]
    return Part(
        name=name,
        answered=estimate([float(s.verdict is Verdict.RIGHT) for s in known]) if known else None,
        wrong=sum(s.verdict is Verdict.WRONG for s in known) / max(1, len(known)),
        declined=estimate([float(s.verdict is Verdict.DECLINED) for s in unknown]) if unknown else None,
        ranks={name: estimate([getattr(rank, name) for rank in ranks]) for name in MEASURES} if ranks else {},
    )


def snippet_ranks(hits: Sequence[Hit], question: GoldenQuestion) -> RankMeasures | None:
    """How the supporting snippets of a question are ranked; None where it has none."""
    if not question.snippets:
        return None
    ranking = tuple(dict.fromkeys(hit.document.revision.snippet.id for hit in hits))
    return measures_of(ranking, frozenset(question.snippets))


@dataclass(frozen=True, slots=True)
class ReadingScores:
    """Means over the questions of a reading set: the ranking of paragraphs, and whether the best one (two) of all
    sentences hold an answer."""

    ranks: Mapping[str, Estimate]
    sentence_1: Estimate
    sentence_2: Estimate


def score_reading(pipeline: Pipeline, texts: ReadingSet, batch: int = 64) -> ReadingScores:
    """Ranks every question of a set whose paragraphs are all that `pipeline` knows."""
    ranks: list[RankMeasures] = []
    one: list[float] = []
    two: list[float] = []
    for start in range(0, len(texts.questions), batch):
        asked = texts.questions[start : start + batch]
        readings = [pipeline.read(question.text, Scope()) for question in asked]
        for question, reading, vectors in zip(asked, readings, pipeline.encode(readings), strict=True):
            hits = [judged.hit for judged in pipeline.judged(reading, vectors)]
            ranks.append(measures_of([str(hit.document.revision.id) for hit in hits], {str(question.gold)}))
            held = [question.answered_by(sentence) for sentence in _sentences(hits, reading.query.demands)]
            one.append(float(any(held[:1])))
            two.append(float(any(held[:2])))
    means = {name: estimate([getattr(rank, name) for rank in ranks]) for name in MEASURES}
    return ReadingScores(means, estimate(one), estimate(two))


def _sentences(hits: Sequence[Hit], demands: Demands) -> Iterator[str]:
    for hit, sentence in ranked_sentences(hits, demands):
        yield hit.document.text[slice(*hit.document.sentences[sentence.number].span)]
