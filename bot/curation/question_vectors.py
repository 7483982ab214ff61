"""The vectors of questions, in memory alone: they last no longer on disk than their questions do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from index.embedding import Embedder, Vectors
from index.engine import Engine

AT_ONCE = 8
"""Questions that are embedded between two batches of those that wait for an answer: some 20 ms."""

KEPT = 4096
"""Vectors in memory: 6 MB of 384 numbers each."""


class QuestionVectors:
    """Embeds a question once, as long as it is among the latest `KEPT`."""

    def __init__(self, engine: Engine, embedder: Embedder) -> None:
        self._engine = engine
        self._embedder = embedder
        self._kept: dict[str, Vectors] = {}

    async def vectors(self, texts: Sequence[str]) -> Mapping[str, Vectors]:
        """The vectors of those texts whose script the model knows, by text."""
        known = [text for text in dict.fromkeys(texts) if self._embedder.knows(text)]
        found = {text: self._kept.pop(text) for text in known if text in self._kept}
        for chunk in _chunks([text for text in known if text not in found]):
            rows = await self._engine.insist(partial(self._embedder.encode, chunk))
            found |= {text: row.copy() for text, row in zip(chunk, rows, strict=True)}  # no row keeps the others
        self._kept |= found  # those used last stand last
        for text in list(self._kept)[: max(0, len(self._kept) - KEPT)]:
            del self._kept[text]
        return found


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), AT_ONCE):
        yield texts[start : start + AT_ONCE]
