"""What becomes of a name that somebody adds or looks up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.curation import Version
from knowledge.models import Entity


@dataclass(frozen=True, slots=True)
class Shared:
    """Others are called so too, so that a question with it is asked back."""

    spelling: str
    others: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Everyday:
    """It is a word of the language too, so that it is a name only where it is written as one."""

    spelling: str


@dataclass(frozen=True, slots=True)
class Unfindable:
    """Such a common word, or so many, that no question is read so."""

    spelling: str


Remark = Shared | Everyday | Unfindable


@dataclass(frozen=True, slots=True)
class Named:
    """Saved, and understood in the next question. `new` are the spellings that came."""

    entity: Entity
    version: Version
    new: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfit:
    """A spelling that can be no name: why, and which."""

    reason: Literal["empty", "long", "letters", "many"]
    spelling: str


@dataclass(frozen=True, slots=True)
class NoKind:
    """Not one of the kinds that names have."""

    typed: str


@dataclass(frozen=True, slots=True)
class Taken:
    """There is one of the same kind with the same name."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class Known:
    """The entity is called so already."""

    entity: Entity
    spelling: str


@dataclass(frozen=True, slots=True)
class NoEntity:
    """Nobody and nothing here is called so."""

    typed: str


@dataclass(frozen=True, slots=True)
class Several:
    """More than one is called so."""

    typed: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All spellings of an entity. `own` are those that only this guild knows; `notes` is how many are about it."""

    entity: Entity
    own: tuple[str, ...]
    bundled: bool
    notes: int


Adding = Named | Unfit | NoKind | Taken
Aliasing = Named | Unfit | Known | NoEntity | Several
Showing = Shown | NoEntity | Several
