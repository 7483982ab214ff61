"""The use case behind adding and removing knowledge: durable and searchable, or not done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from index.embedding import Embedder, Vectors
from index.engine import Engine, Overloaded, Stopped
from index.knowledge_index import KnowledgeIndex
from index.loading import encode_texts, texts_of
from index.pack_vectors import vectors_as_bytes
from knowledge.errors import HallyuError
from knowledge.models import Revision, Snippet
from knowledge.store import Store

T = TypeVar("T")

PAUSE = 0.05
"""Seconds until a change that found no room among the waiting questions is tried again: some two batches."""

log = logging.getLogger(__name__)


class Curating:
    """Changes a guild's own knowledge. When a method returns, the change is on disk and in the next answer."""

    def __init__(self, store: Store, index: KnowledgeIndex, engine: Engine, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._engine = engine
        self._embedder = embedder
        self._merging: dict[int, asyncio.Task[None]] = {}

    async def add(self, guild: int, snippet: Snippet, author: int | None) -> Revision:
        """A new snippet of a guild. Raises `HallyuError` if its id is taken or the store refuses."""
        revision = await self._store.add(guild, snippet, author)
        try:  # it is on disk already: who gives up waiting does not undo it
            made = await asyncio.shield(self._changed(partial(self._publish, revision)))
        except Exception:  # it could not be embedded, so nobody would ever find it
            await self._store.retire(guild, snippet.id, author)
            raise
        await self._keep(made)
        self._merge_if_large(guild)
        return revision

    async def remove(self, guild: int, revision: Revision, author: int | None) -> None:
        """Takes a guild's snippet out of every answer; its revisions stay on file."""
        await self._store.retire(guild, revision.snippet.id, author)
        await asyncio.shield(self._changed(partial(self._index.owner(guild).remove, revision.id)))
        self._merge_if_large(guild)

    async def finish(self) -> None:
        """Waits for merges under way."""
        await asyncio.gather(*self._merging.values())

    async def _changed(self, work: Callable[[], T]) -> T:
        """Changes the index. It is on disk already, so a crowd of questions makes it wait and not fail."""
        while True:
            try:
                return await self._engine.run(work)
            except Stopped:
                raise
            except Overloaded:
                await asyncio.sleep(PAUSE)

    async def _keep(self, vectors: dict[str, Vectors]) -> None:
        try:
            await self._store.keep_vectors(self._embedder.fingerprint, vectors_as_bytes(vectors))
        except HallyuError as error:  # the next start makes them again
            log.warning("vectors.not_kept: %s", error)

    def _publish(self, revision: Revision) -> dict[str, Vectors]:
        documents = self._index.prepare([revision])
        vectors = encode_texts(texts_of(documents, self._embedder), self._embedder)
        self._index.owner(revision.owner).add(documents, vectors)
        return vectors

    def _merge_if_large(self, guild: int) -> None:
        if guild in self._merging or not self._index.owner(guild).wants_merge:
            return
        task = asyncio.get_running_loop().create_task(self._merge(guild))
        self._merging[guild] = task
        task.add_done_callback(lambda _: self._merging.pop(guild, None))

    async def _merge(self, guild: int) -> None:
        owner = self._index.owner(guild)
        base = await asyncio.to_thread(owner.merged)
        await self._changed(partial(owner.swap, base))
