"""Exact inner-product search over unit vectors with FAISS."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embedding.embedder import Vectors

_AT_ONCE = 1024
"""Vectors added at a time."""


class VectorIndex:
    """An immutable flat index; row numbers are those of `vectors` (each of length 1), which are kept in 16 bits: half
    the memory, for cosines that differ by less than 0.001."""

    def __init__(self, vectors: Sequence[Vectors], dimension: int) -> None:
        self._index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        for start in range(0, len(vectors), _AT_ONCE):
            self._index.add(np.array(vectors[start : start + _AT_ONCE], dtype=np.float32))
        self._stored = _held(self._index, (len(vectors), dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, row: int) -> Vectors:
        """The stored vector of a row, shape (dimension,)."""
        return np.asarray(self._stored[row], dtype=np.float32)

    def nearest(self, query: Vectors, most: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Rows of the `most` largest cosines to `query` (shape (dimension,)), or all, and these cosines; best first."""
        if not len(self) or most <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        faiss.omp_set_num_threads(1)  # of the calling thread; two were 2 to 190 times slower beside a busy core
        cosines, rows = self._index.search(query.reshape(1, -1), min(most, len(self)))
        return np.asarray(rows[0], np.int64), np.asarray(cosines[0], np.float32)

    def cosines(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """The cosine of each of `rows` to `query`, float32."""
        return np.asarray(self._stored[rows].astype(np.float32) @ query, dtype=np.float32)


def _held(index: Any, shape: tuple[int, int]) -> npt.NDArray[np.float16]:
    """FAISS's own copy of the vectors; a row that was taken out keeps the index, and so the memory, alive."""
    memory = faiss.rev_swig_ptr(index.codes.data(), 2 * math.prod(shape)).view(np.float16).reshape(shape)
    return np.asarray(SimpleNamespace(index=index, __array_interface__=memory.__array_interface__), dtype=np.float16)
