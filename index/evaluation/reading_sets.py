"""Reading-comprehension files in SQuAD's format as snippets and questions. The files are never part of the project."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.tokens import has_hangul
from knowledge.errors import HallyuError
from knowledge.models import PACK, Kind, Language, Revision, Snippet, Status, Topic


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the revision of the paragraph that it was asked of, and the answers that people gave."""

    text: str
    gold: int
    answers: tuple[str, ...] = ()

    def answered_by(self, text: str) -> bool:
        """Whether one of the answers stands in a text, but for case, accents and punctuation."""
        plain = _plain(text)
        return any(f" {_plain(answer).strip()} " in plain for answer in self.answers) or any(
            has_hangul(answer) and _plain(answer).strip() in plain for answer in self.answers
        )


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Paragraphs as revisions under their article's title, and every answerable question."""

    topics: tuple[Topic, ...]
    revisions: tuple[Revision, ...]
    questions: tuple[Asked, ...]


def read(path: Path, language: Language | None = None) -> ReadingSet:
    """Reads a file; paragraphs that stand in it several times become one snippet. Without a `language` each paragraph
    is in that of its letters. Raises `HallyuError` for a file that is not in the format."""
    try:
        return _read(json.loads(path.read_text(encoding="utf-8-sig")), language)
    except OSError as error:
        raise HallyuError(f"{path} cannot be read: {error.strerror}.") from error
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        what = _what_is_wrong(error)
        raise HallyuError(f"{path} is not in the SQuAD format (data, paragraphs, context, qas): {what}.") from error


def _what_is_wrong(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"line {error.lineno} is no JSON"
        case UnicodeDecodeError():
            return "it is no text in UTF-8"
        case KeyError():
            return f"“{error.args[0]}” is missing"
        case _:
            return "something in it is of the wrong type, such as a number in the place of a list"


def _read(held: Any, language: Language | None) -> ReadingSet:
    topics: list[Topic] = []
    revisions: dict[str, Revision] = {}
    questions: list[Asked] = []
    for article in held["data"]:
        title = article["title"].replace("_", " ")
        topics.append(Topic(article["title"], title, title))
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            revision = revisions.setdefault(text, revision_of(len(revisions) + 1, article["title"], text, language))
            answerable = (qa for qa in paragraph["qas"] if not qa.get("is_impossible"))
            questions += [
                Asked(qa["question"], revision.id, tuple(dict.fromkeys(a["text"] for a in qa.get("answers", ()))))
                for qa in answerable
            ]
    return ReadingSet(tuple(topics), tuple(revisions.values()), tuple(questions))


def revision_of(number: int, topic: str, text: str, language: Language | None = None) -> Revision:
    """A paragraph as a revision; without a `language` in that of its letters."""
    written = language or ("ko" if has_hangul(text) else "en")
    snippet = Snippet(
        id=f"paragraph-{number}",
        topic=topic,
        text=text if written == "en" else None,
        text_ko=text if written == "ko" else None,
        kind=Kind.EVENT,
        as_of="2020",
        status=Status.REPORTED,
        sources=(),
    )
    return Revision(number, PACK, 1, snippet, created_at="")


_WORD = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    """The words alone, each between spaces, without case and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFC', bare)))} "
