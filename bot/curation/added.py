"""What becomes of a form for a note, and what is kept of it until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.curation.drafting import Form, Problem
from bot.curation.private_life import Rule
from index.editing.similar import Similar
from knowledge.curation import Version
from knowledge.models import Snippet

Choice = Literal["keep", "replace", "dispute", "mine"]
"""What becomes of a note that is like another one: both stay, it takes the other's place, both are marked as disputed;
or of one that somebody else has changed meanwhile: mine takes its place."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A form and what it is for, kept until it is saved: the version that the editor saw, the proposal that it
    approves, the questions that it answers. `rival` is the id of the note that it is like, `rival_seen` the guild's own
    version of that, as it was shown."""

    form: Form
    seen: int | None = None
    proposal: str | None = None
    questions: tuple[str, ...] = ()
    rival: str | None = None
    rival_seen: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """It is on disk and in the next answer. `draft` leads back to the form; `again` says that the same form had been
    saved before. `questions` are those that it has answered, `proposal` the one that it has approved."""

    version: Version
    snippet: Snippet
    draft: str
    again: bool = False
    questions: tuple[str, ...] = ()
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The guild sees just that already, so there is no new version; `questions` and `proposal` as of `Saved`."""

    snippet: Snippet
    questions: tuple[str, ...] = ()
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Faulty:
    """It was not saved: what is wrong, all at once."""

    problems: tuple[Problem, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It was not saved yet: what is like it, and which rules about private life it may touch."""

    snippet: Snippet
    alike: tuple[Similar, ...]
    rules: tuple[Rule, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class Clash:
    """It was not saved: somebody else has changed the note meanwhile; `now` is how it is."""

    snippet: Snippet
    now: Version | None
    draft: str


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to save: the form is older than 30 days, another person's, or its proposal was decided on."""

    decided: bool = False


Result = Saved | Unchanged | Faulty | Doubtful | Clash | Gone
