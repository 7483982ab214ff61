"""What asking comes to: `Answer | NoAnswer | WhichOne`, plain values that renderers match on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.models import Language, Quote, Source, Status, Topic


@dataclass(frozen=True, slots=True)
class Line:
    """One proved statement of an answer: a verbatim span of a live revision and the citation numbers under it."""

    text: str
    quote: Quote
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Source `n` of an answer: the span it supports, the page, and the snippet revision that was proved."""

    n: int
    quote: str
    source: Source
    snippet: str
    revision: int
    status: Status
    own: bool = False
    """True for the guild's own notes, False for the bundled pack."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Proved lines with their sources. `as_of` is the oldest date that a cited text speaks of; `ages` says
    that a cited text describes a state, so the date matters; `stale` that a state is past its date."""

    language: Language
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    as_of: str
    ages: bool
    stale: bool
    receipt: dict[str, Any]

    @property
    def in_other_language(self) -> bool:
        """Whether some of it is on file in the other language only."""
        return any(line.quote.language != self.language for line in self.lines)

    @property
    def text(self) -> str:
        """The answer as one string with [n] marks."""
        return " ".join(line.text + " " + "".join(f"[{n}]" for n in line.marks) for line in self.lines)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing on file answers it. `closest` are topics to show; `on_file` what is known about a false premise."""

    language: Language
    closest: tuple[Topic, ...]
    receipt: dict[str, Any]
    on_file: Answer | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning that the question may have had."""

    label: str
    entity: str


@dataclass(frozen=True, slots=True)
class WhichOne:
    """The question names something that several entities are called: ask back."""

    language: Language
    choices: tuple[Choice, ...]
    receipt: dict[str, Any]


Outcome = Answer | NoAnswer | WhichOne
