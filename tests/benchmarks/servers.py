"""How well the notes of servers are found: without ways to ask, of one language, with names that nobody knows.

    python -m tests.benchmarks servers

Eight servers were invented (`invented_servers/`), each with notes as its moderators would write them and what members
would ask about them. Everything in them is fiction. Each is asked with the bundled pack beside it, as by the bot. Half
of the questions are for tuning, as of the golden ones (`knowledge/golden.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bot.curation.drafting import SERVER_NOTES
from index.editing.naming import named_in
from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.pipeline import Pipeline
from index.senses import SenseMatcher
from index.vocabulary import Vocabulary
from knowledge.glossary import load_glossary
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import LANGUAGES, Kind, Scope, Snippet, Status
from knowledge.pack.loader import load_pack
from knowledge.pack.strict_yaml import parse
from tests.benchmarks import report
from tests.benchmarks.figures import Figure
from tests.benchmarks.packs import pipeline_of
from tests.benchmarks.verdicts import shares, verdict

FOLDER = Path(__file__).with_name("invented_servers")


@dataclass(frozen=True, slots=True)
class Server:
    """An invented server: its notes and what is asked of them."""

    guild: int
    name: str
    notes: tuple[Snippet, ...]
    questions: tuple[GoldenQuestion, ...]

    @property
    def scope(self) -> Scope:
        """What its members see."""
        return Scope(self.guild)

    def is_in_its_language(self, question: GoldenQuestion) -> bool:
        """Whether the note that a question was written for has a text in its language."""
        (note,) = (note for note in self.notes if note.id == written_for(question))
        return note.text_in(question.language) is not None


def written_for(question: GoldenQuestion) -> str:
    """The note that a question was written for, to be answered by it or not: its id is `en-NOTE-4`."""
    return question.id.partition("-")[2].rpartition("-")[0]


def load_servers() -> tuple[Server, ...]:
    """All of them, as guilds 1, 2 …"""
    names = Vocabulary(EntityMatcher(load_pack().entities), SenseMatcher(Lexicon.of(load_glossary())))
    return tuple(_server(guild, folder, names) for guild, folder in enumerate(sorted(FOLDER.iterdir()), 1))


def _server(guild: int, folder: Path, names: Vocabulary) -> Server:
    held = cast("dict[str, Any]", parse((folder / "notes.yaml").read_bytes()).value)
    notes = tuple(_note(note, names) for note in held["notes"])
    return Server(guild, held["server"], notes, load_golden(folder))


def _note(held: dict[str, str], names: Vocabulary) -> Snippet:
    """A note as the bot keeps it: linked with whom it names beyond doubt."""
    texts = held.get("text"), held.get("text_ko")
    return Snippet(
        id=held["id"],
        topic=SERVER_NOTES,
        text=texts[0],
        text_ko=texts[1],
        kind=Kind.EVENT,
        as_of="2026",
        status=Status.REPORTED,
        sources=(),
        entities=named_in(texts, names),
    )


def pipeline_of_all(servers: Sequence[Server]) -> Pipeline:
    """The bundled pack and the notes of servers beside it."""
    return pipeline_of(load_pack(), guilds={server.guild: server.notes for server in servers})


def measure() -> list[Figure]:
    """Prints right, wrong and declined by half and language, and writes them into the page."""
    rows = list(_rows())
    report.write("servers", report.markdown(("", "right", "wrong", "declined where no note tells"), rows))
    return [Figure(name, " / ".join(values)) for name, *values in rows]


def _rows() -> Iterator[tuple[str, ...]]:
    servers = load_servers()
    pipeline = pipeline_of_all(servers)
    asked = [
        (question, server.is_in_its_language(question), verdict(pipeline, question, server.scope))
        for server in servers
        for question in server.questions
    ]
    for half, named in (("dev", "for tuning"), ("test", "for measuring")):
        for own in (True, False):
            for language in LANGUAGES:
                among = [
                    (question, found)
                    for question, is_own, found in asked
                    if (question.split, is_own, question.language) == (half, own, language)
                ]
                texts = "the same language" if own else "the other language"
                yield f"{language}, notes in {texts}, half {named}", *(f"{share:.1%}" for share in shares(among))
