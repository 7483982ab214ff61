"""What comes out of a file, what was left out of it, and why a file is refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.errors import Refused
from knowledge.importing.wording import ENGLISH
from knowledge.models import Entity, Snippet, Source


@dataclass(frozen=True, slots=True)
class Around:
    """What holds where a file does not say otherwise: the day it is imported on, the id of the topic, and the page
    that it rests on; `is_elsewhere` that this is another one than the page that is read."""

    today: str
    topic: str
    source: Source | None = None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: a line, row or document, counted from 1, or the entry of an id."""

    unit: Literal["line", "row", "document", "entry"]
    at: str

    def __str__(self) -> str:
        return self.at if self.unit == "entry" else f"{self.unit} {self.at}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a file that was not taken. `key` and `fields` are its sentence in the catalogue."""

    where: Place
    key: str
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def why(self) -> str:
        return ENGLISH[self.key].format(**self.fields)

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file proposes, in its order. At least one snippet or entity, else the file is refused."""

    snippets: tuple[Snippet, ...]
    left_out: tuple[LeftOut, ...] = ()
    entities: tuple[Entity, ...] = ()


class ImportRefused(Refused):
    """A file of which nothing is taken. `key` and `fields` are its sentence in the catalogue; `left_out` says what
    stood in the way where the file was read but nothing in it could be used."""

    def __init__(self, key: str, left_out: tuple[LeftOut, ...] = (), **fields: str) -> None:
        super().__init__(key, ENGLISH[key].format(**fields), **fields)
        self.left_out = left_out
