"""The searchable knowledge of one owner: a large base, a small delta and the dead, as Lucene keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from index.documents import Document
from index.embedding.embedder import Vectors
from index.retriever import Part
from index.segment import Segment

MERGE_FROM = 256
"""Documents in the delta, or dead revisions, from which on all is merged: rebuilding a smaller delta at each add takes
a few ms."""


@dataclass(frozen=True, slots=True)
class _State:
    base: Segment
    delta: Segment
    dead: frozenset[int]


class OwnerIndex:
    """Readers take `parts` and keep them; every change publishes a new state by one assignment.

    Changes must come from one thread at a time; reading is safe from any.
    """

    def __init__(self, base: Segment, dimension: int) -> None:
        self._dimension = dimension
        self._state = _State(base, Segment([], {}, dimension), frozenset())

    @property
    def parts(self) -> tuple[Part, ...]:
        state = self._state
        return (Part(state.base, state.dead), Part(state.delta, state.dead))

    @property
    def wants_merge(self) -> bool:
        return max(len(self._state.delta), len(self._state.dead)) >= MERGE_FROM

    def add(self, documents: Sequence[Document], vectors: Mapping[str, Vectors]) -> None:
        """Makes documents searchable, again those that were removed. `vectors` holds those of their texts that the
        model knows."""
        state = self._state
        new = [d for d in documents if not (state.base.rows_of(d.revision.id) or state.delta.rows_of(d.revision.id))]
        known = {**state.delta.vectors_of(state.delta.documents), **vectors}
        delta = Segment([*state.delta.documents, *new], known, self._dimension)
        self._state = _State(state.base, delta, state.dead - {d.revision.id for d in documents})

    def remove(self, revision: int) -> None:
        """Takes a revision out of every later search."""
        state = self._state
        self._state = _State(state.base, state.delta, state.dead | {revision})

    def merged(self) -> Segment:
        """A new base of everything live, built aside; slow, safe in another thread. Publish it with `swap`."""
        return self._living(self._state, frozenset())

    def reread(self, documents: Sequence[Document]) -> None:
        """Puts documents in the place of those of the same revisions, which were read with other names; slow."""
        new: dict[int, list[Document]] = {}
        for document in documents:
            new.setdefault(document.revision.id, []).append(document)
        self._state = _State(self._living(self._state, frozenset(), new), Segment([], {}, self._dimension), frozenset())

    def documents(self) -> list[Document]:
        """Everything live."""
        return [d for part in self.parts for d in part.segment.documents if d.revision.id not in part.dead]

    def swap(self, base: Segment) -> None:
        """Publishes a merged base. What was added or restored since goes to the delta, what was removed since stays
        dead."""
        state = self._state
        held = frozenset(d.revision.id for d in base.documents)
        self._state = _State(base, self._living(state, held), state.dead & held)

    def _living(
        self, state: _State, without: frozenset[int], instead: Mapping[int, Sequence[Document]] | None = None
    ) -> Segment:
        """What is live in a state, but for the revisions in `without`, and with the documents of `instead`."""
        gone = state.dead | without
        documents: list[Document] = []
        vectors: dict[str, Vectors] = {}
        for segment in (state.base, state.delta):
            living = [d for d in segment.documents if d.revision.id not in gone]
            documents += living
            vectors |= segment.vectors_of(living)
        if instead:
            documents = [d for d in documents if d.revision.id not in instead] + list(chain(*instead.values()))
        return Segment(documents, vectors, self._dimension)
