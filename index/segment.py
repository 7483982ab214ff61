"""An immutable part of the index: documents with their BM25 postings and vectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.bm25 import Bm25, Fields
from index.documents import Document
from index.embedding.embedder import Vectors
from index.transliterations import Pronunciations
from index.vectors import VectorIndex
from knowledge.models import LANGUAGES, Language

Rows = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int32]


class Segment:
    """Built once from documents and never changed.

    A document is row i of `paragraphs`; its sentences are rows `sentence_starts[i]` to `sentence_starts[i + 1]`
    of `sentences`. Passages (embedded texts) belong to a revision, so that both its languages share them;
    those that the model cannot read and that have no gloss are absent, and `glossed` tells which are of a gloss.
    """

    def __init__(self, documents: Sequence[Document], vectors: Mapping[str, Vectors], dimension: int) -> None:
        self.documents = tuple(documents)
        columns: dict[str, int] = {}
        self.paragraphs = Bm25([Fields(d.terms, d.title_terms) for d in self.documents], columns)
        self.sentences = Bm25([Fields(s.terms, d.title_terms) for d in self.documents for s in d.sentences], columns)
        counts = [len(d.sentences) for d in self.documents]
        self.sentence_starts: Rows = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self._serves = {g: np.array([g in d.serves for d in self.documents], dtype=bool) for g in LANGUAGES}
        self.facts = facts_of(self.documents)
        self._rows_of: dict[int, tuple[int, ...]] = {}
        for row, document in enumerate(self.documents):
            self._rows_of[document.revision.id] = (*self._rows_of.get(document.revision.id, ()), row)
        self._index_vectors(vectors, dimension)

    def _index_vectors(self, vectors: Mapping[str, Vectors], dimension: int) -> None:
        self._first: dict[int, int] = {}
        slots: list[int] = []
        owners: dict[Language, list[int]] = {g: [] for g in LANGUAGES}
        stacked: list[Vectors] = []
        glossed: list[bool] = []
        for revision, rows in self._rows_of.items():
            self._first[revision] = len(slots)
            passages = self.documents[rows[0]].passages
            known = [vectors.get(key) for key in passages.keys]
            serving = {g: next((row for row in rows if self._serves[g][row]), -1) for g in LANGUAGES}
            for number, vector in enumerate(known):
                slots.append(-1 if vector is None else len(stacked))
                if vector is not None:
                    stacked.append(vector)
                    glossed.append(number in passages.glossed)
                    for language in LANGUAGES:
                        owners[language].append(serving[language])
        self._slots = np.array(slots, dtype=np.int32)
        self.glossed = np.array(glossed, dtype=bool)
        self._owners = {g: np.array(rows, dtype=np.int32) for g, rows in owners.items()}
        self.vectors = VectorIndex(stacked, dimension)

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def passages(self) -> int:
        """How many vectors it holds."""
        return len(self.vectors)

    @cached_property
    def pronunciations(self) -> Pronunciations:
        """The words of a server's own texts by how they sound, worked out when they are first asked for: 20 ms for 256
        notes, half a second for 10,000."""
        return Pronunciations(document.text for document in self.documents)

    def prepared(self) -> Segment:
        """The same; what the first question would otherwise wait for is worked out now."""
        if self.documents and self.documents[0].is_of_server:
            _ = self.pronunciations
        return self

    def serves(self, language: Language) -> npt.NDArray[np.bool_]:
        """For each document whether it may answer a question in `language`."""
        return self._serves[language]

    def owners(self, language: Language) -> Slots:
        """For each passage the document that would answer with it in `language`, or -1."""
        return self._owners[language]

    def rows_of(self, revision: int) -> Sequence[int]:
        """The documents of a revision."""
        return self._rows_of.get(revision, ())

    def slots(self, revision: int) -> Slots:
        """The row in `vectors` of each passage of a revision, by its number; -1 for one without a vector."""
        count = len(self.documents[self._rows_of[revision][0]].passages)
        return self._slots[self._first[revision] :][:count]

    def vectors_of(self, documents: Iterable[Document]) -> dict[str, Vectors]:
        """The vectors of documents of this segment, by the key of their text."""
        passages = {document.revision.id: document.passages for document in documents}
        return {
            key: self.vectors.vector(at)
            for revision, own in passages.items()
            for key, at in zip(own.keys, self.slots(revision), strict=True)
            if at >= 0
        }


def facts_of(documents: Sequence[Document]) -> dict[tuple[str, str, str], list[int]]:
    """The rows of structured facts, by `("subject", entity, relation)` and by `("value", entity, relation)`."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for row, document in enumerate(documents):
        if statement := document.revision.snippet.statement:
            rows.setdefault(("subject", statement.subject, statement.relation), []).append(row)
            for value in statement.values:
                rows.setdefault(("value", value, statement.relation), []).append(row)
    return rows
