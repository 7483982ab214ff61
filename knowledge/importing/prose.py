"""Running text, plain or Markdown: each paragraph and list item becomes notes of one to three sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from knowledge.importing.blocks import Block, blocks_of
from knowledge.importing.cleaning import clean
from knowledge.importing.limits import LARGEST_PROSE, LONGEST_PARAGRAPH, MOST_ITEMS, MOST_SNIPPETS
from knowledge.importing.lines import is_label, lines_of, pages_of
from knowledge.importing.proposals import Proposal
from knowledge.importing.results import ImportRefused, LeftOut, Place
from knowledge.limits import LONGEST_TEXT
from knowledge.sentences import sentence_spans

_MOST_SENTENCES = 3
_LETTERS = 3
"""Latin letters that a Hangul syllable outweighs: a Korean sentence full of foreign names is Korean still."""

Note = Proposal | LeftOut
Pages = list[Mapping[str, str]]


def proposals(name: str, text: str, *, indented_code: bool) -> Iterator[Proposal | LeftOut]:
    """The notes in order. A page that is named right after a paragraph or list is the source of all that it says; one
    that is named in a list, of its item, else of the items since the last source.

    Raises `ImportRefused` for a text that is too long.
    """
    if len(text) > LARGEST_PROSE:
        raise ImportRefused("import.long", name=name, size=f"{len(text):,}", limit=f"{LARGEST_PROSE:,}")
    waiting = _Waiting()
    for block in blocks_of(text, indented_code=indented_code):
        notes, pages = _read(block)
        if not notes and waiting.reaches(block):
            waiting.cite(block, pages)
            continue
        if block.position != waiting.position or len(waiting.notes) > MOST_SNIPPETS:  # the file is refused for so many
            yield from waiting.notes
            waiting = _Waiting(block.position, block.position)
        waiting.add(block, notes, bool(pages))
    yield from waiting.notes


@dataclass(slots=True)
class _Waiting:
    """The notes of the last paragraph or list, until it is known whether a source follows.

    `last` is the position of the last source after it, `uncited` what a source within it may cite, with the list items
    around each, and `sources` counts the lines of sources since the last note.
    """

    position: int = 0
    last: int = 0
    notes: list[Note] = field(default_factory=list)
    uncited: list[tuple[tuple[int, ...], Note]] = field(default_factory=list)
    sources: int = 0

    def add(self, block: Block, notes: Sequence[Note], cited: bool) -> None:
        """Takes what a block says; `cited` is whether it names its source itself."""
        if self.sources:
            self.uncited.clear()
        self.notes += notes
        self.uncited += [(block.items, note) for note in notes]
        self.sources = int(cited)

    def reaches(self, block: Block) -> bool:
        return bool(self.notes) and block.position - self.last in (0, 1)

    def cite(self, block: Block, pages: Pages) -> None:
        """Gives the pages to the notes that they are sources of. Each goes through all notes, so after many of them no
        more are looked at: no note is kept with so many."""
        self.last = block.position
        self.sources += bool(pages)
        if self.sources > MOST_ITEMS:
            return
        inside = block.position == self.position
        for note in _nearest(self.uncited, block.items) if inside else self.notes:
            if isinstance(note, Proposal):
                note.fields["sources"].extend(pages)


def _nearest(notes: Sequence[tuple[tuple[int, ...], Note]], items: tuple[int, ...]) -> list[Note]:
    """The notes of the innermost of these list items that has any; of the whole list where none has."""
    for depth in range(len(items), -1, -1):
        if found := [note for around, note in notes if around[:depth] == items[:depth]]:
            return found
    return []


def _read(block: Block) -> tuple[list[Note], Pages]:
    """The notes of a block, and the pages named in lines of their own."""
    if len(block.text) > LONGEST_PARAGRAPH:
        sizes = {"size": f"{len(block.text):,}", "limit": f"{LONGEST_PARAGRAPH:,}"}
        return [LeftOut(Place("line", str(block.line)), "import.left.paragraph", sizes)], []
    said: list[str] = []
    pages: Pages = []
    for line in lines_of(block):
        named = pages_of(line)
        pages += named
        if not named and not is_label(line):
            said.append(line.text)
    return list(_notes(block.line, " ".join(clean(" ".join(said)).split()), pages)), pages


def _notes(line: int, said: str, pages: Pages) -> Iterator[Note]:
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
