"""How near a question lies to those that the pack is known not to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from index.embedding.embedder import Embedder, Vectors, text_key
from index.vectors import VectorIndex

NEAREST = 3
"""How many of the nearest count, of these as of a note's ways to ask: one alone may be a slip."""


class NearMisses:
    """The questions that `read` gives, by the note that they lie near to; those in a script that the model does not
    know are left out. They are read when they are embedded and not kept: nobody needs their texts. Without vectors, as
    at first, none is near to anything."""

    def __init__(self, read: Callable[[], Mapping[str, Sequence[str]]] = dict) -> None:
        self._read = read
        self._keys: tuple[str, ...] = ()
        self._vectors: VectorIndex | None = None

    def texts(self, embedder: Embedder) -> dict[str, str]:
        """What is to be embedded, by key."""
        questions = chain.from_iterable(self._read().values())
        texts = {text_key(question): question for question in questions if embedder.knows(question)}
        self._keys = tuple(texts)
        return texts

    def load(self, vectors: Mapping[str, Vectors], dimension: int) -> None:
        """Takes those of `vectors`, by key, that are of the texts that were last given."""
        self._vectors = VectorIndex([vectors[key] for key in self._keys if key in vectors], dimension)
        self._keys = ()

    def nearness(self, question: Vectors | None) -> float | None:
        """The mean cosine of the nearest ones to a question; None where it has no vector, or they have none."""
        if question is None or not self._vectors:
            return None
        return nearness(self._vectors.nearest(question, NEAREST)[1].tolist())


def nearness(cosines: Iterable[float]) -> float | None:
    """The mean of the largest of some cosines; None where there is none."""
    largest = sorted(cosines, reverse=True)[:NEAREST]
    return sum(largest) / len(largest) if largest else None
