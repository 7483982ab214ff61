"""What members say against notes: 👎 with a reason, note by note, until a moderator has dealt with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from knowledge.curation import Act
from knowledge.models import Snippet
from knowledge.queue import Complaint
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Criticised:
    """A note with the complaints about it, the oldest first. `now` is what the guild sees of it, None where it is
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
            Criticised(id, (await self._store.edits.standing(guild, id)).snippet, tuple(reversed(complaints)))
            for id, complaints in of_note.items()
        ]

    async def note_shown(self, guild: int, moderator: int, shown: Mapping[str, Sequence[Complaint]]) -> None:
        """Keeps which complaints a moderator sees, by note, so that they settle no others."""
        if shown:
            now = {note: [_key(complaint) for complaint in complaints] for note, complaints in shown.items()}
            body = json.dumps({**await self._shown(guild, moderator), **now})
            await self._store.queue.keep_draft(guild, moderator, _draft(guild, moderator), body)

    async def settle(self, guild: int, snippet: str, moderator: int) -> int:
        """Marks the complaints about a note that the moderator was shown last as dealt with; how many there were."""
        shown = (await self._shown(guild, moderator)).get(snippet, [])
        complaints = await self._store.queue.complaints(guild)
        seen = [each for each in complaints if each.snippet == snippet and _key(each) in shown]
        return await self._store.queue.settle(guild, seen, Act(moderator, "settle"), snippet)

    async def _shown(self, guild: int, moderator: int) -> dict[str, list[str]]:
        body = await self._store.queue.draft(guild, moderator, _draft(guild, moderator))
        shown: dict[str, list[str]] = json.loads(body) if body else {}
        return shown


def _key(complaint: Complaint) -> str:
    """Tells a complaint from others: nothing is kept of who made it."""
    return sha256(f"{complaint.revision} {complaint.created_at} {complaint.reason}".encode()).hexdigest()[:16]


def _draft(guild: int, moderator: int) -> str:
    return f"complaints:{guild}:{moderator}"
