"""A reading set ready to be searched: its index, the vectors of its texts, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.compose import open_embedder
from bot.settings import load_settings
from index.calibration import load_calibration
from index.documents import Document
from index.embedding import Embedder, Vectors, text_key
from index.evaluation.reading_sets import Asked, ReadingSet, read
from index.features import Hit, QuestionVectors
from index.judging import Judged
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import encode_texts, texts_of
from index.morphemes import installed_analyser
from index.pack_vectors import read_pack_vectors, write_pack_vectors
from index.pipeline import Pipeline, Reading
from index.query import Query, understand
from knowledge.errors import HallyuError
from knowledge.glossary import load_glossary
from knowledge.models import PACK, Language, Scope


@dataclass(frozen=True, slots=True)
class DataSet:
    """One of the public sets that ranking is measured on: what it is called, what its file may be called, its
    language."""

    name: str
    files: tuple[str, ...]
    language: Language

    def file(self, data: Path) -> Path:
        """The set in a folder. Raises `HallyuError` where it is not there."""
        for pattern in self.files:
            if found := sorted(data.glob(pattern)):
                return found[0]
        raise HallyuError(f"{data} has no file of {self.name} ({' or '.join(self.files)}).")


SQUAD = DataSet("SQuAD 2.0", ("squad2*.json", "dev-v2.0.json"), "en")
KORQUAD = DataSet("KorQuAD 1.0", ("KorQuAD_v1.0_dev.json",), "ko")
DATA_SETS = (SQUAD, KORQUAD)


MOST = 1_500
"""Questions of a set that are asked where each takes long."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The index of a reading set, which holds nothing else. The names of the bundled pack and its topics play no part;
    the glossary does."""

    language: Language
    texts: ReadingSet
    index: KnowledgeIndex
    pipeline: Pipeline
    documents: Sequence[Document]
    vectors: Mapping[str, Vectors]
    embedder: Embedder

    def vectors_of(self, query: Query) -> QuestionVectors:
        """The vector of a question, made unless it is known."""
        embedded = query.gloss or query.mended or query.text
        vector = self.vectors.get(text_key(embedded))
        if vector is None and self.embedder.knows(embedded):
            vector = self.embedder.encode([embedded])[0]
        return QuestionVectors(
            None if vector is None else vector.astype(np.float32),
            glossed=bool(query.gloss) and not self.embedder.knows("한국어"),
        )

    def search(self, question: str, most: int) -> list[Hit]:
        """The hits for a question by their score alone, best first."""
        reading = self._read(question)
        return reading.retriever.search(reading.query, self.vectors_of(reading.query), most)

    def judged(self, question: str) -> list[Judged]:
        """The hits for a question as the bot orders them, best first."""
        reading = self._read(question)
        return self.pipeline.judged(reading, self.vectors_of(reading.query))

    def _read(self, question: str) -> Reading:
        retriever = self.index.retriever(Scope())
        return Reading(Scope(), understand(question, self.index.vocabulary(Scope()), retriever.knows), retriever, {})

    def without(self, articles: Set[str]) -> Prepared:
        """The same set without the paragraphs of some articles."""
        index = index_of(self.texts, self.embedder)
        index.load(PACK, [d for d in self.documents if d.revision.snippet.topic not in articles], self.vectors)
        return replace(self, index=index, pipeline=Pipeline(index, self.embedder, load_calibration()))

    def article(self, question: Asked) -> str:
        """The article whose paragraph a question was asked of."""
        return self.texts.revisions[question.gold - 1].snippet.topic


def prepare(path: Path, language: Language, cache: Path | None, asked: bool = True, threads: int = 0) -> Prepared:
    """Reads a file in the SQuAD format. The vectors of its texts, and of its questions where they are to be `asked`,
    are taken from `cache` and kept there."""
    return prepare_texts(read(path, language), language, cache, asked, threads)


def prepare_texts(
    texts: ReadingSet, language: Language, cache: Path | None, asked: bool = True, threads: int = 0
) -> Prepared:
    """The same for a set that was read."""
    embedder = open_embedder(load_settings(), print, threads=threads)
    index = index_of(texts, embedder)
    documents = index.prepare(texts.revisions)
    wanted = texts_of(documents, embedder)
    if asked:
        wanted |= {text_key(q.text): q.text for q in texts.questions if embedder.knows(q.text)}
    vectors = vectors_of(wanted, embedder, cache)
    index.load(PACK, documents, vectors)
    pipeline = Pipeline(index, embedder, load_calibration())
    return Prepared(language, texts, index, pipeline, documents, vectors, embedder)


def index_of(texts: ReadingSet, embedder: Embedder) -> KnowledgeIndex:
    """An index that knows the titles of a set and the glossary, and no text yet."""
    index = KnowledgeIndex(Lexicon.of(load_glossary()), embedder.dimension, analyser=installed_analyser())
    index.title(texts.topics)
    return index


def spread(questions: Sequence[Asked]) -> list[Asked]:
    """At most `MOST` of them, evenly spread over the articles."""
    count = min(MOST, len(questions))
    return [questions[number * len(questions) // count] for number in range(count)]


def vectors_of(texts: dict[str, str], embedder: Embedder, cache: Path | None) -> dict[str, Vectors]:
    """The vector of each text, by key; those that `cache` lacks are made and added to it."""
    known = read_pack_vectors(cache, embedder.fingerprint).among(texts) if cache else {}
    missing = {key: text for key, text in texts.items() if key not in known}
    if not missing:
        return known
    made = encode_texts(missing, embedder)
    if cache:
        write_pack_vectors(cache, embedder.fingerprint, read_pack_vectors(cache, embedder.fingerprint).joined(made))
    return known | made
