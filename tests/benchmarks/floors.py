"""Ranking on SQuAD 2.0 and KorQuAD 1.0: ours, and on the same questions the recipe it started from.

    python -m tests.benchmarks floors DATA [CACHE]

DATA holds the dev sets of both, or parts of them. The vectors of their texts are kept in CACHE (default:
nowhere), so that a second run is quick. The names of the bundled pack and its topics play no part; the glossary does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding import text_key
from index.evaluation.reading_sets import Asked
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.full_text import FullText, Scores, best_of_each
from tests.benchmarks.reading import KORQUAD, SQUAD, Prepared, prepare

GOALS = {SQUAD: 0.85, KORQUAD: 0.91}
DEPTH = 10
POOL = 20
"""Candidates of each list that the recipe fuses."""

Ranking = Callable[[Asked], Sequence[int]]
"""The ids of the best revisions for a question, best first."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of questions whose own paragraph is first, among the first five; mean reciprocal rank to ten."""

    first: float
    five: float
    mrr: float

    def __str__(self) -> str:
        return f"R@1 {self.first:.3f}  R@5 {self.five:.3f}  MRR@10 {self.mrr:.3f}"


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    figures = []
    for data_set, goal in GOALS.items():
        prepared = prepare(data_set.file(data), data_set.language, cache)
        questions = prepared.texts.questions
        for method, ranking in rankings_of(prepared).items():
            recall = _recall(questions, ranking)
            print(f"{data_set.name}, {len(questions)} questions, {method:9} {recall}", flush=True)
            if method == "ours":
                figures.append(at_least(f"{data_set.name} recall@1", recall.first, goal))
    return figures


def rankings_of(prepared: Prepared) -> dict[str, Ranking]:
    """Ours and those of the recipe and its parts, by name."""
    floor = Floor(prepared)
    methods = {"ours": ours(prepared), "floor": floor.fused, "FTS5": floor.lexical}
    return methods | {"dense": floor.dense} if prepared.language == "en" else methods


def ours(prepared: Prepared) -> Ranking:
    """The ids of the best revisions as the bot orders them."""

    def ranking(question: Asked) -> Sequence[int]:
        return [judged.hit.document.revision.id for judged in prepared.judged(question.text)]

    return ranking


class Floor:
    """0.6 × dense (mean of paragraph and best sentence) + 0.4 × bm25 of SQLite's FTS5 (paragraph and best sentence),
    each scaled from 0 to 1 over its 20 best. Where the model does not know the script, the lexical side alone, over
    Hangul bigrams."""

    def __init__(self, prepared: Prepared) -> None:
        documents, vectors = prepared.documents, prepared.vectors
        titles = {topic.id: topic.title for topic in prepared.texts.topics}
        self._documents, self._vectors = documents, vectors
        sentences = [[d.text[slice(*sentence.span)] for sentence in d.sentences] for d in documents]
        self._starts = np.concatenate([[0], np.cumsum([len(own) for own in sentences])[:-1]]).astype(np.int64)
        bigrams = any(document.language == "ko" for document in documents)
        titled = [titles[d.revision.snippet.topic] for d in documents]
        whole = list(zip(titled, (d.text for d in documents), strict=True))
        self._plain_text, self._paragraph_text = FullText(whole), FullText(whole, bigrams)
        self._sentence_text = FullText(((t, s) for t, own in zip(titled, sentences, strict=True) for s in own), bigrams)
        nothing = np.zeros(prepared.embedder.dimension, np.float32)
        self._paragraphs = np.stack([vectors.get(text_key(d.text), nothing) for d in documents])
        self._sentences = np.stack([vectors.get(text_key(s), nothing) for own in sentences for s in own])

    def dense(self, question: Asked) -> Sequence[int]:
        """Plain dense: the paragraph's cosine."""
        return self._best(self._paragraphs @ self._vectors[text_key(question.text)])

    def lexical(self, question: Asked) -> Sequence[int]:
        """Plain FTS5 over paragraphs, words as they are."""
        return self._best(self._plain_text.scores(question.text))

    def fused(self, question: Asked) -> Sequence[int]:
        """The recipe."""
        sentences = best_of_each(self._sentence_text.scores(question.text), self._starts)
        lexical = self._paragraph_text.scores(question.text) + sentences
        vector = self._vectors.get(text_key(question.text))
        if vector is None:
            return self._best(lexical)
        dense = self._paragraphs @ vector + best_of_each(self._sentences @ vector, self._starts)
        return self._best(0.6 * _scaled(dense) + 0.4 * _scaled(lexical))

    def _best(self, scores: Scores) -> Sequence[int]:
        rows: Iterator[int] = iter(np.argsort(-scores, kind="stable")[:DEPTH].tolist())
        return [self._documents[row].revision.id for row in rows]


def _scaled(scores: Scores) -> Scores:
    lowest = np.sort(scores)[-min(POOL, len(scores))]
    return np.clip((scores - lowest) / (scores.max() - lowest + 1e-9), 0, None)


def _recall(questions: Sequence[Asked], ranking: Ranking) -> Recall:
    ranks = []
    for question in questions:
        found = list(ranking(question))
        ranks.append(found.index(question.gold) + 1 if question.gold in found else 0)
    count = len(questions)
    return Recall(
        sum(rank == 1 for rank in ranks) / count,
        sum(1 <= rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )
