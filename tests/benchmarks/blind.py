"""How the bundled notes fare with questions that nothing was fitted on.

    python -m tests.benchmarks blind

`blind_questions.json` has, for most notes that are no structured facts, six questions of each language that the note
answers, and five that lie right beside it and that it does not, in the same manner (`asks`, `near_misses`); for some
notes twice as many. Each was written after the note alone, without its ways to ask and what the bot says. They are many
more than the golden questions and harder, and nothing is fitted on them. Half of the notes are for tuning, as of the
golden questions. Where another note or a fact was shown for a question beside a note, it was taken out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.pipeline import Draft, Pipeline
from index.tokens import has_hangul
from knowledge.golden import Split, split_of
from knowledge.models import LANGUAGES, Language, Scope
from knowledge.pack.loader import load_pack
from tests.benchmarks import report
from tests.benchmarks.figures import Figure
from tests.benchmarks.packs import pipeline_of
from tests.benchmarks.verdicts import with_documents

FILE = Path(__file__).with_name("blind_questions.json")

ONE_IN = 4
"""So many questions stand for all: 6,401, asked in two minutes."""

Outcome = Literal["its note", "another", "declined"]


@dataclass(frozen=True, slots=True)
class Blind:
    """A question that was written for a note, to be answered by it or not."""

    note: str
    ask: str
    answered: bool

    @property
    def language(self) -> Language:
        return "ko" if has_hangul(self.ask) else "en"

    @property
    def split(self) -> Split:
        return split_of(self.note)


def load_blind() -> tuple[Blind, ...]:
    """All of them."""
    held: Mapping[str, Mapping[str, list[str]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Blind(note, ask, kind == "asks") for note, kinds in held.items() for kind, asks in kinds.items() for ask in asks
    )


def sample(questions: tuple[Blind, ...]) -> tuple[Blind, ...]:
    """One in `ONE_IN`, always the same, as chance has it."""
    return tuple(q for q in questions if hashlib.sha256(q.ask.encode()).digest()[0] % ONE_IN == 0)


def outcome(pipeline: Pipeline, question: Blind) -> Outcome:
    """Whether a question is answered from the note that it was written for, by another text alone, or not at all."""
    reading = pipeline.read(question.ask, Scope())
    (vectors,) = pipeline.encode([reading])
    drafted = pipeline.draft(reading, vectors)
    if not isinstance(drafted, Draft) or not drafted.answers:
        return "declined"
    snippets = [document.revision.snippet.id for document, _ in with_documents(drafted.quotes, reading)]
    return "its note" if question.note in snippets else "another"


def measure() -> list[Figure]:
    """Prints what became of the questions, by half and language, and writes it into the page."""
    pipeline = pipeline_of(load_pack())
    rows = list(_rows([(question, outcome(pipeline, question)) for question in sample(load_blind())]))
    head = ("", "answered from its note", "by another text", "declined", "right beside a note: declined")
    report.write("blind", report.markdown(head, rows))
    return [Figure(name, " / ".join(values)) for name, *values in rows]


def _rows(asked: list[tuple[Blind, Outcome]]) -> Iterator[tuple[str, ...]]:
    for half, named in (("dev", "for tuning"), ("test", "for measuring")):
        for language in LANGUAGES:
            among = [(q, found) for q, found in asked if (q.split, q.language) == (half, language)]
            known, beside = (Counter(found for q, found in among if q.answered is kind) for kind in (True, False))
            of_known = [f"{known[kind] / known.total():.1%}" for kind in ("its note", "another", "declined")]
            of_known[0] += f" of {known.total()}"
            declined = f"{beside['declined'] / beside.total():.1%} of {beside.total()}"
            yield f"{language}, half {named}", *of_known, declined
