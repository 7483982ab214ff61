"""A guild with thousands of made-up snippets: words of the bundled notes, put together at random.

The texts are nonsense with the lengths and the frequencies of real ones. Their vectors are not made by the model,
which would take minutes, but drawn at random from the unit sphere: searching costs the same, and what is found among
them means nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.compose import Knowing, knowing, open_embedder, sync_pack
from bot.settings import load_settings
from index.embedding import Embedder, Vectors, text_key
from index.pack_vectors import vectors_as_bytes
from knowledge.curation import Act, Edit
from knowledge.models import LANGUAGES, Language, Snippet
from knowledge.pack import load_pack
from knowledge.sentences import sentence_spans
from knowledge.store import open_store

GUILD = 71
SEED = 20251105


class Recombiner:
    """Makes snippets in both languages, each as long as a bundled note, the same ones for the same seed."""

    def __init__(self, snippets: Sequence[Snippet], seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._models = [snippet for snippet in snippets if snippet.text and snippet.text_ko and not snippet.statement]
        self._words = {
            language: [w for s in self._models for w in (s.text_in(language) or "").split()] for language in LANGUAGES
        }

    def snippet(self, number: int) -> Snippet:
        model = self._random.choice(self._models)
        text, text_ko = (self._like(model.text_in(language) or "", language) for language in LANGUAGES)
        return replace(model, id=f"made-up-{number}", text=text, text_ko=text_ko, asks=())

    def _like(self, text: str, language: Language) -> str:
        """As many sentences of as many words."""
        return " ".join(self._sentence(text[slice(*span)], language) for span in sentence_spans(text))

    def _sentence(self, like: str, language: Language) -> str:
        words = self._random.choices(self._words[language], k=len(like.split()))
        return " ".join(word.strip(".?!") for word in words).capitalize() + "."


@asynccontextmanager
async def crowded(folder: Path, snippets: int) -> AsyncIterator[Knowing]:
    """A running engine over the pack and a guild with so many made-up snippets, in a fresh data folder."""
    settings = load_settings().model_copy(update={"data_dir": folder})
    await filled(folder, snippets, [GUILD])
    async with open_store(settings.database) as store:
        began = time.perf_counter()
        async with knowing(settings, store, print, keeps=True) as known:
            print(f"{_passages(known)} passages loaded in {time.perf_counter() - began:.1f} s")
            yield known


async def filled(folder: Path, count: int, guilds: Sequence[int]) -> None:
    """Fills a fresh data folder with the pack and so many made-up snippets, dealt out to guilds, with vectors."""
    settings = load_settings().model_copy(update={"data_dir": folder})
    recombiner = Recombiner(load_pack().snippets)
    made = [recombiner.snippet(number) for number in range(count)]
    embedder = open_embedder(settings, print)
    async with open_store(settings.database) as store:
        await sync_pack(store)
        await store.keep_vectors(embedder.fingerprint, vectors_as_bytes(_random_vectors(made, embedder)))
        for number, guild in enumerate(guilds):
            edits = [Edit("snippet", snippet.id, snippet, None) for snippet in made[number :: len(guilds)]]
            await store.edits.apply(guild, edits, Act(user=1, action="add"))


def _random_vectors(snippets: Iterable[Snippet], embedder: Embedder) -> dict[str, Vectors]:
    keys = [text_key(text) for snippet in snippets for text in _embedded(snippet) if embedder.knows(text)]
    drawn = np.random.default_rng(SEED).standard_normal((len(keys), embedder.dimension), dtype=np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return dict(zip(keys, drawn, strict=True))


def _embedded(snippet: Snippet) -> list[str]:
    """The texts that are embedded of a snippet: whole, and sentence by sentence."""
    texts = [text for language in LANGUAGES if (text := snippet.text_in(language))]
    return [*texts, *(text[start:end] for text in texts for start, end in sentence_spans(text))]


def _passages(known: Knowing) -> int:
    return sum(part.segment.passages for owner in (0, GUILD) for part in known.index.owner(owner).parts)
