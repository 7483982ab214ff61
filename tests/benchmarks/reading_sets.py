"""Reading-comprehension files in SQuAD's format as snippets and questions. The files are never part of the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.models import PACK, Kind, Language, Revision, Snippet, Status, Topic


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the revision that holds its answer."""

    text: str
    gold: int


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Paragraphs as revisions under their article's title, and every answerable question."""

    topics: tuple[Topic, ...]
    revisions: tuple[Revision, ...]
    questions: tuple[Asked, ...]


def read(path: Path, language: Language) -> ReadingSet:
    """Reads a file; paragraphs that stand in it several times become one snippet."""
    topics: list[Topic] = []
    revisions: dict[str, Revision] = {}
    questions: list[Asked] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        title = article["title"].replace("_", " ")
        topics.append(Topic(article["title"], title, title))
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            revision = revisions.setdefault(text, _revision(len(revisions) + 1, article["title"], text, language))
            answerable = (qa for qa in paragraph["qas"] if not qa.get("is_impossible"))
            questions += [Asked(qa["question"], revision.id) for qa in answerable]
    return ReadingSet(tuple(topics), tuple(revisions.values()), tuple(questions))


def _revision(number: int, topic: str, text: str, language: Language) -> Revision:
    texts = {"text": text if language == "en" else None, "text_ko": text if language == "ko" else None}
    snippet = Snippet(
        id=f"paragraph-{number}",
        topic=topic,
        kind=Kind.EVENT,
        as_of="2020",
        status=Status.REPORTED,
        sources=(),
        **texts,
    )
    return Revision(number, PACK, 1, snippet, created_at="")
