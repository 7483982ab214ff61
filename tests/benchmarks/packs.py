"""The bundled pack, or a changed one, ready to be asked, and the notes of servers beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any

from bot.compose import open_embedder, prepare
from bot.settings import load_settings
from index.calibration import load_calibration
from index.contents import NOTHING
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import embed_pack, encode_texts, wanted
from index.near_misses import NearMisses
from index.pack_vectors import read_pack_vectors
from index.pipeline import Pipeline
from knowledge.models import PACK, Pack, Revision, Snippet
from knowledge.near_misses import load_near_misses

NO_GUILDS: Mapping[int, Sequence[Snippet]] = MappingProxyType({})


def pipeline_of(
    pack: Pack, lexicon: Lexicon | None = None, guilds: Mapping[int, Sequence[Snippet]] = NO_GUILDS
) -> Pipeline:
    """A pack and the notes of guilds, indexed, each snippet as a revision that counts on from 1; with other words than
    the glossary's in `lexicon`."""
    settings = load_settings()
    embedder, made = open_embedder(settings, print), prepare(settings.cache_dir)
    cached = read_pack_vectors(settings.cache_dir, embedder.fingerprint)
    contents = NOTHING if lexicon else made.contents
    near_misses = NearMisses(load_near_misses, None if lexicon else made.wordings)
    index = KnowledgeIndex(lexicon or made.lexicon, embedder.dimension, contents, near_misses=near_misses)
    vectors = embed_pack(pack, index, embedder, cached)
    numbers = count(1)
    for owner, notes in ((PACK, pack.snippets), *guilds.items()):
        documents = index.prepare(Revision(next(numbers), owner, 1, note, "") for note in notes)
        own = vectors if owner == PACK else encode_texts(wanted(index, owner, documents, embedder), embedder)
        index.load(owner, documents, own)
    return Pipeline(index, embedder, load_calibration())


def changed(pack: Pack, **fields: Any) -> Pack:
    """A pack whose snippets all have these fields."""
    return replace(pack, snippets=tuple(replace(snippet, **fields) for snippet in pack.snippets))
