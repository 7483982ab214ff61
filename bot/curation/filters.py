"""Which notes a list shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from bot.curation.listed import IN_FORCE, Listed, Origin
from knowledge.models import Kind, Status

Age = Literal["day", "week", "month", "year"]
"""How long ago a note was changed last, at most."""

AGES: tuple[Age, ...] = get_args(Age)
_DAYS: Mapping[Age, int] = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Filter:
    """What all notes of a list have in common. `author` is who made the latest version; without an `origin` the notes
    that the guild has taken away are left out."""

    status: Status | None = None
    author: int | None = None
    age: Age | None = None
    topic: str | None = None
    origin: Origin | None = None

    def admits(self, line: Listed, today: date, by_author: Collection[int]) -> bool:
        """Whether a note belongs into the list. `by_author` are the latest versions that the author made."""
        return (
            (line.origin == self.origin if self.origin else line.origin in IN_FORCE)
            and (self.status is None or line.status is self.status)
            and (self.topic is None or line.topic == self.topic)
            and (self.author is None or line.version in by_author)
            and (self.age is None or line.changed_at >= (today - timedelta(days=_DAYS[self.age])).isoformat())
        )


def is_overdue(line: Listed, today: str) -> bool:
    """Whether a state is past its date, or the sources speak of a day a year ago or longer. One that is marked as
    outdated has been dealt with. A month or a year is past when all of it is."""
    if line.kind is not Kind.STATE or line.status is Status.OUTDATED:
        return False
    if line.valid_until:
        return line.valid_until < today[: len(line.valid_until)]
    year_ago = f"{int(today[:4]) - 1}{today[4:]}"
    return line.as_of == year_ago or line.as_of < year_ago[: len(line.as_of)]
