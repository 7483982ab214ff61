"""Filling the index from the store: tokens are made, vectors taken from where they lie, the rest is embedded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from index.documents import Document
from index.embedding.embedder import Embedder, Vectors
from index.knowledge_index import KnowledgeIndex
from index.pack_vectors import PackVectors
from knowledge.models import PACK, Entity, Revision, Scope
from knowledge.store.interface import Store

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are."""

CHUNK = 256
"""Texts embedded between two calls of `Progress` and two writes to the store."""


def texts_of(documents: Iterable[Document], embedder: Embedder) -> dict[str, str]:
    """The texts to embed, by key; those in a script that the model does not know are left out."""
    texts = {key: text for document in documents for key, text in document.passages.texts.items()}
    return {key: text for key, text in texts.items() if embedder.knows(text)}


def encode_texts(texts: Mapping[str, str], embedder: Embedder, progress: Progress | None = None) -> dict[str, Vectors]:
    """The vectors of texts, by key, shortest texts first so that batches are even."""
    keys = sorted(texts, key=lambda key: len(texts[key]))
    vectors: dict[str, Vectors] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        vectors.update(zip(chunk, embedder.encode([texts[key] for key in chunk]), strict=True))
        if progress:
            progress(len(vectors), len(keys))
    return vectors


async def stored_vectors(store: Store, fingerprint: str, keys: Sequence[str]) -> dict[str, Vectors]:
    """The vectors that the store has for some keys."""
    found = await store.vectors(fingerprint, keys)
    return {key: np.frombuffer(data, dtype="<f4") for key, data in found.items()}


async def load_index(
    index: KnowledgeIndex, store: Store, embedder: Embedder, pack: PackVectors, progress: Progress | None = None
) -> dict[str, Vectors]:
    """Loads everything live into `index` and returns the vectors that had to be made anew, for the caller to keep."""
    made: dict[str, Vectors] = {}
    index.title(count.topic for count in await store.topics(Scope()))
    for owner in (PACK, *await store.guilds()):
        scope = Scope() if owner == PACK else Scope(owner)
        entities = await store.entities(scope)
        index.name(owner, entities if owner == PACK else _own(entities, await store.entities(Scope())))
        revisions = [r for r in await store.live(scope) if r.owner == owner]
        made |= await load_owner(index, owner, revisions, store, embedder, pack, progress)
    return made


def _own(entities: Sequence[Entity], packs: Sequence[Entity]) -> list[Entity]:
    known = set(packs)
    return [entity for entity in entities if entity not in known]


async def load_owner(
    index: KnowledgeIndex,
    owner: int,
    revisions: Sequence[Revision],
    store: Store,
    embedder: Embedder,
    pack: PackVectors,
    progress: Progress | None = None,
) -> dict[str, Vectors]:
    """Loads the revisions of one owner and returns the vectors that had to be made."""
    documents = index.prepare(revisions)
    texts = texts_of(documents, embedder)
    vectors = {key: vector for key in texts if (vector := pack.get(key)) is not None}
    vectors |= await stored_vectors(store, embedder.fingerprint, [key for key in texts if key not in vectors])
    made = encode_texts({k: t for k, t in texts.items() if k not in vectors}, embedder, progress)
    index.load(owner, documents, vectors | made)
    return made
