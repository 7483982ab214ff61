"""Changes of model without a model: a data folder with the small pack and some guild's notes, and what must hold."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import numpy as np

from bot.reindexing import Reindexing, alone
from bot.settings import Settings
from fakes.embedder import FakeEmbedder, OtherEmbedder, ThirdEmbedder
from fakes.knowing import PACK, a_snippet
from index.knowledge_index import KnowledgeIndex
from index.loading import stored_vectors
from index.near_misses import NearMisses
from index.pack_vectors import read_pack_vectors, vectors_as_bytes
from index.preparation import keep, prepare
from index.rebuilding import texts_in
from knowledge.curation import Act, Applied, Edit
from knowledge.store import Model, Store, open_store

GUILD = 10
NEAR_MISSES = {"golden-76-days": ["who sold Golden to Netflix", "골든은 누가 팔았나"]}

PRECISION = 1e-3
"""Of a component as the cache keeps it."""

MODELS = {each.fingerprint: each for each in (FakeEmbedder, OtherEmbedder, ThirdEmbedder)}
"""More than a database keeps the vectors of, which is two: changing round all of them embeds each time."""


def settings_in(folder: Path) -> Settings:
    """With a data and a cache folder of their own; nothing of the environment."""
    return Settings(_env_file=None).model_copy(update={"data_dir": folder / "data", "cache_dir": folder / "cache"})


def model_of(embedder: FakeEmbedder) -> Model:
    return Model(f"model/{embedder.fingerprint}", embedder.fingerprint)


def after(fingerprint: str) -> type[FakeEmbedder]:
    """The next of the models, the first after the last."""
    order = list(MODELS)
    return MODELS[order[(order.index(fingerprint) + 1) % len(order)]]


async def begin(settings: Settings, embedder: FakeEmbedder, notes: int) -> None:
    """A database in which the model of `embedder` is in use."""
    keep(settings.cache_dir, prepare(settings.cache_dir))
    async with open_store(settings.database) as store:
        await store.sync(PACK)
        await add(store, [f"begun-{number}" for number in range(notes)])
        await store.models.settle(model_of(embedder))
        await embed(settings, store, embedder)


async def add(store: Store, ids: list[str]) -> None:
    """Notes of a guild, as a moderator adds them."""
    edits = [Edit("snippet", id, a_snippet(id, f"Shop {id} sells tea. It opens at nine."), None) for id in ids]
    assert isinstance(await store.edits.apply(GUILD, edits, Act(1, "add")), Applied)


async def embed(settings: Settings, store: Store, embedder: FakeEmbedder) -> None:
    """Keeps every vector, as a bot does that starts."""
    texts = await _texts(settings, store, embedder)
    made = dict(zip(texts, embedder.encode(list(texts.values())), strict=True))
    await store.keep_vectors(embedder.fingerprint, vectors_as_bytes(made))


async def faults_of(settings: Settings, store: Store, embedder: FakeEmbedder) -> list[str]:
    """Texts without their vector of a model, or with one that is not theirs."""
    texts = await _texts(settings, store, embedder)
    vectors = read_pack_vectors(settings.cache_dir, embedder.fingerprint).among(texts)
    vectors |= await stored_vectors(store, embedder.fingerprint, list(texts))
    missing = [f"no vector of {text!r}" for key, text in texts.items() if key not in vectors]
    wrong = [key for key in vectors if not np.allclose(vectors[key], embedder.encode([texts[key]])[0], atol=PRECISION)]
    return missing + [f"another vector of {texts[key]!r}" for key in wrong]


async def change(settings: Settings, embedder: FakeEmbedder) -> None:
    """The whole change of model, with nobody beside it."""
    reindexing = Reindexing(settings, model_of(embedder), embedder)
    with alone(settings), patch("bot.reindexing.load_near_misses", lambda: NEAR_MISSES):
        async with open_store(settings.database) as store:
            await reindexing.swap(store, await reindexing.build(store))


async def _texts(settings: Settings, store: Store, embedder: FakeEmbedder) -> dict[str, str]:
    lexicon = prepare(settings.cache_dir).lexicon
    index = KnowledgeIndex(lexicon, embedder.dimension, near_misses=NearMisses(lambda: NEAR_MISSES))
    return (await texts_in(store, index, embedder)).all
