"""The use cases behind `/kb remove`, `/kb restore`, `/kb history` and **Undo**: what was changed, and how it is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.curation.corrected import (
    Change,
    Gone,
    History,
    NothingToRestore,
    Overtaken,
    Removal,
    Removed,
    RemovedBefore,
    Restored,
    Restoring,
    Undoing,
    Undone,
    UndoneBefore,
    Unknown,
)
from bot.curation.curating import Curating
from bot.curation.names import Names
from knowledge.curation import Act, Applied, Conflict, Version
from knowledge.models import Entity, Snippet
from knowledge.store import Store


class Correcting:
    """Takes notes out and brings them back, and takes changes back. Who changes what at the same moment is told so:
    the store decides who was first."""

    def __init__(self, store: Store, curating: Curating, names: Names) -> None:
        self._store = store
        self._curating = curating
        self._names = names

    async def remove(self, guild: int, snippet: str, user: int) -> Removal:
        """Removes a note as it is at this moment."""
        latest = (await self._curating.standing(guild, snippet)).own
        return await self.remove_seen(guild, snippet, latest.id if latest else None, user)

    async def remove_seen(self, guild: int, snippet: str, seen: int | None, user: int) -> Removal:
        """Removes a note, if it is still the version that the person saw (None: none of the guild's own)."""
        standing = await self._curating.standing(guild, snippet)
        if standing.bundled is None and standing.own is None:
            return Unknown(snippet)
        if standing.snippet is None:
            return RemovedBefore(snippet)
        outcome = await self._curating.remove(guild, snippet, seen, Act(user, "remove"))
        match outcome:
            case Applied((version, *_)):
                return Removed(standing.snippet, version, standing.bundled is not None)
            case Conflict(now=Version() as now):
                return await self._overtaken(guild, now)
        return RemovedBefore(snippet)

    async def restore(self, guild: int, snippet: str, user: int) -> Restoring:
        """Brings a removed note back, and the bundled text in place of the guild's own."""
        standing = await self._curating.standing(guild, snippet)
        if standing.bundled is None and standing.own is None:
            return Unknown(snippet)
        overridden = standing.bundled is not None and standing.live is not None
        if standing.snippet is not None and not overridden:
            return NothingToRestore(standing.snippet)
        outcome = await self._curating.restore(guild, snippet, Act(user, "restore"))
        now = await self._curating.standing(guild, snippet)
        match outcome:
            case Applied((version, *_)) if now.snippet:
                return Restored(now.snippet, version, bundled=now.live is None)
            case Conflict(now=Version() as theirs):
                return await self._overtaken(guild, theirs)
        return NothingToRestore(now.snippet) if now.snippet else Unknown(snippet)

    async def undo(self, guild: int, revision: int, user: int) -> Undoing:
        """Takes back the change that made a version, with all others of the same import, if nothing was changed since.
        What undoes an import is a batch of its own, so that it can be undone as one too."""
        made = await self._store.edits.version(guild, revision)
        if made is None:
            return Gone()
        act = Act(user, "undo", batch=f"undo-{revision}" if made.batch else None)
        outcome = await self._curating.undo(guild, revision, act)
        match outcome:
            case Applied((_, *_) as versions):
                return Undone(tuple(versions), await self._about(guild, made), await self._now(guild, made))
            case Conflict(now=Version() as now):
                return await self._not_undone(guild, made, now)
        return Gone()

    async def history(self, guild: int, snippet: str) -> History | Unknown:
        """Everything the guild has done with a note."""
        standing = await self._curating.standing(guild, snippet)
        if standing.bundled is None and standing.own is None:
            return Unknown(snippet)
        bundled = standing.bundled.snippet if standing.bundled else None
        versions = await self._store.edits.history(guild, "snippet", snippet)
        changes = tuple(reversed(list(_changes(versions, bundled))))
        linked = {id for change in changes for each in (change.before, change.after) if each for id in each.entities}
        names = {id: entity for id in linked if (entity := self._names.entity(guild, id))}
        return History(snippet, standing.snippet, bundled, changes, names)

    async def history_of(self, guild: int, revision: int) -> History | Unknown:
        """The history of the note that a version is of."""
        version = await self._store.edits.version(guild, revision)
        return await self.history(guild, version.record) if version else Unknown("")

    async def _not_undone(self, guild: int, made: Version, now: Version) -> Undoing:
        together = await self._store.edits.batch(guild, made.batch) if made.batch else [made]
        its = next((each for each in together if (each.type, each.record) == (now.type, now.record)), made)
        if now.takes_back and now.number == its.number + 1:
            return UndoneBefore(now, await self._about(guild, its))
        return await self._overtaken(guild, now)

    async def _overtaken(self, guild: int, now: Version) -> Overtaken:
        return Overtaken(now, await self._about(guild, now), await self._now(guild, now))

    async def _about(self, guild: int, version: Version) -> Snippet | Entity | None:
        """What a version is about: its content, or what it took away."""
        history = await self._store.edits.history(guild, version.type, version.record)
        earlier = (each.content for each in reversed(history) if each.number <= version.number)
        held = next((content for content in earlier if isinstance(content, Snippet | Entity)), None)
        return held or await self._bundled(guild, version)

    async def _now(self, guild: int, version: Version) -> Snippet | Entity | None:
        """What the guild sees of the record of a version."""
        if version.type == "entity":
            return self._names.entity(guild, version.record)
        return (await self._curating.standing(guild, version.record)).snippet

    async def _bundled(self, guild: int, version: Version) -> Snippet | Entity | None:
        """What everybody else sees of it."""
        if version.type == "entity":
            return self._names.bundled(version.record)
        bundled = (await self._curating.standing(guild, version.record)).bundled
        return bundled.snippet if bundled else None


def _changes(versions: Sequence[Version], bundled: Snippet | None) -> Iterator[Change]:
    """What the guild saw before and after each version; without anything of its own that is the bundled note."""
    before = bundled
    for version in versions:
        own = version.content if isinstance(version.content, Snippet) else None
        after = bundled if version.content is None else own
        yield Change(version, before, after)
        before = after
