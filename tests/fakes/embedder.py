"""An embedder without a model: texts that share words are near each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.embedding import Vectors
from index.tokens import has_hangul, terms

DIMENSION = 32


@lru_cache(maxsize=4096)
def _direction(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8])
    return np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)


class FakeEmbedder:
    """The sum of a direction for each word, the same on every machine; Hangul is unknown to it, as to the bundled
    model. It remembers what it was given, and raises `fault` once when one is set."""

    fingerprint = "fake-0123456789ab"
    dimension = DIMENSION

    def __init__(self) -> None:
        self.encoded: list[list[str]] = []
        self.fault: Exception | None = None

    def knows(self, text: str) -> bool:
        return not has_hangul(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.append(list(texts))
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        return np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, DIMENSION), np.float32)

    @staticmethod
    def _vector(text: str) -> Vectors:
        total = sum((_direction(word) for word in terms(text)), start=_direction(""))
        return np.asarray(total / np.linalg.norm(total), np.float32)


class OtherEmbedder(FakeEmbedder):
    """Another model: of another fingerprint, and of half the dimension."""

    fingerprint = "other-0123456789a"
    dimension = DIMENSION // 2

    def encode(self, texts: Sequence[str]) -> Vectors:
        half = super().encode(texts)[:, : self.dimension]
        return np.asarray(half / np.linalg.norm(half, axis=1, keepdims=True), np.float32)


class ThirdEmbedder(FakeEmbedder):
    """One more model, whose vectors are others than those of the first."""

    fingerprint = "third-0123456789a"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ascontiguousarray(super().encode(texts)[:, ::-1])
