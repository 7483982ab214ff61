"""The searchable knowledge of one owner: a large base, a small delta and the dead, as Lucene keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.documents import Document
from index.embedding.embedder import Vectors
from index.retriever import Part
from index.segment import Segment

MERGE_FROM = 256
"""Documents in the delta, or dead revisions, from which on all is merged: rebuilding a smaller delta at each add takes
a few ms."""


@dataclass(frozen=True, slots=True)
class _State:
    """`moved` are revisions of the base that were read again: what holds of them is in the delta."""

    base: Segment
    delta: Segment
    dead: frozenset[int]
    moved: frozenset[int] = frozenset()

    def holds(self, revision: int) -> bool:
        """Whether a revision is there, dead or not."""
        return bool(self.delta.rows_of(revision)) or (bool(self.base.rows_of(revision)) and revision not in self.moved)

    @property
    def parts(self) -> tuple[Part, Part]:
        return Part(self.base, self.dead | self.moved), Part(self.delta, self.dead)


class OwnerIndex:
    """Readers take `parts` and keep them; every change publishes a new state by one assignment.

    Changes must come from one thread at a time; reading is safe from any.
    """

    def __init__(self, base: Segment, dimension: int) -> None:
        self._dimension = dimension
        self._state = _State(base, Segment([], {}, dimension), frozenset())

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._state.parts

    @property
    def wants_merge(self) -> bool:
        return max(len(self._state.delta), len(self._state.dead)) >= MERGE_FROM

    def add(self, documents: Sequence[Document], vectors: Mapping[str, Vectors]) -> None:
        """Makes documents searchable, again those that were removed. `vectors` holds those of their texts that the
        model knows."""
        state = self._state
        new = [d for d in documents if not state.holds(d.revision.id)]
        known = {**state.delta.vectors_of(state.delta.documents), **vectors}
        delta = Segment([*state.delta.documents, *new], known, self._dimension)
        self._state = replace(state, delta=delta, dead=state.dead - {d.revision.id for d in documents})

    def remove(self, revision: int) -> None:
        """Takes a revision out of every later search."""
        self._state = replace(self._state, dead=self._state.dead | {revision})

    def merged(self) -> Segment:
        """A new base of everything live, built aside; slow, safe in another thread. Publish it with `swap`."""
        return self._living(self._state, frozenset()).prepared()

    def reread(self, documents: Sequence[Document], vectors: Mapping[str, Vectors]) -> None:
        """Puts documents in the place of those of the same revisions, which were read with other names: `vectors` are
        those that came with these. What was removed meanwhile stays so."""
        state, live = self._state, {document.revision.id for document in self.documents()}
        new = [document for document in documents if document.revision.id in live]
        ids = {document.revision.id for document in new}
        kept = [document for document in state.delta.documents if document.revision.id not in ids]
        known: dict[str, Vectors] = {}
        for segment in (state.base, state.delta):
            rows = (row for document in (*kept, *new) for row in segment.rows_of(document.revision.id))
            known |= segment.vectors_of(segment.documents[row] for row in rows)
        moved = state.moved | {id for id in ids if state.base.rows_of(id)}
        self._state = replace(state, delta=Segment([*kept, *new], {**known, **vectors}, self._dimension), moved=moved)

    def documents(self) -> list[Document]:
        """Everything live."""
        return [d for part in self.parts for d in part.segment.documents if d.revision.id not in part.dead]

    def swap(self, base: Segment) -> None:
        """Publishes a merged base. What was added, restored or read again since goes to the delta, what was removed
        since stays dead."""
        state = self._state
        merged = set(map(id, base.documents))
        held = frozenset(d.revision.id for d in base.documents)
        moved = frozenset(d.revision.id for d in state.delta.documents if id(d) not in merged) & held
        self._state = _State(base, self._living(state, held - moved), state.dead & held, moved)

    def _living(self, state: _State, without: frozenset[int]) -> Segment:
        """What is live in a state, but for the revisions in `without`."""
        documents: list[Document] = []
        vectors: dict[str, Vectors] = {}
        for part in state.parts:
            gone = part.dead | without
            living = [d for d in part.segment.documents if d.revision.id not in gone]
            documents += living
            vectors |= part.segment.vectors_of(living)
        return Segment(documents, vectors, self._dimension)
