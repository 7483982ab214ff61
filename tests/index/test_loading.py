"""Filling the index from a real store: everything live, nothing embedded twice."""

from __future__ import annotations

from collections.abc import AsyncIterator

import numpy as np
import pytest

from fakes.embedder import FakeEmbedder
from fakes.keeping import add, retire
from fakes.notes import GLOSSARY, a_note, found
from index.embedding import text_key
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import CHUNK, Made, embed_pack, encode_texts, load_index, texts_of
from index.pack_vectors import PackVectors, vectors_as_bytes
from knowledge.models import Entity, Pack, Scope, Topic
from knowledge.store import Store, open_store

ACME = 71
ROSE = Entity("rose", "soloist", "Rosé", "로제")
SNIPPETS = tuple(
    note.snippet for note in (a_note(1, "Golden won.", "골든이 이겼다."), a_note(2, "Rosé sang. Lisa, too."))
)
PACK = Pack((Topic("charts", "Charts", "차트"),), (ROSE,), SNIPPETS, "digest")
NO_CACHE = PackVectors({})


@pytest.fixture
async def store(tmp_path) -> AsyncIterator[Store]:
    async with open_store(tmp_path / "hallyu.db") as store:
        await store.sync(PACK)
        await add(store, ACME, a_note(9, "Acme likes silver.").snippet, author=1)
        yield store


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


def an_index(embedder: FakeEmbedder) -> KnowledgeIndex:
    return KnowledgeIndex(Lexicon.of(GLOSSARY), embedder.dimension)


async def load(store: Store, embedder: FakeEmbedder, cached: PackVectors = NO_CACHE) -> tuple[KnowledgeIndex, Made]:
    index = an_index(embedder)
    return index, await load_index(index, store, embedder, lambda: cached)


async def test_all_that_lives_is_found_in_its_scope(store, embedder):
    index, _ = await load(store, embedder)
    pack_alone, with_acme = (found(index, "Acme likes silver", scope) for scope in (Scope(), Scope(ACME)))
    assert (len(pack_alone), len(with_acme)) == (2, 3)
    assert with_acme[0] not in pack_alone
    assert set(index.topics) == {"charts"}


async def test_only_texts_that_the_model_knows_are_embedded_and_each_once(store, embedder):
    _, made = await load(store, embedder)
    embedded = [text for batch in embedder.encoded for text in batch]
    assert sorted(embedded) == [
        "Acme likes silver.",
        "Golden won.",
        "Lisa, too.",
        "Rosé sang.",
        "Rosé sang. Lisa, too.",
    ]
    assert (len(made.pack), len(made.guilds)) == (4, 1)


async def test_what_the_store_keeps_is_not_embedded_again(store, embedder):
    _, made = await load(store, embedder)
    await store.keep_vectors(embedder.fingerprint, vectors_as_bytes({**made.pack, **made.guilds}))
    embedder.encoded.clear()
    index, again = await load(store, embedder)
    assert (embedder.encoded, again) == ([], Made({}, {}))
    assert len(found(index, "silver", Scope(ACME))) == 3


async def test_what_the_cache_holds_is_not_embedded_again(store, embedder):
    cached = PackVectors(embed_pack(PACK, an_index(embedder), embedder, NO_CACHE))
    embedder.encoded.clear()
    _, made = await load(store, embedder, cached)
    assert embedder.encoded == [["Acme likes silver."]]
    assert (len(made.pack), len(made.guilds)) == (0, 1)


async def test_what_a_guild_has_in_common_with_the_pack_is_taken_from_the_cache(store, embedder):
    cached = PackVectors({text_key("Acme likes silver."): embedder.encode(["Acme likes silver."])[0]})
    embedder.encoded.clear()
    _, made = await load(store, embedder, cached)
    assert ["Acme likes silver."] not in embedder.encoded
    assert not made.guilds


async def test_vectors_of_another_model_are_not_taken(store, embedder):
    _, made = await load(store, embedder)
    await store.keep_vectors("another-model", vectors_as_bytes(made.pack))
    embedder.encoded.clear()
    await load(store, embedder)
    assert sum(map(len, embedder.encoded)) == 5


async def test_a_retired_snippet_is_not_loaded(store, embedder):
    await retire(store, ACME, "note-9", author=1)
    index, _ = await load(store, embedder)
    assert len(found(index, "silver", Scope(ACME))) == 2


def test_a_pack_is_embedded_but_for_what_is_cached(embedder):
    whole = embed_pack(PACK, an_index(embedder), embedder, NO_CACHE)
    key, vector = next(iter(whole.items()))
    embedder.encoded.clear()
    again = embed_pack(PACK, an_index(embedder), embedder, PackVectors({key: vector}))
    assert again.keys() == whole.keys()
    assert sum(map(len, embedder.encoded)) == len(whole) - 1
    assert all(np.array_equal(again[k], whole[k]) for k in whole)


def test_progress_is_told_after_each_chunk(embedder):
    told: list[tuple[int, int]] = []
    texts = {str(n): "word " * n for n in range(1, CHUNK + 2)}
    encode_texts(texts, embedder, lambda done, all: told.append((done, all)))
    assert told == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_texts_in_a_script_that_the_model_does_not_know_are_left_out(embedder):
    index = KnowledgeIndex(Lexicon.of(GLOSSARY), embedder.dimension)
    documents = index.prepare([a_note(1, "Golden won.", "골든이 이겼다.")])
    assert list(texts_of(documents, embedder).values()) == ["Golden won."]
