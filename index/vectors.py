"""Exact inner-product search over unit vectors with FAISS."""

from __future__ import annotations

import math
from collections.abc import Sequence

import faiss
import numpy as np
import numpy.typing as npt

from index.embedding.embedder import Vectors

_AT_ONCE = 1024
"""Vectors added at a time."""

_WIDEST = 5.6
"""The largest component that is kept as it is, in standard deviations of the components of a unit vector, which are
1/√dimension; a larger one is cut off. As far as the bundled model's reach over the bundled notes."""


class VectorIndex:
    """An immutable flat index; row numbers are those of `vectors` (each of length 1), whose components are kept in 6
    bits each: a fifth of the memory, for cosines that differ by 0.0026 (standard deviation; docs/experiments.md)."""

    def __init__(self, vectors: Sequence[Vectors], dimension: int) -> None:
        kind = faiss.ScalarQuantizer.QT_6bit
        self._index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        most = min(1.0, _WIDEST / math.sqrt(dimension))
        self._index.train(np.array([[-most], [most]], np.float32).repeat(dimension, axis=1))
        for start in range(0, len(vectors), _AT_ONCE):
            self._index.add(np.array(vectors[start : start + _AT_ONCE], dtype=np.float32))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, row: int) -> Vectors:
        """The stored vector of a row, shape (dimension,)."""
        return np.asarray(self._index.reconstruct(int(row)), dtype=np.float32)

    def nearest(self, query: Vectors, most: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Rows of the `most` largest cosines to `query` (shape (dimension,)), or all, and these cosines; best first."""
        if not len(self) or most <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        faiss.omp_set_num_threads(1)  # of the calling thread; two were 2 to 190 times slower beside a busy core
        cosines, rows = self._index.search(query.reshape(1, -1), min(most, len(self)))
        return np.asarray(rows[0], np.int64), np.asarray(cosines[0], np.float32)

    def cosines(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """The cosine of each of `rows` to `query`, float32."""
        return np.asarray(self._index.reconstruct_batch(rows) @ query, dtype=np.float32)
