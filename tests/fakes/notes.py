"""Small knowledge of its own making, indexed, for tests of what searches it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from itertools import groupby

from fakes.answers import a_revision
from fakes.embedder import FakeEmbedder
from index.confidence import Basis, Confidence
from index.documents import Document
from index.embedding import Embedder, Vectors
from index.entities import EntityMatcher
from index.evidence import Evidence
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import encode_texts, texts_of
from index.pipeline import Drafted, Pipeline
from index.query import Query, understand
from index.senses import SenseMatcher
from index.vocabulary import Vocabulary
from knowledge.models import LANGUAGES, PACK, Entity, Glossary, Revision, Scope, Term

CHART_WORD = Term("chart", "chart", ("chart",), ("차트-",), question=False)
DEBUT_WORD = Term("debut", "debut", ("debut",), ("데뷔-",), question=False)
WHO_WORD = Term("who", "who", ("who is",), ("누구-",), question=True)
_INDIFFERENT = Confidence(0.0, Evidence(**dict.fromkeys((field.name for field in fields(Evidence)), 0.0)), 0.0)
SURE = {language: dict.fromkeys(Basis, _INDIFFERENT) for language in LANGUAGES}
"""Answers with whatever is found, however it is tuned."""

GLOSSARY = Glossary((CHART_WORD, DEBUT_WORD, WHO_WORD))


def a_note(id: int, text: str | None, text_ko: str | None = None, *, owner: int = PACK, **changes: object) -> Revision:
    """A revision whose snippet is called after its number; further fields of the snippet by keyword."""
    revision = a_revision(owner=owner, id=id)
    snippet = replace(revision.snippet, id=f"note-{id}", text=text, text_ko=text_ko, **changes)  # type: ignore[arg-type]
    return replace(revision, snippet=snippet)


def an_index(
    notes: Iterable[Revision],
    entities: Sequence[Entity] = (),
    embedder: Embedder | None = None,
    glossary: Glossary = GLOSSARY,
) -> KnowledgeIndex:
    """An index over notes of one or several owners; the entities are the pack's."""
    embedder = embedder or FakeEmbedder()
    index = KnowledgeIndex(Lexicon.of(glossary), embedder.dimension)
    index.name(PACK, entities)
    for owner, own in groupby(sorted(notes, key=lambda note: note.owner), key=lambda note: note.owner):
        documents, vectors = prepared(index, list(own), embedder)
        index.load(owner, documents, vectors)
    return index


def prepared(
    index: KnowledgeIndex, notes: Sequence[Revision], embedder: Embedder
) -> tuple[list[Document], dict[str, Vectors]]:
    """Documents and vectors of notes, as they are handed to an `OwnerIndex`."""
    documents = index.prepare(notes)
    return documents, encode_texts(texts_of(documents, embedder), embedder)


def a_pipeline(index: KnowledgeIndex, embedder: Embedder | None = None) -> Pipeline:
    """Answers from an index, sure of whatever it finds."""
    return Pipeline(index, embedder or FakeEmbedder(), SURE)


def draft(pipeline: Pipeline, question: str, scope: Scope, meant: str | None = None) -> Drafted:
    """What a pipeline would answer."""
    reading = pipeline.read(question, scope, meant)
    return pipeline.draft(reading, pipeline.encode([reading])[0])


def found(index: KnowledgeIndex, question: str, scope: Scope) -> list[int]:
    """The ids of the revisions that a question finds, best first."""
    pipeline = a_pipeline(index)
    reading = pipeline.read(question, scope)
    return [judged.hit.document.revision.id for judged in pipeline.judged(reading, pipeline.encode([reading])[0])]


def understood(question: str, *entities: Entity, glossary: Glossary = GLOSSARY) -> Query:
    """A question read with these names; every word is taken for one that texts use."""
    return understand(question, Vocabulary(EntityMatcher(entities), SenseMatcher(Lexicon.of(glossary))), lambda _: True)
