"""How near a question lies to those that the pack is known not to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from index.embedding.embedder import Embedder, Vectors, text_key
from index.tokens import has_hangul
from index.vectors import VectorIndex
from index.wordings import Compared, Terms, Wordings

NEAREST = 3
"""How many of the nearest count, of these as of a note's ways to ask: one alone may be a slip."""


class NearMisses:
    """The questions that `read` gives, by the note that they lie near to. They are read when they are loaded and not
    kept: nobody needs their texts. Until then none is near to anything.

    Those in a script that the model knows are compared by meaning, and Korean ones also by their words, for a model
    that knows no Korean."""

    def __init__(
        self, read: Callable[[], Mapping[str, Sequence[str]]] = dict, wordings: Wordings | None = None
    ) -> None:
        """`wordings` are those of the Korean ones and of the pack's ways to ask, where they are known."""
        self._read = read
        self._keys: tuple[str, ...] = ()
        self._vectors: VectorIndex | None = None
        self.wordings = wordings

    def texts(self, embedder: Embedder) -> dict[str, str]:
        """What is to be embedded, by key."""
        texts = {text_key(question): question for question in self._questions() if embedder.knows(question)}
        self._keys = tuple(texts)
        return texts

    def load(self, vectors: Mapping[str, Vectors], dimension: int) -> None:
        """Takes those of `vectors`, by key, that are of the texts that were last given."""
        self._vectors = VectorIndex([vectors[key] for key in self._keys if key in vectors], dimension)
        self._keys = ()

    def word(self, asks: Iterable[str], terms_of: Callable[[str], Terms]) -> None:
        """Works out the wordings, unless they are known, beside those of the pack's ways to ask."""
        if self.wordings is None:
            korean = {ask: terms_of(ask) for ask in asks if has_hangul(ask)}
            self.wordings = Wordings.of(korean, [terms_of(q) for q in self._questions() if has_hangul(q)])

    def nearness(self, question: Vectors | None) -> float | None:
        """The mean cosine of the nearest ones to a question; None where it has no vector, or they have none."""
        if question is None or not self._vectors:
            return None
        return nearness(self._vectors.nearest(question, NEAREST)[1].tolist())

    def compare(self, terms: AbstractSet[str]) -> Compared | None:
        """What a Korean question, by its terms, is worded like; None where nothing tells that."""
        return self.wordings.compare(terms) if self.wordings else None

    def _questions(self) -> Iterator[str]:
        return chain.from_iterable(self._read().values())


def nearness(cosines: Iterable[float]) -> float | None:
    """The mean of the largest of some cosines; None where there is none."""
    largest = sorted(cosines, reverse=True)[:NEAREST]
    return sum(largest) / len(largest) if largest else None
