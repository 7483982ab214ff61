"""Filling the index from the store: tokens are made, vectors taken from where they lie, the rest is embedded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.documents import Document
from index.embedding.embedder import Embedder, Vectors
from index.knowledge_index import KnowledgeIndex
from index.pack_vectors import PackVectors
from knowledge.models import PACK, Pack, Revision, Scope
from knowledge.store.interface import Store

FETCHED = 2048
"""Vectors that are read from the store at a time."""

ReadCache = Callable[[], PackVectors]
"""Reads the vectors in the cache folder."""

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are."""

CHUNK = 256
"""Texts embedded between two calls of `Progress` and two writes to the store."""


def texts_of(documents: Iterable[Document], embedder: Embedder) -> dict[str, str]:
    """The texts to embed, by key; those that the model cannot read and that have no gloss are left out."""
    wordings = dict.fromkeys(wording for document in documents for wording in document.embedded)
    return {wording.key: said for wording in wordings if (said := wording.read_by(embedder.knows))}


def wanted(index: KnowledgeIndex, owner: int, documents: Iterable[Document], embedder: Embedder) -> dict[str, str]:
    """The texts to embed for an owner, by key: those of its documents and, for the pack, its near misses."""
    beside = index.near_misses.texts(embedder) if owner == PACK else {}
    return texts_of(documents, embedder) | beside


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


@dataclass(frozen=True, slots=True)
class Made:
    """Vectors that had to be made, by text key: to be kept, so that they never are again."""

    pack: Mapping[str, Vectors]
    guilds: Mapping[str, Vectors]


async def load_index(
    index: KnowledgeIndex, store: Store, embedder: Embedder, read_cache: ReadCache, progress: Progress | None = None
) -> Made:
    """Loads everything live into `index`. The pack's vectors are looked for in the cache, then in the store; those of
    guilds the other way round, so that the large cache is seldom in memory beside them."""
    pack: dict[str, Vectors] = {}
    guilds: dict[str, Vectors] = {}
    async for owner, revisions in owners_in(store, index):
        made = pack if owner == PACK else guilds
        made |= await _load_owner(index, owner, revisions, store, embedder, read_cache, progress)
    return Made(pack, guilds)


async def owners_in(store: Store, index: KnowledgeIndex) -> AsyncIterator[tuple[int, list[Revision]]]:
    """Every owner with what of its own is live, the pack first. `index` learns the topics and each owner's names."""
    index.title(count.topic for count in await store.topics(Scope()))
    known = await store.entities(Scope())
    index.name(PACK, known)
    yield PACK, await store.live(Scope())
    bundled = set(known)
    for guild in await store.guilds():
        scope = Scope(guild)
        index.name(guild, [entity for entity in await store.entities(scope) if entity not in bundled])
        index.cover(guild, await store.edits.covered(guild))
        yield guild, [revision for revision in await store.live(scope) if revision.owner == guild]


async def _load_owner(
    index: KnowledgeIndex,
    owner: int,
    revisions: Sequence[Revision],
    store: Store,
    embedder: Embedder,
    read_cache: ReadCache,
    progress: Progress | None,
) -> dict[str, Vectors]:
    documents = index.prepare(revisions)
    texts = wanted(index, owner, documents, embedder)
    vectors = read_cache().among(texts) if owner == PACK else {}
    missing = [key for key in texts if key not in vectors]
    for start in range(0, len(missing), FETCHED):
        stored = await stored_vectors(store, embedder.fingerprint, missing[start : start + FETCHED])
        # Half the memory until the index has them.
        vectors |= {key: vector.astype(np.float16) for key, vector in stored.items()}
    if owner != PACK and not texts.keys() <= vectors.keys():  # as of a text that the pack has, too
        vectors = read_cache().among(texts) | vectors
    made = encode_texts({k: t for k, t in texts.items() if k not in vectors}, embedder, progress)
    del texts  # tens of thousands of sentences, while the index is built
    index.load(owner, documents, vectors | made)
    return made


async def stored_vectors(store: Store, fingerprint: str, keys: Sequence[str]) -> dict[str, Vectors]:
    """The vectors of those keys that the store has."""
    found = await store.vectors(fingerprint, keys)
    return {key: np.frombuffer(data, dtype="<f4") for key, data in found.items()}


def embed_pack(
    pack: Pack, index: KnowledgeIndex, embedder: Embedder, cached: PackVectors, progress: Progress | None = None
) -> dict[str, Vectors]:
    """The vector of every text of a pack, by key; those in `cached` are taken from there. `index` is an empty one,
    which learns the pack's names and texts, and how questions about it are worded."""
    index.title(pack.topics)
    index.name(PACK, pack.entities)
    revisions = [Revision(number, PACK, 1, snippet, "") for number, snippet in enumerate(pack.snippets, 1)]
    documents = index.prepare(revisions)
    index.word(documents)
    texts = wanted(index, PACK, documents, embedder)
    known = cached.among(texts)
    return known | encode_texts({key: text for key, text in texts.items() if key not in known}, embedder, progress)
