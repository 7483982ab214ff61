"""Vectors in checksummed files, such as those of the bundled pack in the cache folder: one file per model, always safe
to delete. They are kept in half precision, which is much finer than what the index keeps of them (`index/vectors.py`),
so that a start reads half as much."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.lib.format as npy

from index.embedding.embedder import Vectors
from index.sealed import read_sealed, write_sealed

_KEY = 32
"""Bytes of a text key."""


class PackVectors:
    """Vectors by text key, as read from the cache."""

    def __init__(self, vectors: Mapping[str, Vectors]) -> None:
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._vectors)

    def among(self, keys: Iterable[str]) -> dict[str, Vectors]:
        """The vectors of those keys that the cache has: of length 1, in the precision of the file."""
        return {key: self._vectors[key] for key in keys if key in self._vectors}

    def joined(self, vectors: Mapping[str, Vectors]) -> dict[str, Vectors]:
        """What the cache has and `vectors` beside it."""
        return {**self._vectors, **vectors}


def vectors_as_bytes(vectors: Mapping[str, Vectors]) -> dict[str, bytes]:
    """As the store keeps them: little-endian float32."""
    return {key: vector.astype("<f4").tobytes() for key, vector in vectors.items()}


def vectors_path(cache: Path, fingerprint: str) -> Path:
    return cache / "vectors" / f"{fingerprint}.npy"


def read_pack_vectors(cache: Path, fingerprint: str) -> PackVectors:
    """What the cache holds for a model; empty where the file is absent or its checksum is wrong."""
    return PackVectors(read_vectors(vectors_path(cache, fingerprint)))


def write_pack_vectors(cache: Path, fingerprint: str, vectors: Mapping[str, Vectors]) -> None:
    """Replaces the file, whole or not at all. Raises `OSError` where the folder cannot be written."""
    write_vectors(vectors_path(cache, fingerprint), vectors)


def read_vectors(path: Path) -> dict[str, Vectors]:
    """What a file holds, by text key; nothing where it is absent or its checksum is wrong. All are views of one block,
    the bytes of the file: the bundled pack has 36 MB of them, and a start needs them beside the index."""
    body = read_sealed(path)
    if body is None:
        return {}
    head = io.BytesIO(body)
    npy.read_magic(head)
    (rows,), _, kind = npy.read_array_header_1_0(head)
    held = np.frombuffer(body, kind, rows, head.tell())
    return {key.hex(): vector for key, vector in zip(held["key"].tolist(), held["vector"], strict=True)}


def write_vectors(path: Path, vectors: Mapping[str, Vectors]) -> None:
    """Replaces a file, whole or not at all. Raises `OSError` where the folder cannot be written."""
    dimension = len(next(iter(vectors.values()), ()))
    kind = np.dtype([("key", f"V{_KEY}"), ("vector", "<f2", (dimension,))])
    held = np.array([(bytes.fromhex(key), vector) for key, vector in vectors.items()], kind)
    body = io.BytesIO()
    npy.write_array(body, held, (1, 0), allow_pickle=False)
    write_sealed(path, body.getvalue())
