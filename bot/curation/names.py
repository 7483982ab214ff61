"""The names that a guild knows: the bundled ones and its own, looked up while somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from index.knowledge_index import KnowledgeIndex
from index.name_list import Found, NameList
from knowledge.models import PACK, Entity

MOST = 25
"""Suggestions that Discord takes."""


@dataclass(frozen=True, slots=True)
class _Kept:
    entities: tuple[Entity, ...]
    list: NameList


class Names:
    """Reads what the index knows now, so that a change is seen in the next look. Only lists of names are kept, one for
    the bundled entities and one for each guild that has its own."""

    def __init__(self, index: KnowledgeIndex) -> None:
        self._index = index
        self._kept: dict[int, _Kept] = {}

    def entity(self, guild: int, id: str) -> Entity | None:
        """What the guild knows under an id."""
        return self._of(guild).by_id.get(id) or self.bundled(id)

    def bundled(self, id: str) -> Entity | None:
        return self._of(PACK).by_id.get(id)

    def called(self, guild: int, spelling: str) -> list[Entity]:
        """Everybody and everything with this spelling, the guild's own first."""
        own = self._of(guild)
        return own.called(spelling) + [e for e in self._of(PACK).called(spelling) if e.id not in own.by_id]

    def suggest(self, guild: int, typed: str, most: int = MOST) -> list[Found]:
        """The entities of which a spelling fits what was typed, the best first, the guild's own before others."""
        own, pack = self._of(guild), self._of(PACK)
        ranked = [((each.rank, 0, each.length, each.position), each) for each in own.find(typed)]
        ranked += [((each.rank, 1, each.length, each.position), each) for each in pack.find(typed, own.by_id)]
        return [each for _, each in sorted(ranked, key=lambda pair: pair[0])[:most]]

    def _of(self, owner: int) -> NameList:
        entities = self._index.named(owner)
        kept = self._kept.get(owner)
        if kept is None or kept.entities is not entities:
            kept = self._kept[owner] = _Kept(entities, NameList(entities))
        return kept.list
