"""The domain: immutable values that every other module passes around.

Dates are ISO strings of any precision, `YYYY[-MM[-DD]]`, because a source often names only a month or a
year; strings of equal precision compare as dates do.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

from knowledge.packed import Packed

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = ("en", "ko")

PACK = 0
"""The owner of the bundled knowledge; every other owner is a Discord guild id, which is never 0."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which knowledge a question may see: the bundled pack and, inside a guild, that guild's own."""

    guild: int | None = None

    def __post_init__(self) -> None:
        if self.guild is not None and self.guild <= 0:
            raise ValueError(f"not a guild id: {self.guild}")

    @property
    def owners(self) -> tuple[int, ...]:
        """Owner ids that are visible, the pack first; never empty."""
        return (PACK,) if self.guild is None else (PACK, self.guild)


class Kind(StrEnum):
    """Whether a text can go out of date: an event never ages, a state does."""

    EVENT = "event"
    STATE = "state"


class Status(StrEnum):
    """How sure the sources are."""

    OFFICIAL = "official"
    REPORTED = "reported"
    DISPUTED = "disputed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Source:
    """A public page that was read. `published` is the page's own date, `read` the day it was opened."""

    title: str
    publisher: str
    url: str
    published: str | None = None
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a structured fact says: `subject` —`relation`→ `value`, from `since` until `until` where known.

    `value` is an entity id where the relation's vocabulary says so (see `knowledge.facts`), else a literal; it is empty
    where a guild has put its own words in the place of a fact, which nobody has taken apart. `others`
    are further values of which the same holds, so that one sentence names them all: the performers of a song.
    """

    subject: str
    relation: str
    value: str
    since: str | None = None
    until: str | None = None
    others: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """Every value, in the order in which they are named."""
        return (self.value, *self.others)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A curated text of one to three sentences with its sources: what a revision holds.

    A structured fact is a snippet with a `statement`, whose texts come from templates.
    `asks` are ways to ask for it: indexed, never shown. `as_of` is the date the sources speak of.
    """

    id: str
    topic: str
    text: str | None
    text_ko: str | None
    kind: Kind
    as_of: str
    status: Status
    sources: tuple[Source, ...]
    entities: tuple[str, ...] = ()
    asks: tuple[str, ...] | Packed = ()
    valid_until: str | None = None
    statement: Statement | None = None

    def text_in(self, language: Language) -> str | None:
        """The text in `language`, or None where it was not written."""
        return self.text if language == "en" else self.text_ko


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject area of the pack, such as `western-expansion`."""

    id: str
    title: str
    title_ko: str

    def title_in(self, language: Language) -> str:
        return self.title if language == "en" else self.title_ko


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name: a group, soloist, person, company, song, chart, show, term …

    `name` is the English name to show, `name_ko` the Korean one; `aliases` are all further spellings
    (former, birth, fan and short names, other romanisations).
    """

    id: str
    kind: str
    name: str
    name_ko: str | None = None
    aliases: tuple[str, ...] = ()

    def name_in(self, language: Language) -> str:
        return self.name_ko or self.name if language == "ko" else self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling once, the shown names first."""
        return tuple(dict.fromkeys(s for s in (self.name, self.name_ko, *self.aliases) if s))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Held by a guild in place of the bundled snippet `id`: the guild's questions do not see it."""

    id: str
    hidden: bool = True


Content = Snippet | Entity | Topic | Hidden


def canonical(content: Content) -> str:
    """A record's content as JSON, the same on any machine. Fields that hold nothing are left out, so that a new
    optional field changes no hash."""
    filled = asdict(content, dict_factory=_filled)
    return json.dumps(filled, default=_unpacked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _unpacked(value: object) -> list[str]:
    if isinstance(value, Packed):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no part of a record")


def _filled(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if value is not None and value != ()}


@dataclass(frozen=True, slots=True)
class Term:
    """One meaning. `gloss` is the plain English that stands for it.

    `en` forms match by their Snowball stem. A `ko` form that ends in "-" is a stem and takes any ending; without
    it the word may carry particles and forms of 하다 or 되다 only. A `question` term is glossed, but says nothing
    about what a question is about, so finding it in a text is no evidence.
    """

    id: str
    gloss: str
    en: tuple[str, ...]
    ko: tuple[str, ...]
    question: bool


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, in the order of the files. No form belongs to two of them."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable version of a snippet. `id` is unique in the database, `number` counts from 1 per snippet."""

    id: int
    owner: int
    number: int
    snippet: Snippet
    created_at: str
    author: int | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """All of the bundled knowledge, as loaded from the corpus files (facts already turned into snippets)."""

    topics: tuple[Topic, ...]
    entities: tuple[Entity, ...]
    snippets: tuple[Snippet, ...]
    digest: str
    """SHA-256 over the files it came from, hex."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of one revision: `revision.snippet.text_in(language)[start:end]`."""

    revision: int
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What is kept of an answer so that its buttons outlive a restart: no text and no user.

    `receipt` is JSON for people (`Why?`): entities, candidates with features, thresholds, fingerprints.
    """

    id: str
    scope: Scope
    language: Language
    quotes: tuple[Quote, ...]
    receipt: str = "{}"
    created_at: str = field(default="")
