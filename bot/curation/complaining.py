"""What members say against notes: 👎 with a reason, note by note, until a moderator has dealt with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from knowledge.curation import Act
from knowledge.models import Snippet
from knowledge.queue import Complaint
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Criticised:
    """A note with the complaints about it, the latest first. `now` is what the guild sees of it, None where it is
    gone."""

    id: str
    now: Snippet | None
    complaints: tuple[Complaint, ...]


class Complaining:
    """Lists complaints and settles them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def criticised(self, guild: int) -> list[Criticised]:
        """The notes with open complaints, those with the latest one first."""
        of_note: dict[str, list[Complaint]] = defaultdict(list)
        for complaint in await self._store.queue.complaints(guild):
            of_note[complaint.snippet].append(complaint)
        return [
            Criticised(id, (await self._store.edits.standing(guild, id)).snippet, tuple(complaints))
            for id, complaints in of_note.items()
        ]

    async def settle(self, guild: int, snippet: str, moderator: int) -> int:
        """Marks the complaints about a note as dealt with; how many there were."""
        complaints = await self._store.queue.complaints(guild)
        revisions = {complaint.revision for complaint in complaints if complaint.snippet == snippet}
        return await self._store.queue.settle(guild, revisions, Act(moderator, "settle"), snippet)
