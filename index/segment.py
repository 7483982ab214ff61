"""An immutable part of the index: documents with their BM25 postings and vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.bm25 import Bm25, Fields
from index.documents import Document
from index.embedding.embedder import Vectors
from index.vectors import VectorIndex
from knowledge.models import LANGUAGES, Language

Rows = npt.NDArray[np.int64]


class Segment:
    """Built once from documents and never changed.

    A document is row i of `paragraphs`; its sentences are rows `sentence_starts[i]` to `sentence_starts[i + 1]`
    of `sentences`. A passage is an embedded text (the whole text, a sentence, or an ask) of one document;
    passages of texts that the model does not know are absent.
    """

    def __init__(self, documents: Sequence[Document], vectors: Mapping[str, Vectors], dimension: int) -> None:
        self.documents = tuple(documents)
        self.paragraphs = Bm25([Fields(d.terms, d.title_terms) for d in self.documents])
        self.sentences = Bm25([Fields(s.terms, d.title_terms) for d in self.documents for s in d.sentences])
        counts = [len(d.sentences) for d in self.documents]
        self.sentence_starts: Rows = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self._serves = {g: np.array([g in d.serves for d in self.documents], dtype=bool) for g in LANGUAGES}
        self._rows_of: dict[int, list[int]] = {}
        for row, document in enumerate(self.documents):
            self._rows_of.setdefault(document.revision.id, []).append(row)
        self._index_vectors(vectors, dimension)

    def _index_vectors(self, vectors: Mapping[str, Vectors], dimension: int) -> None:
        owners: list[int] = []
        self._slots: list[dict[str, int]] = []
        stacked: list[Vectors] = []
        for row, document in enumerate(self.documents):
            own: dict[str, int] = {}
            for key in document.texts:
                if key in vectors:
                    own[key] = len(stacked)
                    stacked.append(vectors[key])
                    owners.append(row)
            self._slots.append(own)
        self.passage_owners: Rows = np.array(owners, dtype=np.int64)
        matrix = np.stack(stacked) if stacked else np.empty((0, dimension), np.float32)
        self.vectors = VectorIndex(matrix)

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def passages(self) -> int:
        """How many vectors it holds."""
        return len(self.vectors)

    def serves(self, language: Language) -> npt.NDArray[np.bool_]:
        """For each document whether it may answer a question in `language`."""
        return self._serves[language]

    def rows_of(self, revision: int) -> Sequence[int]:
        """The documents of a revision."""
        return self._rows_of.get(revision, ())

    def slots(self, row: int) -> Mapping[str, int]:
        """The row in `vectors` of each embedded text of a document, by the text's key."""
        return self._slots[row]
