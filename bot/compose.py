"""The composition root: the one place where the parts are built and handed to each other."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from bot.asking import Asking
from bot.memory import nothing_collected
from bot.models import model_name, settle_model
from bot.settings import Settings
from bot.watching.observing import NOBODY, Observer
from index.calibration import load_calibration
from index.contents import NOTHING
from index.embedding import Embedder, ModelMissing, OnnxEmbedder, load_model_files
from index.engine import QUEUE, Engine
from index.knowledge_index import KnowledgeIndex
from index.loading import Progress, embed_pack, load_index
from index.morphemes import installed_analyser
from index.near_misses import NearMisses
from index.pack_vectors import PackVectors, read_pack_vectors, vectors_as_bytes, write_pack_vectors
from index.pipeline import Pipeline
from index.preparation import Preparation, keep, keep_pack, prepare, prepared_pack
from knowledge.errors import HallyuError
from knowledge.files import pack_digest
from knowledge.models import Pack
from knowledge.near_misses import load_near_misses
from knowledge.store import Change, Store, open_store, open_store_readonly

log = logging.getLogger(__name__)

Note = Callable[[str], None]
"""Called with a line for the person who waits, such as "Exporting the model (once) …"."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """A running engine over one store, and the use case on top that every command needs."""

    store: Store
    index: KnowledgeIndex
    pipeline: Pipeline
    engine: Engine
    asking: Asking
    embedder: Embedder
    observer: Observer = NOBODY


def open_embedder(settings: Settings, note: Note, threads: int = 1) -> Embedder:
    """The exported model. A missing or damaged export is made anew where sentence-transformers is installed.

    Raises `HallyuError` where it is not.
    """
    return embedder_of(model_name(settings), settings, note, threads)


def embedder_of(model: str, settings: Settings, note: Note, threads: int = 1) -> Embedder:
    """As `open_embedder`, of a model by its name or folder."""
    try:
        return OnnxEmbedder(load_model_files(settings.cache_dir, model), threads)
    except ModelMissing as missing:
        from index.embedding.export import export_model

        note(f"Exporting the model {model} (once) …")
        try:
            return OnnxEmbedder(export_model(settings.cache_dir, model), threads)
        except HallyuError as error:
            raise HallyuError(f"{missing} It could not be made now: {error}") from error


@asynccontextmanager
async def opening_embedder(settings: Settings) -> AsyncIterator[asyncio.Task[Embedder | None]]:
    """Opens the exported model in a thread, while the store is opened and read; None where there is no sound export."""
    task = asyncio.create_task(asyncio.to_thread(_exported, settings))
    try:
        yield task
    finally:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # whoever waited for it has it; nobody else asks for it


def _exported(settings: Settings) -> Embedder | None:
    try:
        return OnnxEmbedder(load_model_files(settings.cache_dir, model_name(settings)), threads=1)
    except ModelMissing:
        return None


async def changed_pack(settings: Settings) -> Pack | None:
    """The bundled knowledge, where the database lacks it or holds another one; None where it is up to date.

    Writes nothing, so that faulty files are refused before anything is made. Raises `HallyuError` for those.
    """
    if await _is_current(settings):
        return None
    return prepared_pack(settings.cache_dir) or _loaded_pack()


async def sync_pack(store: Store, pack: Pack | None = None) -> Change:
    """Brings the bundled knowledge in the store up to the files, which are read only when they have changed.

    `pack` is what is in the files, where it is known already.
    """
    if await store.pack_digest() == pack_digest():
        return Change()
    return await store.sync(pack or _loaded_pack())


def _loaded_pack() -> Pack:
    from knowledge.pack import load_pack  # only where it is needed: the loader and its schema take 0.25 s to import

    return load_pack()


@asynccontextmanager
async def reading_store(settings: Settings) -> AsyncIterator[Store]:
    """The store for reading. Where it is missing or older than the files and nobody else writes, it is synced first.

    Raises `HallyuError` when there is none and none can be made, and for faulty files.
    """
    pack = await changed_pack(settings)
    if pack:
        there = os.path.exists(settings.database)
        try:
            async with open_store(settings.database) as store:
                await sync_pack(store, pack)
        except HallyuError:
            if not there:
                raise
    async with open_store_readonly(settings.database) as store:
        yield store


async def _is_current(settings: Settings) -> bool:
    if not os.path.exists(settings.database):  # unlike Path.exists, False where one may not look
        return False
    try:
        async with open_store_readonly(settings.database) as store:
            return await store.pack_digest() == pack_digest()
    except HallyuError:
        return False


@asynccontextmanager
async def knowing(
    settings: Settings,
    store: Store,
    note: Note,
    *,
    keeps: bool,
    progress: Progress | None = None,
    opening: Awaitable[Embedder | None] | None = None,
    observer: Observer = NOBODY,
) -> AsyncIterator[Knowing]:
    """Builds the index over a store and runs its engine. `keeps`: the store may be written. `opening`: the embedder,
    where it is being opened already. Raises `HallyuError` where the store is embedded by another model."""
    embedder = (await opening if opening else None) or open_embedder(settings, note)
    await settle_model(settings, store, embedder, keeps=keeps)
    with nothing_collected():
        index = await _built(settings, store, embedder, keeps, progress)
    share = settings.guild_waiting or QUEUE
    async with _running(store, index, embedder, keeps=keeps, observer=observer, share=share) as known:
        yield known


@asynccontextmanager
async def trying(settings: Settings, store: Store, embedder: Embedder, vectors: PackVectors) -> AsyncIterator[Knowing]:
    """As `knowing`, with any model and its vectors; nothing is kept."""
    index = _empty(prepare(settings.cache_dir), embedder)
    await load_index(index, store, embedder, lambda: vectors)
    async with _running(store, index, embedder, keeps=False) as known:
        yield known


@asynccontextmanager
async def _running(
    store: Store,
    index: KnowledgeIndex,
    embedder: Embedder,
    *,
    keeps: bool,
    observer: Observer = NOBODY,
    share: int = QUEUE,
) -> AsyncIterator[Knowing]:
    pipeline = Pipeline(index, embedder, load_calibration())
    with Engine(pipeline, took=observer.took, share=share) as engine:
        asking = Asking(store, engine, keeps=keeps, observer=observer)
        try:
            yield Knowing(store, index, pipeline, engine, asking, embedder, observer)
        finally:
            await asking.finish()


def _empty(prepared: Preparation, embedder: Embedder) -> KnowledgeIndex:
    near_misses = NearMisses(load_near_misses, prepared.wordings)
    return KnowledgeIndex(prepared.lexicon, embedder.dimension, prepared.contents, installed_analyser(), near_misses)


async def _built(
    settings: Settings, store: Store, embedder: Embedder, keeps: bool, progress: Progress | None
) -> KnowledgeIndex:
    """The index over a store; what had to be made for it is kept for the next time."""
    prepared = prepare(settings.cache_dir)
    index = _empty(prepared, embedder)
    read_cache = partial(read_pack_vectors, settings.cache_dir, embedder.fingerprint)
    made = await load_index(index, store, embedder, read_cache, progress)
    of_this_version = await store.pack_digest() == pack_digest()
    known = replace(prepared, contents=index.contents, wordings=index.near_misses.wordings)
    if of_this_version and (len(known.contents) > len(prepared.contents) or prepared.wordings is None):
        _written(lambda: keep(settings.cache_dir, known))
    index.let_go_of_contents()
    to_store = dict(made.guilds)
    if made.pack:
        whole = read_cache().joined(made.pack)
        if not _written(lambda: write_pack_vectors(settings.cache_dir, embedder.fingerprint, whole)):
            to_store |= made.pack
    if to_store and keeps:
        await store.keep_vectors(embedder.fingerprint, vectors_as_bytes(to_store))
    return index


def _written(write: Callable[[], None]) -> bool:
    """Whether the cache could be written; it may be read-only, as in an image."""
    try:
        write()
    except OSError as error:
        log.debug("cache.not_written: %s", error.strerror)
        return False
    return True


def fill_cache(settings: Settings, note: Note, progress: Progress | None = None) -> int:
    """Puts the vectors and the terms of the bundled pack into the cache folder; how many vectors it holds then.

    Raises `HallyuError` when something is missing there and the folder cannot be written.
    """
    embedder = open_embedder(settings, note, threads=0)
    cached = read_pack_vectors(settings.cache_dir, embedder.fingerprint)
    prepared, kept = prepare(settings.cache_dir), prepared_pack(settings.cache_dir)
    index = KnowledgeIndex(
        prepared.lexicon,
        embedder.dimension,
        prepared.contents if kept else NOTHING,
        near_misses=NearMisses(load_near_misses, prepared.wordings if kept else None),
    )
    pack = kept or _loaded_pack()
    vectors = embed_pack(pack, index, embedder, cached, progress)
    known = replace(prepared, contents=index.contents, wordings=index.near_misses.wordings)
    try:
        if kept is None or known != prepared:
            keep(settings.cache_dir, known)
            keep_pack(settings.cache_dir, pack)
        if len(cached) != len(vectors) or len(cached.among(vectors)) != len(vectors):
            write_pack_vectors(settings.cache_dir, embedder.fingerprint, vectors)
    except OSError as error:
        raise HallyuError(
            f"The cache folder {settings.cache_dir} cannot be written ({error.strerror}). "
            "Set HALLYU_CACHE_DIR to one that can."
        ) from error
    return len(vectors)
