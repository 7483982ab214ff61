"""The searchable knowledge of one owner: a large base, a small delta and the dead, as Lucene keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.documents import Document
from index.embedding.embedder import Vectors
from index.retriever import Part
from index.segment import Segment

MERGE_FROM = 256
"""Documents in the delta from which on it is merged: rebuilding a smaller one at each add takes a few ms."""


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
        return len(self._state.delta) >= MERGE_FROM

    def add(self, documents: Sequence[Document], vectors: Mapping[str, Vectors]) -> None:
        """Makes documents searchable. `vectors` holds those of their texts that the model knows."""
        state = self._state
        delta = Segment([*state.delta.documents, *documents], {**state.delta.stored(), **vectors}, self._dimension)
        self._state = _State(state.base, delta, state.dead - {d.revision.id for d in documents})

    def remove(self, revision: int) -> None:
        """Takes a revision out of every later search."""
        state = self._state
        self._state = _State(state.base, state.delta, state.dead | {revision})

    def merged(self) -> Segment:
        """A new base of everything live, built aside; slow, safe in another thread. Publish it with `swap`."""
        state = self._state
        parts = (state.base, state.delta)
        living = [d for segment in parts for d in segment.documents if d.revision.id not in state.dead]
        return Segment(living, {**state.base.stored(), **state.delta.stored()}, self._dimension)

    def swap(self, base: Segment) -> None:
        """Publishes a merged base. What was added since stays in the delta, what was removed since stays dead."""
        state = self._state
        held = {d.revision.id for d in base.documents}
        newer = [d for d in state.delta.documents if d.revision.id not in held and d.revision.id not in state.dead]
        delta = Segment(newer, state.delta.stored(), self._dimension)
        self._state = _State(base, delta, frozenset(r for r in state.dead if r in held))
