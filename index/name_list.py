"""Looking entities up by what somebody types: any spelling, from its beginning, a later word or anywhere in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from index.tokens import normalise
from knowledge.models import Entity


@dataclass(frozen=True, slots=True)
class Found:
    """An entity and the spelling that was found; the lower `rank`, the better it fits."""

    rank: int
    length: int
    position: int
    entity: Entity
    spelling: str


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    words: str
    position: int
    entity: Entity
    spelling: str


class NameList:
    """The spellings of some entities; case, accents, spaces and punctuation do not count. Some 60 ms for 2,800
    entities, then 2 ms a look."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.by_id = {entity.id: entity for entity in entities}
        self._rows = [
            _Row(key_of(spelling), " " + normalise(spelling), position, entity, spelling)
            for position, entity in enumerate(self.by_id.values())
            for spelling in entity.spellings
        ]
        self._called: dict[str, dict[str, Entity]] = {}
        for row in self._rows:
            self._called.setdefault(row.key, {})[row.entity.id] = row.entity

    def called(self, spelling: str) -> list[Entity]:
        """The entities that are called so."""
        return list(self._called.get(key_of(spelling), {}).values())

    def find(self, typed: str, without: Container[str] = ()) -> Iterator[Found]:
        """Each entity once, with the spelling that fits best, in no order. `without` are ids to leave out."""
        key, word = key_of(typed), " " + normalise(typed).strip()
        best: dict[str, Found] = {}
        for row in self._rows:
            rank = _rank(row, key, word)
            if rank is None or row.entity.id in without:
                continue
            found = Found(rank, len(row.key), row.position, row.entity, row.spelling)
            known = best.get(row.entity.id)
            if known is None or (found.rank, found.length) < (known.rank, known.length):
                best[row.entity.id] = found
        yield from best.values()


def key_of(spelling: str) -> str:
    """The letters and digits of a spelling, by which two of them are the same."""
    return "".join(character for character in normalise(spelling) if character.isalnum())


def _rank(row: _Row, key: str, word: str) -> int | None:
    if row.key.startswith(key):
        return 0 if row.key == key else 1
    if word in row.words:
        return 2
    return 3 if key in row.key else None
