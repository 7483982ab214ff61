"""What a guild changes about its knowledge: edits, what becomes of them, and the history that they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.models import Entity, Hidden, Revision, Snippet

Type = Literal["snippet", "entity"]
"""What kind of record an edit is for."""

Place = Literal["discord", "terminal"]
"""Where a change was made."""


Held = Snippet | Entity | Hidden
"""What a revision of a guild's record holds."""


@dataclass(frozen=True, slots=True)
class Version:
    """One revision of a guild's record, newest ones last in a history. `content` is None where it was taken away:
    the guild's own snippet is gone then, and of a bundled one the bundled text is back.

    `action` is the word for the change that made it, such as "add", "edit", "undo" (see `Act`)."""

    id: int
    type: Type
    record: str
    number: int
    action: str
    content: Held | None
    author: int | None
    created_at: str
    batch: str | None = None

    @property
    def takes_back(self) -> bool:
        """Whether it undoes the version before it, alone or with all of an import."""
        return self.action in ("undo", "take back")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a guild sees of one snippet id: the bundled revision, and the latest version of its own, which is live
    where it has content."""

    bundled: Revision | None
    own: Version | None

    @property
    def live(self) -> Version | None:
        """The guild's own version in force."""
        return self.own if self.own and self.own.content is not None else None

    @property
    def snippet(self) -> Snippet | None:
        """What its questions are answered from; None where it is hidden, removed or was never there."""
        if self.live is not None:
            return self.live.content if isinstance(self.live.content, Snippet) else None
        return self.bundled.snippet if self.bundled else None


@dataclass(frozen=True, slots=True)
class Holding:
    """What a guild has under a snippet id of its own: what it holds, or held last where it is no longer `live`.
    `version` is the id of the latest version, which was made at `changed_at`."""

    id: str
    version: int
    content: Snippet | Hidden
    live: bool
    changed_at: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Makes `content` what the record `id` of a guild holds, or takes it away (None).

    `seen` is the id of the latest version that the editor saw, None if there was none: if another one has been made
    since, nothing is changed.
    """

    type: Type
    id: str
    content: Held | None
    seen: int | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something, how it is called in the log, and where it is done.

    `batch` joins the edits of an import, which are undone as one. A `token` that was used before in the guild changes
    nothing: a form that is sent twice is one change, and one that is sent again after its change was taken back or
    followed by another one is a conflict. `decides` is the proposal that is approved by it, in the same
    transaction; `answers` are the open questions that it closes.
    """

    user: int | None
    action: str
    place: Place = "discord"
    batch: str | None = None
    token: str | None = None
    decides: str | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """The versions that came, one for each edit that changed something, the ids of the versions of snippets or names
    that they took the place of, and the questions that were open until then."""

    versions: tuple[Version, ...]
    replaced: tuple[int, ...] = ()
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the record `id` meanwhile; `now` is how it is. Nothing was changed."""

    id: str
    now: Version | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same form was sent before; `version` is what it made, and still the latest of its record."""

    version: Version | None


@dataclass(frozen=True, slots=True)
class Decided:
    """The proposal was decided on before. Nothing was changed."""


Outcome = Applied | Conflict | Repeated | Decided


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log of a guild: who did what to which record, when and from where."""

    id: int
    user: int | None
    action: str
    target: str
    place: str
    created_at: str
    revision: int | None = None
    batch: str | None = None
