"""The names and words that mean something in a scope: what a text is about, what a Korean question says in English."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from index.entities import MISSPELT_FROM, EntityMatcher, Mention
from index.senses import Sense, SenseMatcher
from index.spelling import Speller
from index.stopwords import ENGLISH, EVERYDAY, NUMBER_WORDS
from index.tokens import Token, normalise, tokens
from index.transliterations import Transliteration
from index.words import words_of
from knowledge.kinds import COMMON_KINDS


@dataclass(frozen=True, slots=True)
class Content:
    """The index terms of a text (its words, and what stands for the glossary's words that are no question words)
    and the entities that it may name. Texts share most of them, and so the memory of each."""

    terms: tuple[str, ...]
    entities: tuple[str, ...]

    @classmethod
    def of(cls, terms: Iterable[str], entities: Iterable[str]) -> Content:
        return cls(tuple(map(sys.intern, terms)), tuple(map(sys.intern, entities)))

    @property
    def line(self) -> str:
        """One string that says it all, which takes a tenth of the memory."""
        return "\t".join(map(" ".join, (self.terms, self.entities)))

    @classmethod
    def from_line(cls, line: str) -> Content:
        """The reverse of `line`."""
        terms, entities = (part.split(" ") if part else () for part in line.split("\t"))
        return cls.of(terms, entities)


@dataclass(frozen=True, slots=True)
class Reading:
    """A normalised text with the names, the glossary's words outside the names, and the tokens in it."""

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    senses: Sequence[Sense]

    @property
    def content(self) -> Content:
        """What the index keeps of it."""
        spoken = (sense.index_term for sense in self.senses if not sense.term.question)
        named = {entity for mention in self.mentions if not mention.ordinary for entity in mention.entities}
        return Content.of((*(token.term for token in self.tokens), *spoken), sorted(named))


class Vocabulary:
    """The names of one scope and the words of the glossary, which scopes share."""

    def __init__(self, names: EntityMatcher, senses: SenseMatcher) -> None:
        self.names = names
        named = _name_words(names)
        long = {word for word in named if len(word) >= MISSPELT_FROM}
        self.speller = Speller(long | senses.words | ENGLISH, kept=named)
        self._senses = senses

    def read(self, text: str) -> Reading:
        """Everything that is in a text."""
        normalised = normalise(text)
        return self.reading(normalised, self.names.mentions_in(normalised))

    def read_as_written(self, text: str) -> Reading:
        """The same for a text that nobody has linked with whom it names: a word of the language that is written as a
        name ("TWICE") is one, and stays the word."""
        plain = self.read(text)
        if not any(mention.ordinary for mention in plain.mentions):
            return plain
        written = as_written(text, plain.text, plain.mentions, _sentence_starts(text))
        return replace(plain, mentions=[replace(m, ordinary=m.ordinary and not m.capitalised) for m in written])

    def reading(self, normalised: str, mentions: Sequence[Mention]) -> Reading:
        """What is in a text whose names are known. A name that is a word of the glossary too, or of a phrase in it, a
        numeral, a single letter or syllable, or begins with "the", is taken for ordinary; one that only begins with
        such a word ("한국" in "한국거래소") is not."""
        senses = self._senses.senses(normalised)
        told = [replace(m, ordinary=True) if self._is_ordinary(m, senses, normalised) else m for m in mentions]
        spans = [(mention.start, mention.end) for mention in told if not mention.ordinary]
        free = [sense for sense in senses if _free(sense.start, sense.end, spans)]
        return Reading(normalised, tokens(normalised), told, free)

    def has(self, normalised: str) -> bool:
        """Whether any word of a text is in the glossary or part of a name."""
        return bool(self._senses.senses(normalised) or self.names.mentions_in(normalised))

    def _is_ordinary(self, mention: Mention, senses: Iterable[Sense], text: str) -> bool:
        if mention.chosen or mention.corrected or mention.capitalised:
            return False
        if all(self.names.entities[entity].kind in COMMON_KINDS for entity in mention.entities):
            return False
        written = text[mention.start : mention.end]
        if len(written) == 1 or written in NUMBER_WORDS or written.startswith("the "):
            return True
        if written in EVERYDAY and not text[: mention.start].endswith("&"):  # "&team" is the group
            return True
        return any(sense.says(text, mention.start, mention.end) for sense in senses)

    def gloss(self, reading: Reading, foreign: Sequence[Transliteration] = ()) -> str:
        """A Korean text word by word in rough English: names, glossary words, what stands for a foreign word, and what
        is Latin already.

        Empty when nothing but bare numbers was understood."""
        spoken = [(sense.start, sense.end) for sense in reading.senses]
        names = [m for m in reading.mentions if not m.ordinary or _is_told(m, spoken)]
        pieces = [(mention.start, self._english_name(mention)) for mention in names]
        pieces += [(sense.start, sense.term.gloss) for sense in reading.senses]
        pieces += [(one.start, one.spelling.written) for one in foreign]
        taken = [(m.start, m.end) for m in names] + spoken
        understood = bool(pieces)
        for word in words_of(reading.text):
            if not word.hangul and _free(word.start, word.end, taken):
                pieces.append((word.start, word.text))
                understood = understood or not word.text[0].isdigit()
        return " ".join(text for _, text in sorted(pieces)) if understood else ""

    def _english_name(self, mention: Mention) -> str:
        return self.names.entities[mention.entities[0]].name


_SPACED = re.compile(r"\S+|\s+")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’)\]]*\s|\n)[\s\-•*>#\d.)–“\"‘(\[]*")
_SHOUTED = re.compile(r"(?<![^a-z\s])(?:[^A-Za-z\s]*[A-Z][^a-z\s]*\s+){3}[^a-z\s]*[A-Z]{2}")
"""Four words in capitals one after the other, which tell no names. Each word can be read in one way only, by its first
capital, and once: a question of long words in capitals would take minutes otherwise."""


def _sentence_starts(text: str) -> frozenset[int]:
    """The places where a capital only begins a sentence, or a line of a list."""
    return frozenset(match.end() for match in _SENTENCE_START.finditer(text))


def as_written(text: str, normalised: str, mentions: Sequence[Mention], starts: AbstractSet[int]) -> list[Mention]:
    """Mentions with whether each is written as a name: in capitals, or with one where none of the `starts` is. Words
    whose length normalising changes ("K-pop") tell nothing."""
    places = _places(text, normalised)
    shouted = _SHOUTED.search(text) is not None
    told = []
    for mention in mentions:
        start, end = places.get(mention.start), places.get(mention.end - 1)
        written = text[start : end + 1] if start is not None and end is not None else ""
        in_capitals = len(written) > 1 and written.isupper()
        is_name = not shouted if in_capitals else written[:1].isupper() and start not in starts
        told.append(replace(mention, capitalised=is_name))
    return told


def _places(text: str, normalised: str) -> Mapping[int, int]:
    """Where each letter of a normalised text stands in the text: by words that are as long in both."""
    before, after = _SPACED.findall(text), _SPACED.findall(normalised)
    if len(before) != len(after):
        return {}
    places: dict[int, int] = {}
    at = place = 0
    for one, other in zip(before, after, strict=True):
        if len(one) == len(other):
            places |= {at + letter: place + letter for letter in range(len(one))}
        at, place = at + len(other), place + len(one)
    return places


def _name_words(names: EntityMatcher) -> set[str]:
    """The single words that names are made of."""
    spellings = (spelling for entity in names.entities.values() for spelling in entity.spellings)
    return {word.text for spelling in spellings for word in words_of(normalise(spelling))}


def _is_told(ordinary: Mention, spoken: Sequence[tuple[int, int]]) -> bool:
    """Whether a word that is a name too is told by that name: there is no other word for it, and it is not a mere
    syllable (한)."""
    return ordinary.end - ordinary.start > 1 and _free(ordinary.start, ordinary.end, spoken)


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= a or start >= b for a, b in taken)
