"""Making what is on disk searchable: the index of a guild follows its store."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from index.documents import Document
from index.embedding import Embedder, Vectors
from index.engine import Engine
from index.knowledge_index import KnowledgeIndex
from index.loading import encode_texts, texts_of
from index.name_list import key_of
from index.pack_vectors import vectors_as_bytes
from knowledge.curation import Applied, Version
from knowledge.errors import HallyuError
from knowledge.models import PACK, Entity, Revision, Scope, Snippet
from knowledge.store import Store

T = TypeVar("T")

AT_ONCE = 8
"""Snippets, or texts, that are embedded between two batches of questions: some 50 ms at most in which those wait."""

READ_AT_ONCE = 64
"""Snippets that are read again between two batches of questions, without being embedded: some 50 ms too."""

log = logging.getLogger(__name__)


class Publisher:
    """Brings changes into the index. When a method returns, the next answer knows of them."""

    def __init__(self, store: Store, index: KnowledgeIndex, engine: Engine, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._engine = engine
        self._embedder = embedder
        self._merging: dict[int, asyncio.Task[None]] = {}
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One change of a guild reads the store and tells the index at a time, or an older reading would come last."""

    async def publish(self, guild: int, applied: Applied) -> None:
        """Makes new versions of snippets findable and takes out those whose place they took, and teaches new names."""
        new = [_revision(guild, v) for v in applied.versions if isinstance(v.content, Snippet)]
        first, *rest = list(_chunks(new)) or [[]]
        async with self._turns[guild]:
            covered, live = await self._store.edits.covered(guild), await self._live(guild, first)
            made = await self._engine.insist(partial(self._exchange, guild, live, applied.replaced, covered))
        for chunk in rest:  # an edit need not wait for a long import
            async with self._turns[guild]:
                made |= await self._engine.insist(partial(self._add, guild, await self._live(guild, chunk)))
        if any(version.type == "entity" for version in applied.versions):
            async with self._turns[guild]:
                made |= await self._rename(guild, applied)
        await self._keep(made)
        self._merge_if_large(guild)

    async def forget(self, guild: int) -> None:
        """Takes everything of a guild out of the index."""
        await self._engine.insist(partial(self._index.forget, guild))

    async def finish(self) -> None:
        """Waits for merges under way."""
        await asyncio.gather(*self._merging.values())

    async def _live(self, guild: int, new: Sequence[Revision]) -> list[Revision]:
        """Those that still stand: what took the place of the others may be in the index already."""
        live = await self._store.revisions(Scope(guild), [revision.id for revision in new])
        return [revision for revision in new if revision.id in live]

    async def _keep(self, vectors: dict[str, Vectors]) -> None:
        try:
            await self._store.keep_vectors(self._embedder.fingerprint, vectors_as_bytes(vectors))
        except HallyuError as error:  # the next start makes them again
            log.warning("vectors.not_kept: %s", error)

    def _exchange(
        self, guild: int, new: Sequence[Revision], gone: Iterable[int], covered: Iterable[int]
    ) -> dict[str, Vectors]:
        documents, vectors = self._prepared(new)
        owner = self._index.owner(guild)
        for revision in gone:
            owner.remove(revision)
        if documents:
            owner.add(documents, vectors)
        self._index.cover(guild, covered)
        return vectors

    def _add(self, guild: int, new: Sequence[Revision]) -> dict[str, Vectors]:
        documents, vectors = self._prepared(new)
        self._index.owner(guild).add(documents, vectors)
        return vectors

    def _prepared(self, new: Sequence[Revision]) -> tuple[list[Document], dict[str, Vectors]]:
        documents = self._index.prepare(new)
        return documents, encode_texts(texts_of(documents, self._embedder), self._embedder)

    async def _rename(self, guild: int, applied: Applied) -> dict[str, Vectors]:
        """Teaches the guild's names, and reads the guild's texts again that hold a spelling that came or went, some at
        a time between questions. Returns the vectors of what is glossed otherwise now."""
        bundled = {entity.id: entity for entity in self._index.named(PACK)}
        names = [e for e in await self._store.entities(Scope(guild)) if bundled.get(e.id) != e]
        former = [await self._store.edits.version(guild, revision) for revision in applied.replaced]
        keys = {key_of(spelling) for spelling in respelt(applied.versions, former, bundled)}

        await self._engine.insist(partial(self._teach, guild, names))
        owner = self._index.owner(guild)
        held = await asyncio.to_thread(_holding, owner.documents(), keys)
        again: list[Document] = []
        for chunk in _chunks(held, READ_AT_ONCE):
            again += await self._engine.insist(partial(self._index.prepare, chunk))
        vectors: dict[str, Vectors] = {}
        glossed = [document for document in again if document.glosses]
        texts = await asyncio.to_thread(texts_of, glossed, self._embedder)
        for some in _chunks(list(texts.items()), AT_ONCE):
            vectors |= await self._engine.insist(partial(encode_texts, dict(some), self._embedder))
        if again:
            await self._engine.insist(partial(owner.reread, again, vectors))
        return vectors

    def _teach(self, guild: int, names: Iterable[Entity]) -> None:
        self._index.name(guild, names)
        self._index.vocabulary(Scope(guild))  # made now, so that the next question need not wait for it

    def _merge_if_large(self, guild: int) -> None:
        if guild in self._merging or not self._index.owner(guild).wants_merge:
            return
        task = asyncio.get_running_loop().create_task(self._merge(guild))
        self._merging[guild] = task
        task.add_done_callback(lambda _: self._merging.pop(guild, None))

    async def _merge(self, guild: int) -> None:
        owner = self._index.owner(guild)
        base = await asyncio.to_thread(owner.merged)
        await self._engine.insist(partial(owner.swap, base))


def _revision(guild: int, version: Version) -> Revision:
    if not isinstance(version.content, Snippet):
        raise TypeError(f"version {version.id} holds no snippet")
    return Revision(version.id, guild, version.number, version.content, version.created_at, version.author)


def respelt(versions: Iterable[Version], former: Iterable[Version | None], bundled: Mapping[str, Entity]) -> set[str]:
    """The spellings that an entity has now and had not before, or had and has no more. Where nothing stands in its
    record that is the bundled entity."""
    before = {version.record: version.content for version in former if version and version.type == "entity"}
    found: set[str] = set()
    for version in versions:
        if version.type == "entity":
            old, new = before.get(version.record), version.content
            pair = [each or bundled.get(version.record) for each in (old, new)]
            was, now = (set(each.spellings) if isinstance(each, Entity) else set() for each in pair)
            found |= was ^ now
    return found


def _holding(documents: Iterable[Document], keys: Iterable[str]) -> list[Revision]:
    """The revisions whose text may hold one of the spellings, however it is spaced, by id."""
    texts = ((document.revision, key_of(document.text)) for document in documents)
    held = {revision.id: revision for revision, letters in texts if any(key in letters for key in keys)}
    return [held[id] for id in sorted(held)]


def _chunks(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
