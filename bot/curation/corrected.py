"""What becomes of a correction: every outcome of removing, restoring and undoing, and the history of a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.curation import Version
from knowledge.models import Entity, Snippet


@dataclass(frozen=True, slots=True)
class Removed:
    """Taken out of every answer here; a bundled note is hidden."""

    snippet: Snippet
    version: Version
    bundled: bool


@dataclass(frozen=True, slots=True)
class RemovedBefore:
    """It was not shown any more already."""

    id: str


@dataclass(frozen=True, slots=True)
class Restored:
    """Answers again; `bundled` says that it is the bundled text."""

    snippet: Snippet
    version: Version
    bundled: bool


@dataclass(frozen=True, slots=True)
class NothingToRestore:
    """It is as it was: neither removed nor changed here."""

    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither bundled nor ever this guild's."""

    id: str


@dataclass(frozen=True, slots=True)
class Undone:
    """One change, or a whole import, taken back. `about` is what it was about; `now` how it is again, None where it is
    gone; of several the first."""

    versions: tuple[Version, ...]
    about: Snippet | Entity | None
    now: Snippet | Entity | None


@dataclass(frozen=True, slots=True)
class UndoneBefore:
    """Somebody has taken it back before, in `version`."""

    version: Version
    about: Snippet | Entity | None


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such change here."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else has changed it since it was seen, so nothing was changed. `version` is theirs, `now` how it is."""

    version: Version
    about: Snippet | Entity | None
    now: Snippet | Entity | None


@dataclass(frozen=True, slots=True)
class Change:
    """A version in the history of a note, with what the guild saw before it and after it."""

    version: Version
    before: Snippet | None
    after: Snippet | None


@dataclass(frozen=True, slots=True)
class History:
    """What a guild did with a note, the latest first. `snippet` is what it sees now, `bundled` what all others see;
    `names` are the entities that any version links, by id."""

    id: str
    snippet: Snippet | None
    bundled: Snippet | None
    changes: tuple[Change, ...]
    names: Mapping[str, Entity] = field(default_factory=dict)


Removal = Removed | RemovedBefore | Unknown | Overtaken
Restoring = Restored | NothingToRestore | Unknown | Overtaken
Undoing = Undone | UndoneBefore | Overtaken | Gone
