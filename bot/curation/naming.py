"""The use cases behind `/name`: a guild's own names and spellings, which the next question knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from bot.curation.curating import Curating
from bot.curation.named import (
    Adding,
    Aliasing,
    Everyday,
    Known,
    Named,
    NoEntity,
    NoKind,
    Remark,
    Several,
    Shared,
    Showing,
    Shown,
    Taken,
    Unfindable,
    Unfit,
)
from bot.curation.names import Names
from index.knowledge_index import KnowledgeIndex
from index.name_list import key_of
from index.query import clean
from knowledge.curation import Act, Applied, Edit
from knowledge.kinds import KINDS
from knowledge.models import Entity, Scope
from knowledge.slugs import slug_of
from knowledge.store import Store

LONGEST_SPELLING = 80
MOST_SPELLINGS = 50
"""Of one entity: more than any bundled one has."""

_LONGEST_ID = 60
_BETWEEN = re.compile(r"[,，、;\n]")


class Naming:
    """Adds entities and spellings of a guild and shows what is known under a name."""

    def __init__(self, store: Store, curating: Curating, names: Names, index: KnowledgeIndex) -> None:
        self._store = store
        self._curating = curating
        self._names = names
        self._index = index

    async def add(self, guild: int, user: int, name: str, kind: str, korean: str = "", aliases: str = "") -> Adding:
        """A new entity of the guild. `aliases` stand between commas."""
        known_kind = kind_of(kind)
        if known_kind is None:
            return NoKind(kind)
        shown, shown_ko = clean(name), clean(korean)
        others = [alias for alias in map(clean, _BETWEEN.split(aliases)) if alias]
        spellings = _distinct([shown, *([shown_ko] if shown_ko else []), *others])
        if unfit := _unfit(spellings):
            return unfit
        extra = tuple(spelling for spelling in spellings if spelling not in (shown, shown_ko))
        while True:
            if twin := next((e for e in self._names.called(guild, shown) if e.kind == known_kind), None):
                return Taken(twin)
            id, seen = await self._free_id(guild, shown)
            entity = Entity(id, known_kind, shown, shown_ko or None, extra)
            outcome = await self._curating.apply(guild, [Edit("entity", id, entity, seen)], Act(user, "name"))
            if isinstance(outcome, Applied):  # else somebody else has just taken the id
                remarks = tuple(self._remarks(guild, entity, entity.spellings))
                return Named(entity, outcome.versions[0], entity.spellings, remarks)

    async def alias(self, guild: int, user: int, typed: str, spelling: str) -> Aliasing:
        """One more spelling of an entity; of a bundled one for this guild alone."""
        found = self._resolved(guild, typed)
        if not isinstance(found, Entity):
            return found
        new = clean(spelling)
        if unfit := _unfit([new]):
            return unfit
        while True:
            version = await self._store.edits.name(guild, found.id)
            live = version.content if version and isinstance(version.content, Entity) else None
            entity = live or self._names.bundled(found.id)
            if entity is None:
                return NoEntity(typed)
            if key_of(new) in map(key_of, entity.spellings):
                return Known(entity, new)
            if len(entity.spellings) >= MOST_SPELLINGS:
                return Unfit("many", new)
            longer = replace(entity, aliases=(*entity.aliases, new))
            edit = Edit("entity", entity.id, longer, version.id if version else None)
            outcome = await self._curating.apply(guild, [edit], Act(user, "alias"))
            if isinstance(outcome, Applied):  # else somebody else has just added another one
                return Named(longer, outcome.versions[0], (new,), tuple(self._remarks(guild, longer, [new])))

    def show(self, guild: int, typed: str) -> Showing:
        """Everything known about the names of an entity."""
        found = self._resolved(guild, typed)
        if not isinstance(found, Entity):
            return found
        bundled = self._names.bundled(found.id)
        elsewhere = bundled.spellings if bundled else ()
        own = tuple(spelling for spelling in found.spellings if spelling not in elsewhere)
        return Shown(found, own, bundled is not None, self._index.linking(Scope(guild), found.id))

    def _resolved(self, guild: int, typed: str) -> Entity | NoEntity | Several:
        """The entity of an id, as suggestions give it, or of a name that was typed by hand."""
        if entity := self._names.entity(guild, typed.strip()):
            return entity
        called = self._names.called(guild, typed) if key_of(typed) else []
        match called:
            case [entity]:
                return entity
            case []:
                return NoEntity(typed)
        return Several(typed, tuple(called))

    def _remarks(self, guild: int, entity: Entity, spellings: Iterable[str]) -> Iterator[Remark]:
        for spelling in spellings:
            if others := tuple(e for e in self._names.called(guild, spelling) if e.id != entity.id):
                yield Shared(spelling, others)
            match self._index.usage(spelling):
                case "everyday":
                    yield Everyday(spelling)
                case "unfindable":
                    yield Unfindable(spelling)

    async def _free_id(self, guild: int, name: str) -> tuple[str, int | None]:
        """An id that nothing has now, and the latest version under it where something had it once."""
        slug = slug_of(name)[:_LONGEST_ID].strip("-") or f"name-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        for id in chain([slug], (f"{slug}-{number}" for number in count(2))):
            if self._names.entity(guild, id) is None:
                version = await self._store.edits.name(guild, id)
                if version is None or version.content is None:
                    return id, version.id if version else None
        raise AssertionError("there is always a further number")


def kind_of(typed: str) -> str | None:
    """The kind that is meant, by its id or its Korean word."""
    wanted = typed.strip().casefold()
    return next((kind.id for kind in KINDS.values() if wanted in (kind.id, kind.word_ko)), None)


def _distinct(spellings: Iterable[str]) -> list[str]:
    """Each spelling once: those that differ in case, accents or spaces alone are found alike."""
    return list({key_of(spelling): spelling for spelling in reversed(list(spellings))}.values())[::-1]


def _unfit(spellings: Sequence[str]) -> Unfit | None:
    """What is wrong with the first spelling that can be no name."""
    for spelling in spellings:
        if not spelling:
            return Unfit("empty", spelling)
        if len(spelling) > LONGEST_SPELLING:
            return Unfit("long", spelling)
        if not any(character.isalpha() for character in spelling):
            return Unfit("letters", spelling)
    return Unfit("many", "") if len(spellings) > MOST_SPELLINGS else None
