"""Ranking on SQuAD 2.0 and KorQuAD 1.0: ours, and on the same questions the recipe it started from.

    python -m tests.benchmarks floors DATA [CACHE]

DATA holds `squad2-tune.json` and `KorQuAD_v1.0_dev.json`. The vectors of their texts are kept in CACHE (default:
nowhere), so that a second run is quick. The names of the bundled pack and its topics play no part; the glossary does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.compose import open_embedder
from bot.settings import load_settings
from index.documents import Document
from index.embedding import Embedder, Vectors, text_key
from index.evaluation.reading_sets import Asked, ReadingSet, read
from index.features import QuestionVectors
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import encode_texts, texts_of
from index.pack_vectors import read_pack_vectors, write_pack_vectors
from index.query import understand
from knowledge.glossary import load_glossary
from knowledge.models import PACK, Language, Scope
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.full_text import FullText, Scores, best_of_each

FILES: tuple[tuple[str, str, Language, float], ...] = (
    ("SQuAD 2.0", "squad2-tune.json", "en", 0.85),
    ("KorQuAD 1.0", "KorQuAD_v1.0_dev.json", "ko", 0.91),
)
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
    for name, file, language, goal in FILES:
        rankings, questions = _rankings(read(data / file, language), cache)
        for method, ranking in rankings.items():
            recall = _recall(questions, ranking)
            print(f"{name}, {len(questions)} questions, {method:9} {recall}", flush=True)
            if method == "ours":
                figures.append(at_least(f"{name} recall@1", recall.first, goal))
    return figures


def _rankings(texts: ReadingSet, cache: Path | None) -> tuple[dict[str, Ranking], Sequence[Asked]]:
    embedder = open_embedder(load_settings(), print, threads=0)
    index = KnowledgeIndex(Lexicon.of(load_glossary()), embedder.dimension)
    index.title(texts.topics)
    documents = index.prepare(texts.revisions)
    asked = {text_key(q.text): q.text for q in texts.questions if embedder.knows(q.text)}
    vectors = _vectors(texts_of(documents, embedder) | asked, embedder, cache)
    index.load(PACK, documents, vectors)
    floor = Floor(documents, {topic.id: topic.title for topic in texts.topics}, vectors, embedder.dimension)
    methods = {"ours": _ours(index, vectors, embedder), "floor": floor.fused, "FTS5": floor.lexical}
    return (methods | {"dense": floor.dense} if asked else methods), texts.questions


def _vectors(texts: dict[str, str], embedder: Embedder, cache: Path | None) -> dict[str, Vectors]:
    known = read_pack_vectors(cache, embedder.fingerprint).among(texts) if cache else {}
    missing = {key: text for key, text in texts.items() if key not in known}
    if not missing:
        return known
    made = encode_texts(missing, embedder, lambda done, all: print(f"\rembedding {done}/{all}", end="", flush=True))
    print()
    if cache:
        write_pack_vectors(cache, embedder.fingerprint, read_pack_vectors(cache, embedder.fingerprint).joined(made))
    return known | made


def _ours(index: KnowledgeIndex, vectors: dict[str, Vectors], embedder: Embedder) -> Ranking:
    retriever, vocabulary = index.retriever(Scope()), index.vocabulary(Scope())

    def ranking(question: Asked) -> Sequence[int]:
        query = understand(question.text, vocabulary, retriever.knows)
        embedded = query.gloss or query.mended or query.text
        vector = vectors.get(text_key(embedded))
        if vector is None and embedder.knows(embedded):
            vector = embedder.encode([embedded])[0]
        hits = retriever.search(query, QuestionVectors(vector), DEPTH)
        return [hit.document.revision.id for hit in hits]

    return ranking


class Floor:
    """0.6 × dense (mean of paragraph and best sentence) + 0.4 × bm25 of SQLite's FTS5 (paragraph and best sentence),
    each scaled from 0 to 1 over its 20 best. Where the model does not know the script, the lexical side alone, over
    Hangul bigrams."""

    def __init__(
        self, documents: Sequence[Document], titles: dict[str, str], vectors: dict[str, Vectors], dimension: int
    ) -> None:
        self._documents, self._vectors = documents, vectors
        sentences = [[d.text[slice(*sentence.span)] for sentence in d.sentences] for d in documents]
        self._starts = np.concatenate([[0], np.cumsum([len(own) for own in sentences])[:-1]]).astype(np.int64)
        bigrams = any(document.language == "ko" for document in documents)
        titled = [titles[d.revision.snippet.topic] for d in documents]
        whole = list(zip(titled, (d.text for d in documents), strict=True))
        self._plain_text, self._paragraph_text = FullText(whole), FullText(whole, bigrams)
        self._sentence_text = FullText(((t, s) for t, own in zip(titled, sentences, strict=True) for s in own), bigrams)
        nothing = np.zeros(dimension, np.float32)
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
