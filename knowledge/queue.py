"""What waits for a guild's moderators: proposed snippets, questions without an answer, complaints about answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.models import Language, Snippet

Origin = Literal["suggestion", "import"]
State = Literal["waiting", "approved", "rejected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A snippet that a member or an import proposes. `tell` says whether its author wants to hear what becomes of it,
    `reason` why it was rejected. `batch` joins those of one import."""

    id: str
    origin: Origin
    snippet: Snippet
    author: int | None
    tell: bool = False
    batch: str | None = None
    state: State = "waiting"
    reason: str | None = None
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that had no answer, without who asked it. `id` is that of the answer that said so, `waiting` how many
    people want to be told."""

    id: str
    text: str
    language: Language
    created_at: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Complaint:
    """A 👎 with a reason: about which revision, and when."""

    revision: int
    snippet: str
    reason: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many 👍 and 👎 a guild's members gave to the versions of a snippet."""

    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who wants to be told that a question has been answered, and which one."""

    user: int
    question: str
