"""Making the vectors of another model beside those in use, so that being killed loses a few seconds of work."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.embedding.embedder import Embedder, Vectors
from index.knowledge_index import KnowledgeIndex
from index.loading import CHUNK, Progress, owners_in, wanted
from index.pack_vectors import PackVectors, read_vectors, write_vectors
from knowledge.models import PACK
from knowledge.store.interface import Store


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a store that a model embeds, by key: those of the pack, and those that only guilds have."""

    pack: Mapping[str, str]
    guilds: Mapping[str, str]

    @property
    def all(self) -> dict[str, str]:
        return {**self.pack, **self.guilds}


async def texts_in(store: Store, index: KnowledgeIndex, embedder: Embedder) -> Texts:
    """Reads everything live of every owner. `index` is an empty one, which learns the names."""
    pack: dict[str, str] = {}
    guilds: dict[str, str] = {}
    async for owner, revisions in owners_in(store, index):
        found = pack if owner == PACK else guilds
        found |= wanted(index, owner, index.prepare(revisions), embedder)
    return Texts(pack, {key: text for key, text in guilds.items() if key not in pack})


class Rebuilt:
    """The vectors made so far, in a folder: a checksummed file for every few texts, each there as a whole or not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._vectors: dict[str, Vectors] = {}
        self._count = 0
        for path in sorted(folder.glob("*.npy")):
            self._vectors |= read_vectors(path)
            self._count = max(self._count, int(path.stem))

    @property
    def vectors(self) -> PackVectors:
        return PackVectors(self._vectors)

    def missing(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Those texts that have no vector yet."""
        return {key: text for key, text in texts.items() if key not in self._vectors}

    def know(self, vectors: Mapping[str, Vectors]) -> None:
        """Takes vectors that lie elsewhere, so that they need not be made."""
        self._vectors |= vectors

    def make(self, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None = None) -> None:
        """Embeds texts and keeps what is done every `CHUNK`. Raises `OSError` where the folder cannot be written.

        The order is that of their hashes: long and short ones are mixed, so that the pace foretells the time left.
        """
        keys = sorted(texts)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            made = dict(zip(chunk, embedder.encode([texts[key] for key in chunk]), strict=True))
            self._count += 1
            write_vectors(self._folder / f"{self._count:06}.npy", made)
            self._vectors |= made
            if progress:
                progress(start + len(chunk), len(keys))

    def discard(self) -> None:
        """Deletes the folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
