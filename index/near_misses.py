"""How near a question lies to those that the pack is known not to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from index.embedding.embedder import Embedder, Vectors, text_key
from index.vectors import VectorIndex
from index.wordings import Compared, Terms, Wordings

NEAREST = 3
"""How many of the nearest count, of these as of a note's ways to ask: one alone may be a slip."""


class NearMisses:
    """The questions that `read` gives, by the note that they lie near to. They are read when they are embedded and not
    kept: nobody needs their texts. Those in a script that the model knows are compared by meaning, the others by their
    words; until they are loaded, none is near to anything."""

    def __init__(self, read: Callable[[], Mapping[str, Sequence[str]]] = dict) -> None:
        self._read = read
        self._keys: tuple[str, ...] = ()
        self._unread: tuple[str, ...] = ()
        self._vectors: VectorIndex | None = None
        self._wordings: Wordings | None = None

    def texts(self, embedder: Embedder) -> dict[str, str]:
        """What is to be embedded, by key."""
        questions = list(chain.from_iterable(self._read().values()))
        texts = {text_key(question): question for question in questions if embedder.knows(question)}
        self._keys, self._unread = tuple(texts), tuple(q for q in questions if text_key(q) not in texts)
        return texts

    def load(
        self,
        vectors: Mapping[str, Vectors],
        dimension: int,
        asks: Mapping[int, Sequence[str]],
        wording: Callable[[str], Terms],
    ) -> None:
        """Takes those of `vectors`, by key, that are of the texts that were last given, and of those that were not, the
        `wording`, beside that of the ways to ask without a vector; `asks` are all of these, by revision."""
        self._vectors = VectorIndex([vectors[key] for key in self._keys if key in vectors], dimension)
        missed = [wording(question) for question in self._unread]
        unread = {r: [wording(ask) for ask in own if text_key(ask) not in vectors] for r, own in asks.items() if missed}
        self._wordings = Wordings(unread, missed)
        self._keys = self._unread = ()

    def nearness(self, question: Vectors | None) -> float | None:
        """The mean cosine of the nearest ones to a question; None where it has no vector, or they have none."""
        if question is None or not self._vectors:
            return None
        return nearness(self._vectors.nearest(question, NEAREST)[1].tolist())

    def compare(self, wording: AbstractSet[str]) -> Compared | None:
        """What a question that the model cannot read is worded like; None where nothing tells that."""
        return self._wordings.compare(wording) if self._wordings else None


def nearness(cosines: Iterable[float]) -> float | None:
    """The mean of the largest of some cosines; None where there is none."""
    largest = sorted(cosines, reverse=True)[:NEAREST]
    return sum(largest) / len(largest) if largest else None
