"""How a filter stands in the `custom_id` of a button: one letter for what is filtered, then its value.

`so,ay,ob,u81384788765712384,tcharts` is: status official, changed within a year, origin bundled, author (user id), and
the topic, which is last since it may hold any character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from bot.curation.filters import Age, Filter
from bot.curation.listed import Origin
from knowledge.models import Status

T = TypeVar("T")

STATUSES: Mapping[str, Status] = {
    "o": Status.OFFICIAL,
    "r": Status.REPORTED,
    "d": Status.DISPUTED,
    "x": Status.OUTDATED,
}
AGES: Mapping[str, Age] = {"d": "day", "w": "week", "m": "month", "y": "year"}
ORIGINS: Mapping[str, Origin] = {"o": "own", "b": "bundled", "v": "overridden", "r": "removed"}
ANY = "-"


def written(filter: Filter) -> str:
    """The filter in letters; empty for one that admits everything."""
    return ",".join(_parts(filter))


def read(text: str) -> Filter:
    """The reverse of `written`. What it does not know is left out."""
    head, _, topic = text.partition("t")
    parts = {part[0]: part[1:] for part in head.split(",") if part}
    author = parts.get("u", "")
    return Filter(
        status=STATUSES.get(parts.get("s", "")),
        author=int(author) if author.isdecimal() and len(author) < 21 else None,
        age=AGES.get(parts.get("a", "")),
        topic=topic or None,
        origin=ORIGINS.get(parts.get("o", "")),
    )


def letter(values: Mapping[str, T], value: T | None) -> str:
    """The letter that stands for a value, "-" for none."""
    return next((letter for letter, known in values.items() if known == value), ANY)


def _parts(filter: Filter) -> Iterator[str]:
    if filter.status:
        yield "s" + letter(STATUSES, filter.status)
    if filter.age:
        yield "a" + letter(AGES, filter.age)
    if filter.origin:
        yield "o" + letter(ORIGINS, filter.origin)
    if filter.author is not None:
        yield f"u{filter.author}"
    if filter.topic:
        yield f"t{filter.topic}"
