"""Golden questions: what Hallyu is measured by, in `knowledge/golden/*.yaml`.

    questions:
      - id: en-golden-days
        ask: How many days in a row was Golden No. 1 on Spotify?
        language: en
        expect: answered            # or no_answer, which needs no key and no snippets
        key: [["76", seventy-six]]  # of every group one alternative must stand in the answer
        snippets: [golden-76-days-spotify]
        kind: plain                 # plain, paraphrase, typo, alias; unknown, off_topic, false_premise …

Half of them are for tuning, half for measuring what the tuning came to; which is which hangs on the id alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.files import PackFile, pack_files
from knowledge.models import Language, Pack
from knowledge.pack.fault import Fault, faulty
from knowledge.pack.schema import Entry, Texts
from knowledge.pack.shape import shaped, suggestion
from knowledge.pack.strict_yaml import parse

Split = Literal["dev", "test"]
Expectation = Literal["answered", "no_answer"]

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question and what a right reply to it is. `key` holds groups of alternatives; `snippets` any of which may
    carry the answer; `kind` says what is hard about it."""

    id: str
    ask: str
    language: Language
    expect: Expectation
    kind: str
    key: tuple[tuple[str, ...], ...] = ()
    snippets: tuple[str, ...] = ()

    @property
    def split(self) -> Split:
        """Tuning sees `dev` only."""
        return split_of(self.id)

    def matched_by(self, answer: str) -> bool:
        """Whether every group has an alternative in `answer`, upper or lower case."""
        text = _plain(answer)
        return all(any(_plain(alternative) in text for alternative in group) for group in self.key)


def split_of(id: str) -> Split:
    """The half that something with this id belongs to, fixed for good by SHA-256."""
    return "dev" if hashlib.sha256(id.encode()).digest()[0] < 128 else "test"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


class QuestionEntry(Entry):
    """A question as its file spells it."""

    id: str
    ask: str
    language: Language
    expect: Expectation
    kind: str
    key: tuple[Texts, ...] = ()
    snippets: Texts = ()


def load_golden(root: Path | None = None) -> tuple[GoldenQuestion, ...]:
    """The questions in the folder `golden` below `root` (default: the bundled ones), file by file.

    Raises `HallyuError` that lists every fault of every file.
    """
    questions, faults = _read(root)
    if faults:
        raise faulty("The golden questions", faults)
    return tuple(question for _, question in questions)


def check_golden(pack: Pack | None, root: Path | None = None) -> list[Fault]:
    """Every fault of every file, snippets that `pack` does not hold included; empty when all is well.

    `pack` is None where the corpus has faults of its own: then nobody is blamed for naming its snippets.
    """
    questions, faults = _read(root)
    if pack is not None:
        faults += _unknown_snippets(questions, {snippet.id for snippet in pack.snippets})
    return sorted(faults, key=lambda fault: fault.file)


def _unknown_snippets(questions: Sequence[tuple[str, GoldenQuestion]], known: set[str]) -> Iterator[Fault]:
    for file, question in questions:
        for id in question.snippets:
            if id not in known:
                message = f"names {id}, which the corpus lacks. {suggestion(id, known)}"
                yield Fault(file, question.id, "snippets", message)


def _read(root: Path | None) -> tuple[list[tuple[str, GoldenQuestion]], list[Fault]]:
    faults: list[Fault] = []
    questions: list[tuple[str, GoldenQuestion]] = []
    for file in pack_files(root, ("golden",)):
        for found in _questions(file):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                questions.append((file.name, found))
    return questions, faults + list(_repeated(questions))


def _questions(file: PackFile) -> Iterator[GoldenQuestion | Fault]:
    parsed = parse(file.data)
    yield from (Fault(file.name, "", "", problem.message) for problem in parsed.problems)
    items = parsed.value.get("questions") if isinstance(parsed.value, dict) else None
    if not isinstance(items, list):
        if not parsed.problems:
            yield Fault(file.name, "", "questions", "must be a list with at least one question. Add one.")
        return
    for position, item in enumerate(items, 1):
        id = item.get("id") if isinstance(item, dict) else None
        entry = shaped(QuestionEntry, item, file.name, id if isinstance(id, str) else f"questions[{position}]")
        if not isinstance(entry, QuestionEntry):
            yield from entry
            continue
        yield from (Fault(file.name, entry.id, field, message) for field, message in _complaints(entry))
        yield GoldenQuestion(**dict(entry))


def _complaints(entry: QuestionEntry) -> Iterator[tuple[str, str]]:
    for field in ("id", "kind"):
        if not _NAME.fullmatch(getattr(entry, field)):
            yield field, "is no id. Use a-z, 0-9 and single hyphens."
    if not entry.ask:
        yield "ask", "is empty. Write the question."
    if entry.expect == "answered" and not (entry.key and entry.snippets):
        yield "key", "or snippets is missing for a question that has an answer. Add both."
    if any(not group or not all(group) for group in entry.key):
        yield "key", "holds an empty group or alternative. Write it, or remove it."


def _repeated(questions: Sequence[tuple[str, GoldenQuestion]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for file, question in questions:
        if question.id in first:
            yield Fault(file, question.id, "id", f"is already taken in {first[question.id]}. Give it another one.")
        first.setdefault(question.id, file)
