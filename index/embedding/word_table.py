"""A model's table of words on disk, of which every question needs a few rows."""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
import numpy.typing as npt

_VALUE = 4
"""Bytes of a float32."""


class WordTable:
    """Reads rows when they are needed, a microsecond each from the cache of the system. Mapped into memory they would
    become resident within some hundred questions: 47 MB of the bundled model, 400 MB of a multilingual one."""

    def __init__(self, path: Path, width: int) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self._width = width
        weakref.finalize(self, os.close, self._file)

    def rows(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The row of each id, float32 of shape (*ids.shape, width). Raises `OSError` where the file has no such row."""
        wanted, place = np.unique(ids, return_inverse=True)
        found = np.empty((len(wanted), self._width), dtype="<f4")
        for row, number in zip(found, wanted.tolist(), strict=True):
            if os.preadv(self._file, [row.data], number * self._width * _VALUE) != row.nbytes:
                raise OSError(f"the model's table has no row {number}")
        return np.asarray(found[place.reshape(ids.shape)], dtype=np.float32)
