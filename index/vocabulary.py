"""The names and words that mean something in a scope: what a text is about, what a Korean question says in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.entities import EntityMatcher, Mention
from index.spelling import Speller
from index.stopwords import ENGLISH, PARTICLES
from index.tokens import normalise, stem
from knowledge.glossary import Glossary, Term

_WORD = re.compile(r"[가-힣]+|\d[\d,.]*|[^\W\d_가-힣]+(?:'[^\W\d_가-힣]+)*")
_LIGHT_VERB = re.compile(r"[하해했한할함되된돼됐될됨]")
LONGEST_PHRASE = 4
"""Words of the longest glossary entry that is looked for."""


def sense_term(sense: str) -> str:
    """The index term that stands for a glossary entry."""
    return f"~{sense}"


@dataclass(frozen=True, slots=True)
class Sense:
    """A glossary entry found in a normalised text."""

    start: int
    end: int
    term: Term

    @property
    def index_term(self) -> str:
        """What stands for it in the index, in whatever language it was said."""
        return sense_term(self.term.id)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def hangul(self) -> bool:
        return "가" <= self.text[0] <= "힣"


class Vocabulary:
    """Matches the names of one scope and the words of the glossary."""

    def __init__(self, names: EntityMatcher, glossary: Glossary) -> None:
        self.names = names
        self._exact: dict[tuple[str, ...], Term] = {}
        self._stems: dict[tuple[str, ...], Term] = {}
        for term in glossary.terms:
            for form in (*term.en, *term.ko):
                words = tuple(_key(word) for word in _words(form.lower()))
                if words:
                    (self._stems if form.endswith("-") else self._exact).setdefault(words, term)
        self.speller = Speller(_latin_words(names, glossary))
        self._first = {words[0][:1] for words in (*self._exact, *self._stems)}

    def senses(self, normalised: str) -> list[Sense]:
        """The glossary's words in a text, the longest first where they overlap, in order."""
        words, found, position = _words(normalised), [], 0
        while position < len(words):
            length, sense = self._longest(words, position)
            if sense:
                found.append(sense)
            position += length
        return found

    def _longest(self, words: Sequence[_Word], position: int) -> tuple[int, Sense | None]:
        if words[position].text[:1] not in self._first and words[position].hangul:
            return 1, None
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            span = words[position : position + length]
            if term := self._term(span):
                return length, Sense(span[0].start, span[-1].end, term)
        return 1, None

    def _term(self, span: Sequence[_Word]) -> Term | None:
        before = tuple(_key(word) for word in span[:-1])
        last = span[-1]
        if not last.hangul:
            return self._exact.get((*before, _key(last)))
        for reading in _bare(last.text):
            if term := self._exact.get((*before, reading)):
                return term
        for length in range(len(last.text), 0, -1):
            if term := self._stems.get((*before, last.text[:length])):
                return term
        return None

    def gloss(self, normalised: str, mentions: Sequence[Mention]) -> str:
        """A Korean question word by word in rough English: names, glossary words, and what is Latin already.

        Empty when nothing but bare numbers was understood."""
        pieces: list[tuple[int, str]] = [(m.start, self._english_name(m)) for m in mentions]
        taken = [(m.start, m.end) for m in mentions]
        for sense in self.senses(normalised):
            if _free(sense.start, sense.end, taken):
                pieces.append((sense.start, sense.term.gloss))
                taken.append((sense.start, sense.end))
        understood = bool(pieces)
        for word in _words(normalised):
            if not word.hangul and _free(word.start, word.end, taken):
                pieces.append((word.start, word.text))
                understood = understood or not word.text[0].isdigit()
        return " ".join(text for _, text in sorted(pieces)) if understood else ""

    def _english_name(self, mention: Mention) -> str:
        return self.names.entities[mention.entities[0]].name


def _latin_words(names: EntityMatcher, glossary: Glossary) -> set[str]:
    """The single words that names and the glossary's English are made of, and the function words."""
    spellings = (spelling for entity in names.entities.values() for spelling in entity.spellings)
    forms = (form for term in glossary.terms for form in term.en)
    return {word.text for text in (*spellings, *forms) for word in _words(normalise(text))} | ENGLISH


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= a or start >= b for a, b in taken)


def _words(normalised: str) -> list[_Word]:
    return [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(normalised)]


def _key(word: _Word) -> str:
    return word.text if word.hangul or word.text[0].isdigit() else stem(word.text)


def _bare(word: str) -> Iterator[str]:
    """A Hangul word as it is, and without a particle or a form of 하다 or 되다 after it."""
    yield word
    for cut in range(len(word) - 1, 0, -1):
        ending = word[cut:]
        if ending in PARTICLES or _LIGHT_VERB.match(ending):
            yield word[:cut]
