"""The files of the pack after reading and before checking: entries that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.facts import RELATIONS, Relation
from knowledge.pack.fault import Fault
from knowledge.pack.schema import EntityEntry, FactEntry, SnippetEntry, SourceEntry, TitleEntry


@dataclass(frozen=True, slots=True)
class FiledSource:
    file: str
    id: str
    entry: SourceEntry

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file, self.id, field, message)


@dataclass(frozen=True, slots=True)
class FiledTopic:
    file: str
    id: str
    title: TitleEntry | None

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file, "", field, message)


@dataclass(frozen=True, slots=True)
class FiledSnippet:
    file: str
    topic: str
    entry: SnippetEntry

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file, self.entry.id, field, message)


@dataclass(frozen=True, slots=True)
class FiledEntity:
    file: str
    entry: EntityEntry

    def fault(self, field: str, message: str) -> Fault:
        return Fault(self.file, self.entry.id, field, message)


@dataclass(frozen=True, slots=True)
class FiledFact:
    """One value of one relation of an entity; `position` counts from 0 within the relation."""

    owner: FiledEntity
    relation: str
    position: int
    entry: FactEntry

    @property
    def vocabulary(self) -> Relation | None:
        return RELATIONS.get(self.relation)

    def fault(self, field: str, message: str) -> Fault:
        several = len(self.owner.entry.facts[self.relation]) > 1
        place = f"facts.{self.relation}" + (f"[{self.position + 1}]" if several else "")
        return self.owner.fault(f"{place}.{field}" if field else place, message)


@dataclass(frozen=True)
class Draft:
    """Everything that has the right shape. `doubtful` are ids that stand in a place that has not: they may
    well be declared there, so nobody is blamed for referring to them."""

    topics: tuple[FiledTopic, ...]
    sources: tuple[FiledSource, ...]
    snippets: tuple[FiledSnippet, ...]
    entities: tuple[FiledEntity, ...]
    doubtful: frozenset[str] = frozenset()

    @cached_property
    def source(self) -> dict[str, SourceEntry]:
        return {filed.id: filed.entry for filed in self.sources}

    @cached_property
    def entity(self) -> dict[str, EntityEntry]:
        return {filed.entry.id: filed.entry for filed in self.entities}

    @property
    def facts(self) -> Iterator[FiledFact]:
        for owner in self.entities:
            for relation, entries in owner.entry.facts.items():
                for position, entry in enumerate(entries):
                    yield FiledFact(owner, relation, position, entry)
