"""Finding the glossary's words in a text, in English by stem and in Korean by stem or before particles."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from index.lexicon import Lexicon
from index.stopwords import PARTICLES
from index.words import Word, words_of
from knowledge.models import Term

_LIGHT_VERB = re.compile(r"[하해했한할함되된돼됐될됨]")

REMEMBERED = 4_096
"""Single words whose entry is remembered, since texts repeat them."""


def sense_term(sense: str) -> str:
    """The index term that stands for a glossary entry, in whatever language it was said."""
    return sys.intern(f"~{sense}")


@dataclass(frozen=True, slots=True)
class Sense:
    """A glossary entry found in a normalised text. `said` is where its own letters end; the ending of a Korean word, or
    what it goes on with ("거래소" in "한국거래소"), reaches to `end`."""

    start: int
    said: int
    end: int
    term: Term

    @property
    def index_term(self) -> str:
        return sense_term(self.term.id)

    def says(self, text: str, start: int, end: int) -> bool:
        """Whether nothing stands there in the text but the entry, an ending at most."""
        return self.start <= start and end <= self.end and _may_end(text[self.said : end])


@dataclass(frozen=True, slots=True)
class Found:
    """A glossary entry, and how many letters of the last word are its own."""

    term: Term
    length: int


class SenseMatcher:
    """Knows every form of every entry. A Korean form that ends in "-" is a stem and takes any ending; any other may
    carry particles and forms of 하다 or 되다. `words` are the single words of the English forms."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon.words
        self._exact: dict[tuple[str, ...], Term] = {}
        self._stems: dict[tuple[str, ...], Term] = {}
        self._longest: dict[str, int] = {}
        self._single: dict[str, Found | None] = {}
        for form in lexicon.forms:
            (self._stems if form.is_stem else self._exact).setdefault(form.keys, lexicon.terms[form.term])
            self._longest[form.keys[0]] = max(len(form.keys), self._longest.get(form.keys[0], 1))

    def senses(self, normalised: str) -> list[Sense]:
        """The entries in a text, the longest first where they overlap, in order."""
        words, found, position = words_of(normalised), [], 0
        while position < len(words):
            length, entry = self._at(words, position)
            if entry:
                last = words[position + length - 1]
                found.append(Sense(words[position].start, last.start + entry.length, last.end, entry.term))
            position += length
        return found

    def _at(self, words: Sequence[Word], position: int) -> tuple[int, Found | None]:
        """The longest entry that starts at a word, and how many words it has."""
        first = words[position]
        for length in range(min(self._longest.get(first.key, 1), len(words) - position), 1, -1):
            before = tuple(word.key for word in words[position : position + length - 1])
            if entry := self._ending(before, words[position + length - 1]):
                return length, entry
        if first.text not in self._single:
            if len(self._single) >= REMEMBERED:
                self._single.clear()
            self._single[first.text] = self._ending((), first)
        return 1, self._single[first.text]

    def _ending(self, before: tuple[str, ...], last: Word) -> Found | None:
        """The entry whose words are `before` and then `last`, whatever ending that carries."""
        if not last.hangul:
            term = self._exact.get((*before, last.key))
            return Found(term, len(last.text)) if term else None
        for length in range(len(last.text), 0, -1):
            base = (*before, last.text[:length])
            if term := self._exact.get(base) if _may_end(last.text[length:]) else None:
                return Found(term, length)
            if term := self._stems.get(base):
                return Found(term, length)
        return None


def _may_end(ending: str) -> bool:
    """Whether a Hangul noun may carry this: nothing, a particle, or a form of 하다 or 되다."""
    return not ending or ending in PARTICLES or _LIGHT_VERB.match(ending) is not None
