"""The bundled pack, or a changed one, ready to be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.compose import open_embedder, prepare
from bot.settings import load_settings
from index.calibration import load_calibration
from index.contents import NOTHING
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import embed_pack
from index.near_misses import NearMisses
from index.pack_vectors import read_pack_vectors
from index.pipeline import Pipeline
from knowledge.models import PACK, Pack, Revision
from knowledge.near_misses import load_near_misses


def pipeline_of(pack: Pack, lexicon: Lexicon | None = None) -> Pipeline:
    """A pack, indexed, each snippet as the revision of its place; with other words than the glossary's in `lexicon`."""
    settings = load_settings()
    embedder, made = open_embedder(settings, print), prepare(settings.cache_dir)
    cached = read_pack_vectors(settings.cache_dir, embedder.fingerprint)
    contents = NOTHING if lexicon else made.contents
    near_misses = NearMisses(load_near_misses, None if lexicon else made.wordings)
    index = KnowledgeIndex(lexicon or made.lexicon, embedder.dimension, contents, near_misses=near_misses)
    vectors = embed_pack(pack, index, embedder, cached)
    revisions = [Revision(number, PACK, 1, snippet, "") for number, snippet in enumerate(pack.snippets, 1)]
    index.load(PACK, index.prepare(revisions), vectors)
    return Pipeline(index, embedder, load_calibration())


def changed(pack: Pack, **fields: Any) -> Pack:
    """A pack whose snippets all have these fields."""
    return replace(pack, snippets=tuple(replace(snippet, **fields) for snippet in pack.snippets))
