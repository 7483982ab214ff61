"""Counting what would have to be embedded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding.embedder import Vectors
from index.embedding.files import Manifest


class Counting:
    """In place of an embedder: embeds nothing, so that what would have to be embedded is only counted. It takes the
    model's manifest alone; the model itself is 90 MB that a diagnosis beside a running bot should not load."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.fingerprint = manifest.fingerprint
        self.dimension = manifest.dimension
        self.count = 0

    def knows(self, text: str) -> bool:
        return self._manifest.knows(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.count += len(texts)
        return np.zeros((len(texts), self.dimension), np.float32)
