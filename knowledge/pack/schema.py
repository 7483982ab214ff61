"""The format of the files, field by field. What the fields mean together is the business of the checks."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.models import Kind, Status


def _listed(value: Any) -> Any:
    """One value where a list of them may stand."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _worded(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Entry(BaseModel):
    """Anything in a file: unknown fields are refused, space around a text is dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceEntry(Entry):
    """A page that was read. `published` is left out where the page does not say; the pack always says `read`."""

    title: str
    publisher: str
    published: str | None = None
    url: str
    read: str | None = None


class TitleEntry(Entry):
    """The title of a topic in both languages."""

    en: str
    ko: str


class SnippetEntry(Entry):
    """A curated text, in one language at least. `waive` excuses it from editorial rules, with the reasons."""

    id: str
    text: str | None = None
    text_ko: str | None = None
    kind: Kind
    as_of: str
    valid_until: str | None = None
    status: Status
    entities: Texts = ()
    asks: Texts = ()
    sources: Texts
    waive: dict[str, str] = {}


class NamesEntry(Entry):
    """What an entity is called: shown names, other spellings, former and birth names, fans' names, short forms."""

    en: str
    ko: str | None = None
    also: Texts = ()
    former: Texts = ()
    birth: Texts = ()
    fan: Texts = ()
    short: Texts = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        return (*self.also, *self.former, *self.birth, *self.fan, *self.short)


class ValueEntry(Entry):
    """The value of a fact. Only a text has a Korean wording of its own."""

    en: str
    ko: str | None = None


class FactEntry(Entry):
    """One value of a relation. For a state `from` and `to` bound it; for an event `from` is when it happened."""

    value: Annotated[ValueEntry, BeforeValidator(_worded)]
    since: str | None = Field(default=None, alias="from")
    until: str | None = Field(default=None, alias="to")
    as_of: str | None = None
    valid_until: str | None = None
    status: Status = Status.REPORTED
    sources: Texts


class EntityEntry(Entry):
    """Somebody or something with a name, and what is known about it."""

    id: str
    kind: str
    names: NamesEntry
    facts: dict[str, Annotated[tuple[FactEntry, ...], BeforeValidator(_listed)]] = {}


FIELD_NAMES: tuple[str, ...] = tuple(
    dict.fromkeys(
        info.alias or name
        for model in (SnippetEntry, EntityEntry, NamesEntry, FactEntry, SourceEntry, TitleEntry)
        for name, info in model.model_fields.items()
    )
)
"""Every field as files spell it, to suggest the one that was meant."""
