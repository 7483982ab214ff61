"""The small interface between what is kept and everything that uses it.

Every read of knowledge takes a `Scope`. Ranking is no business of the store, so that another database
behind this interface gives the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from knowledge.models import AnswerRecord, Entity, Pack, Revision, Scope, Topic
from knowledge.store.of_guilds import Counts, Edits, Guilds, People, Queue
from knowledge.store.of_models import Models


@dataclass(frozen=True, slots=True)
class Change:
    """What a sync of the pack did, in numbers of records, and the snippet revisions that came and went."""

    added: int = 0
    revised: int = 0
    retired: int = 0
    came: tuple[int, ...] = ()
    """Revisions of snippets that are live now and were not before."""
    went: tuple[int, ...] = ()
    """Revisions of snippets that were live before and are no longer."""

    @property
    def nothing(self) -> bool:
        return not (self.added or self.revised or self.retired)


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with the number of live snippets in it that the scope sees."""

    topic: Topic
    snippets: int


Vote = Literal[1, -1]


class Store(Protocol):
    """What is kept. All methods raise `HallyuError` with a sentence for people where the database refuses: full,
    read-only, locked, damaged."""

    @property
    def edits(self) -> Edits: ...

    @property
    def queue(self) -> Queue: ...

    @property
    def settings(self) -> Guilds: ...

    @property
    def people(self) -> People: ...

    @property
    def counts(self) -> Counts: ...

    @property
    def models(self) -> Models: ...

    # Reading knowledge
    async def live(self, scope: Scope) -> list[Revision]:
        """The live revision of every snippet (facts included) that the scope sees, by id."""
        ...

    async def revisions(self, scope: Scope, ids: Iterable[int]) -> dict[int, Revision]:
        """The revisions among `ids` that are live and visible in the scope; others are left out."""
        ...

    async def entities(self, scope: Scope) -> list[Entity]: ...

    async def topics(self, scope: Scope) -> list[TopicCount]:
        """Topics with at least one live snippet in the scope, largest first."""
        ...

    async def guilds(self) -> list[int]:
        """Ids of the guilds that own at least one live snippet or entity."""
        ...

    # Vectors: content-addressed, so that what has not changed is never embedded again
    async def vectors(self, fingerprint: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Stored vectors (little-endian float32) of the texts with these SHA-256 `keys`."""
        ...

    async def keep_vectors(self, fingerprint: str, vectors: Mapping[str, bytes]) -> None: ...

    # Writing knowledge
    async def sync(self, pack: Pack) -> Change:
        """Makes the bundled knowledge equal to `pack` in one transaction: adds, revises, retires by content hash."""
        ...

    async def pack_digest(self) -> str | None:
        """The digest of the pack that was synced last."""
        ...

    # Answers and votes
    async def record_answer(self, record: AnswerRecord) -> None: ...

    async def answer(self, answer_id: str) -> AnswerRecord | None:
        """The record of an answer of the last 30 days."""
        ...

    async def vote(self, answer_id: str, user: int, value: Vote, reason: str | None = None) -> bool:
        """One vote per member and revision that the answer showed, the last one counts. False when that answer is not
        on record."""
        ...

    async def forget_answers(self, before: str) -> int:
        """Deletes answer records older than the ISO time `before`; how many."""
        ...

    # Small notes of the process, such as the hash of the synced commands
    async def note(self, key: str) -> str | None: ...

    async def keep_note(self, key: str, value: str) -> None: ...


__all__: Sequence[str] = ["Change", "Counts", "Edits", "Guilds", "People", "Queue", "Store", "TopicCount", "Vote"]
