"""Entities of a file: who and what has which names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.importing.cleaning import cleaned
from knowledge.importing.limits import LONGEST_ID, MOST_FAULTS, MOST_NAMES
from knowledge.importing.proposals import ruled_out
from knowledge.importing.results import LeftOut, Place
from knowledge.importing.rules import crowd
from knowledge.limits import LONGEST_FIELD
from knowledge.models import Entity
from knowledge.pack.building import entity_of
from knowledge.pack.checks.ids import check_slugs
from knowledge.pack.checks.names import check_aliases, check_kinds
from knowledge.pack.draft import Draft, FiledEntity
from knowledge.pack.fault import Fault
from knowledge.pack.schema import EntityEntry
from knowledge.pack.shape import shaped

_RULES: tuple[Callable[[Draft], Iterator[Fault]], ...] = (check_slugs, check_kinds, check_aliases)


def entity_in(where: Place, item: Any) -> Iterator[Entity | LeftOut]:
    """The entity with its names. Its facts stay behind: a structured fact belongs to the pack, whose checks see all of
    its entities at once."""
    if not isinstance(item, dict):
        yield LeftOut(where, "import.left.no_entity")
        return
    names = {key: value for key, value in item.items() if key != "facts"}
    if crowded := crowd(names, where):
        yield crowded
        return
    entry = shaped(EntityEntry, cleaned(names), "", "", most=MOST_FAULTS)
    if isinstance(entry, list):
        yield ruled_out(where, entry)
        return
    draft = Draft((), (), (), (FiledEntity("", entry),))
    if faults := [fault for rule in _RULES for fault in rule(draft)]:
        yield ruled_out(where, faults, entry.id)
        return
    entity = entity_of(entry)
    if excess := _excess(entity, where):
        yield excess
        return
    yield entity
    if item.get("facts"):
        yield LeftOut(where, "import.left.facts")


def _excess(entity: Entity, where: Place) -> LeftOut | None:
    if len(entity.id) > LONGEST_ID:
        return LeftOut(where, "import.left.long_id", {"size": str(len(entity.id)), "limit": str(LONGEST_ID)})
    size, longest = len(entity.spellings), max(map(len, entity.spellings))
    if size > MOST_NAMES:
        return LeftOut(where, "import.left.crowded", {"field": "names", "size": str(size), "limit": str(MOST_NAMES)})
    if longest > LONGEST_FIELD:
        sizes = {"field": "names", "size": str(longest), "limit": str(LONGEST_FIELD)}
        return LeftOut(where, "import.left.long_field", sizes)
    return None
