"""Running text, plain or Markdown: each paragraph and list item becomes notes of one to three sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from knowledge.importing.blocks import Block, blocks_of
from knowledge.importing.cleaning import clean
from knowledge.importing.limits import LARGEST_PROSE, LONGEST_PARAGRAPH
from knowledge.importing.lines import lines_of, pages_of
from knowledge.importing.proposals import Proposal
from knowledge.importing.results import ImportRefused, LeftOut, Place
from knowledge.limits import LONGEST_TEXT
from knowledge.sentences import sentence_spans

_MOST_SENTENCES = 3
_LETTERS = 3
"""Latin letters that a Hangul syllable outweighs: a Korean sentence full of foreign names is Korean still."""

Pages = list[Mapping[str, str]]


def proposals(name: str, text: str, *, indented_code: bool) -> Iterator[Proposal | LeftOut]:
    """The notes in order. A page that is named right after a paragraph or list is the source of all that it says.

    Raises `ImportRefused` for a text that is too long.
    """
    if len(text) > LARGEST_PROSE:
        raise ImportRefused("import.long", name=name, size=f"{len(text):,}", limit=f"{LARGEST_PROSE:,}")
    waiting = _Waiting()
    for block in blocks_of(text, indented_code=indented_code):
        if len(block.text) > LONGEST_PARAGRAPH:
            sizes = {"size": f"{len(block.text):,}", "limit": f"{LONGEST_PARAGRAPH:,}"}
            yield LeftOut(Place("line", str(block.line)), "import.left.paragraph", sizes)
            continue
        said, pages = _read(block)
        if not said and waiting.reaches(block.position):
            waiting.cite(block.position, pages)
            continue
        if block.position != waiting.position:
            yield from waiting.notes
            waiting = _Waiting(block.position)
        waiting.notes += _notes(block.line, said, pages)
    yield from waiting.notes


@dataclass(slots=True)
class _Waiting:
    """The notes of the last paragraph or list, until it is known whether a source follows."""

    position: int = 0
    notes: list[Proposal | LeftOut] = field(default_factory=list)

    def reaches(self, position: int) -> bool:
        return bool(self.notes) and position - self.position in (0, 1)

    def cite(self, position: int, pages: Pages) -> None:
        self.position = position
        for note in self.notes:
            if isinstance(note, Proposal):
                note.fields["sources"].extend(pages)


def _read(block: Block) -> tuple[str, Pages]:
    """What a block says, and the pages named in lines of their own."""
    said: list[str] = []
    pages: Pages = []
    for line in lines_of(block):
        named = pages_of(line)
        pages += named
        if not named:
            said.append(line.text)
    return " ".join(clean(" ".join(said)).split()), pages


def _notes(line: int, said: str, pages: Pages) -> Iterator[Proposal | LeftOut]:
    where = Place("line", str(line))
    sentences = [said[start:stop] for start, stop in sentence_spans(said)]
    for korean, together in groupby(sentences, _is_korean):
        for text in _chunks(list(together)):
            if len(text) > LONGEST_TEXT:
                yield LeftOut(where, "import.left.sentence", {"size": str(len(text)), "limit": str(LONGEST_TEXT)})
                continue
            fields: dict[str, Any] = {"text_ko" if korean else "text": text, "sources": list(pages)}
            yield Proposal(where, fields)


def _chunks(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences in order, as many together as one note takes."""
    chunk: list[str] = []
    for sentence in sentences:
        if chunk and (len(chunk) == _MOST_SENTENCES or len(" ".join([*chunk, sentence])) > LONGEST_TEXT):
            yield " ".join(chunk)
            chunk = []
        chunk.append(sentence)
    if chunk:
        yield " ".join(chunk)


def _is_korean(sentence: str) -> bool:
    hangul = sum("가" <= character <= "힣" for character in sentence)
    latin = sum(character.isascii() and character.isalpha() for character in sentence)
    return hangul * _LETTERS > latin
