"""Counting what would have to be embedded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding.embedder import Embedder, Vectors


class Counting:
    """In place of an embedder: embeds nothing, so that what would have to be embedded is only counted."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension
        self.count = 0

    def knows(self, text: str) -> bool:
        return self._embedder.knows(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.count += len(texts)
        return np.zeros((len(texts), self.dimension), np.float32)
