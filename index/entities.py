"""Finding the names of entities in a text: whole-word alias matching that tolerates spacing and Korean particles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.stopwords import AFTER_NAMES, ENGLISH, KOREAN, PARTICLES
from index.tokens import normalise
from knowledge.models import Entity

LONGEST_NAME = 10
"""Words of the longest spelling that is looked for."""

MISSPELT_FROM = 5
"""Shortest Latin name, in characters, that a misspelt word may stand for: one edit, two from nine characters on."""

MISSPELT_HANGUL_FROM = 4
"""The same in Hangul syllables, always one edit."""

SHORTEST_BEFORE_NOUN = 3
"""Shortest Hangul name, in syllables, that a noun is looked for behind: of two there are many by chance."""

_BEGINNING = 8
"""Characters of a name that tell whether it is worth reading on: of the words of a text, few begin a name by chance."""

_HANGUL_WORD = re.compile(r"[가-힣]+")
_WORD = re.compile(r"[가-힣]+|\d+|[^\W\d_가-힣]+(?:'[^\W\d_가-힣]+)*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: its span in the normalised text and every entity that is called so.

    `corrected` is the spelling that a misspelt word was taken for. `chosen` says that a person chose the entity among
    several, so that the name alone does not stand for it. `ordinary` says that it is a word of the language too,
    such as 하루 ("day"), so that most who write it mean no name; `capitalised` that it is written as a name.
    """

    start: int
    end: int
    entities: tuple[str, ...]
    corrected: str | None = None
    chosen: bool = False
    ordinary: bool = False
    capitalised: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


class EntityMatcher:
    """Knows every spelling of the entities of one scope. Spaces, hyphens, accents and case do not count."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = {entity.id: entity for entity in entities}
        spellings: dict[str, tuple[str, ...]] = {}
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}  # most spellings stand for one entity, which has several
        self._written: set[str] = set()
        for entity in self.entities.values():
            for spelling in entity.spellings:
                written = normalise(spelling)
                compact = _compact(written)
                if entity.id not in (known := spellings.get(compact, ())):
                    ids = (*known, entity.id)
                    spellings[compact] = shared.setdefault(ids, ids)
                words = _words(written)
                self._written.add(written[words[0].start : words[-1].end] if words else "")
        for word in [s for s in spellings if not s or s.isdigit()]:
            del spellings[word]  # "15&" must not be found in "15 members"
        self._spellings = spellings
        self._starts = {spelling[:2] for spelling in self._spellings}
        self._sorted = sorted(self._spellings)
        self._misspellable = [s for s in self._spellings if len(s) >= _shortest(s)]

    def mentions(self, text: str) -> list[Mention]:
        """The names in a text, longest first where they overlap, in order."""
        return self.mentions_in(normalise(text))

    def mentions_in(self, normalised: str) -> list[Mention]:
        """As `mentions`, for a text that `index.tokens.normalise` has already gone over."""
        found: list[Mention] = []
        words = _words(normalised)
        position = 0
        while position < len(words):
            length, mention = self._longest(normalised, words, position)
            if mention is not None:
                found.append(mention)
            position += length
        return found

    def _longest(self, normalised: str, words: Sequence[_Word], position: int) -> tuple[int, Mention | None]:
        if not self._may_start(words[position].text):
            return 1, None
        for length in range(self._most(words, position), 0, -1):
            span = words[position : position + length]
            for compact, end in _readings(span):
                entities = self._spellings.get(compact)
                written = normalised[span[0].start : end]
                exact = length > 1 and written in self._written
                if entities and (exact or self._may_be_joined(span, compact)):
                    return length, Mention(span[0].start, end, entities)
        return 1, None

    def _most(self, words: Sequence[_Word], position: int) -> int:
        """How many words from here on a name may have: what stands before its last word begins a spelling."""
        most = min(LONGEST_NAME, len(words) - position)
        before = ""
        for length in range(1, most):
            before += words[position + length - 1].text
            if not self._begins_one(before[:_BEGINNING]):
                return length
        return most

    def _begins_one(self, letters: str) -> bool:
        """Whether a spelling begins with these letters: the first that does not come before them."""
        at = bisect_left(self._sorted, letters)
        return at < len(self._sorted) and self._sorted[at].startswith(letters)

    def _may_be_joined(self, span: Sequence[_Word], compact: str) -> bool:
        """Whether words stand for a name that is written in other words: "new jeans" does, "as a" is no Asa."""
        if compact in ENGLISH:  # "U.S." must not be found in "tell us"
            return False
        if len(span) == 1:
            return True
        if _hangul(compact):
            return len(compact) > 2
        counts = len(span) == 2 and any(word.text.isdigit() for word in span)  # "1 million", unlike "2 NE 1"
        return not counts and not any(word.text in ENGLISH for word in span)

    def _may_start(self, word: str) -> bool:
        return word[:2] in self._starts or word[:1] in self._starts or len(word) == 1

    def parted(self, normalised: str) -> str:
        """A text with a space between a Hangul name and a noun that is written together with it (에스파팀)."""
        return _HANGUL_WORD.sub(lambda word: self._parted(word[0]), normalised)

    def _parted(self, word: str) -> str:
        if any(reading in self._spellings for reading, _ in _readings(_words(word))):
            return word
        for length in range(len(word) - 1, SHORTEST_BEFORE_NOUN - 1, -1):
            if word[:length] in self._spellings and _noun_after(word[length:]):
                return f"{word[:length]} {word[length:]}"
        return word

    def misspelt(self, normalised: str, known: Callable[[str], bool]) -> list[Mention]:
        """Words that are no name and that `known` does not know either, read as the one name they nearly spell."""
        taken = [(m.start, m.end) for m in self.mentions_in(normalised)]
        found = []
        for word in _words(normalised):
            free = all(word.end <= start or word.start >= end for start, end in taken)
            if free and not known(word.text) and word.text not in ENGLISH and word.text not in KOREAN:
                found.extend(self._nearest(word))
        return found

    def _nearest(self, word: _Word) -> list[Mention]:
        hangul = _hangul(word.text)
        readings = [r for r, _ in _readings([word])] if hangul else [word.text.removesuffix("'s")]
        for reading in readings:
            if len(reading) < _shortest(reading) - 1:
                continue
            edits = 2 if len(reading) >= 9 and not hangul else 1
            near = process.extract(reading, self._misspellable, scorer=OSA.distance, score_cutoff=edits, limit=2)
            if near and (len(near) == 1 or near[0][1] < near[1][1]):
                return [Mention(word.start, word.end, self._spellings[near[0][0]], corrected=near[0][0])]
        return []


def _shortest(name: str) -> int:
    return MISSPELT_HANGUL_FROM if _hangul(name) else MISSPELT_FROM


def _hangul(text: str) -> bool:
    return "가" <= text[:1] <= "힣"


def _words(normalised: str) -> list[_Word]:
    return [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(normalised)]


def _compact(normalised: str) -> str:
    return "".join(word.text for word in _words(normalised))


def _readings(span: Sequence[_Word]) -> list[tuple[str, int]]:
    """The words written together, and again without each particle or possessive that the last may carry, with
    the end of the name in the text."""
    together, last = "".join(word.text for word in span), span[-1]
    readings = [(together, last.end)]
    if _hangul(last.text):
        for length in range(1, min(4, len(last.text) - 1) + 1):
            if last.text[-length:] in PARTICLES:
                readings.append((together[:-length], last.end - length))
    elif last.text.endswith("'s"):
        readings.append((together.removesuffix("'s"), last.end - 2))
    return readings


def _noun_after(rest: str) -> bool:
    """Whether what follows a name is one of the nouns that are written together with it, with or without a particle."""
    return any(rest == noun or (rest.startswith(noun) and rest[len(noun) :] in PARTICLES) for noun in AFTER_NAMES)
