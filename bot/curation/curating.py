"""The use case behind every change of knowledge: durable and searchable, or not done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.curation.publishing import Publisher
from bot.watching.observing import NOBODY, Observer
from knowledge.curation import Act, Applied, Conflict, Edit, Outcome, Standing, Version
from knowledge.models import Hidden, Snippet
from knowledge.store import Store


class Curating:
    """Changes a guild's own knowledge and its view of the bundled one. When a method returns `Applied`, the change is
    on disk and in the next answer."""

    def __init__(self, store: Store, publisher: Publisher, observer: Observer = NOBODY) -> None:
        self._store = store
        self._publisher = publisher
        self._observer = observer

    async def apply(self, guild: int, edits: Sequence[Edit], act: Act) -> Outcome:
        """All edits or none. It is on disk once the store has taken it: who gives up waiting does not undo it."""
        outcome = await self._store.edits.apply(guild, edits, act)
        if isinstance(outcome, Applied):
            if outcome.versions:
                self._observer.wrote("change")
            await asyncio.shield(self._published(guild, outcome, act))
        return outcome

    async def standing(self, guild: int, snippet: str) -> Standing:
        """What the guild sees of a snippet id, and the version to edit it from."""
        return await self._store.edits.standing(guild, snippet)

    async def save(self, guild: int, snippet: Snippet, seen: int | None, act: Act) -> Outcome:
        """A new snippet, or a new text of one that the editor saw as version `seen` of the guild's own."""
        return await self.apply(guild, [Edit("snippet", snippet.id, snippet, seen)], act)

    async def remove(self, guild: int, snippet: str, seen: int | None, act: Act) -> Outcome:
        """Takes a snippet out of every answer: the guild's own is withdrawn, a bundled one hidden."""
        standing = await self.standing(guild, snippet)
        held = Hidden(snippet) if standing.bundled else None
        return await self.apply(guild, [Edit("snippet", snippet, held, seen)], act)

    async def restore(self, guild: int, snippet: str, act: Act) -> Outcome:
        """Brings back what was removed: the guild's own text, or in place of an override the bundled one."""
        standing = await self.standing(guild, snippet)
        latest = standing.own
        if standing.bundled or latest is None:
            return await self.apply(guild, [Edit("snippet", snippet, None, latest.id if latest else None)], act)
        history = await self._store.edits.history(guild, "snippet", snippet)
        texts = [version.content for version in history if version.content is not None]
        last = texts[-1] if texts else None
        return await self.apply(guild, [Edit("snippet", snippet, last, latest.id)], act)

    async def undo(self, guild: int, revision: int, act: Act) -> Outcome:
        """Takes one change back, or all those of the same batch that nobody has taken back yet, if nothing else has
        been changed since."""
        made = await self._store.edits.version(guild, revision)
        if made is None:
            return Conflict("", None)
        versions = await self._store.edits.batch(guild, made.batch) if made.batch else [made]
        backs = [await self._back(guild, version) for version in versions]
        return await self.apply(guild, [b.edit for b in backs if not b.undone or b.edit.seen == revision], act)

    async def undo_batch(self, guild: int, batch: str, act: Act) -> int:
        """Takes back what one import did; how many changes. What was changed again since stays as it is."""
        versions = await self._store.edits.batch(guild, batch)
        backs = [await self._back(guild, version) for version in versions]
        while edits := [back.edit for back in backs if back.latest]:
            outcome = await self.apply(guild, edits, act)
            if isinstance(outcome, Applied):
                return len(outcome.versions)
            backs = [await self._back(guild, version) for version in versions]  # somebody has just changed one
        return 0

    async def _back(self, guild: int, version: Version) -> _Back:
        history = await self._store.edits.history(guild, version.type, version.record)
        before = [earlier for earlier in history if earlier.number < version.number]
        after = [later for later in history if later.number > version.number]
        edit = Edit(version.type, version.record, before[-1].content if before else None, version.id)
        return _Back(edit, latest=not after, undone=bool(after) and after[0].takes_back)

    async def _published(self, guild: int, applied: Applied, act: Act) -> None:
        try:
            await self._publisher.publish(guild, applied)
        except Exception:  # it could not be embedded, so nobody would ever find it
            back = [(await self._back(guild, version)).edit for version in applied.versions]
            undo = replace(act, action="undo", batch=None, token=None, decides=None, answers=())
            await self._store.edits.apply(guild, back, undo)
            await self._store.queue.reopen(guild, act.decides, applied.answered)
            raise


@dataclass(frozen=True, slots=True)
class _Back:
    """What takes a change back; whether the change is the `latest` of its record, or has been `undone` before."""

    edit: Edit
    latest: bool
    undone: bool
