"""Words of a question that stand for one in the other script in a server's own texts: 라킨 for Larkin.

The registry has names of the pack in both scripts. Those of a server are mostly in no registry, and its notes in one
language; by how they sound, members find them in the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.demands.somebody import CALENDAR, proper_words
from index.sounds import FOREIGN_NAMES, FOREIGN_WORDS, KOREAN_WORDS, Heard
from index.stopwords import ENGLISH, KOREAN, PARTICLES
from index.tokens import bigrams, has_hangul, normalise, stem
from index.words import Word, words_of

SHORTEST = 2
"""Syllables of a Hangul word that may stand for another; of one there are too few."""

_TWO_NAMES = re.compile(r"\b(?=([A-Z][^\W\d_]*) ([A-Z][^\W\d_]+))")
_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송전홍유류고문양손배백허남심노하주구민채방변우원표차함")
"""The first syllables of Korean names of three; somebody is called by the other two."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How something is spelt in texts: as it is `written`, normalised, and the index terms of its words, or the bigrams
    of a Hangul one, in order; where several sound alike, each may be any of some."""

    written: str
    parts: tuple[tuple[str, ...], ...]

    def parts_of(self, number: int, count: int) -> tuple[tuple[str, ...], ...]:
        """Those that one of `count` terms stands for, by its number; at least one."""
        first, last = (at * len(self.parts) // count for at in (number, number + 1))
        return self.parts[first : max(last, first + 1)]


@dataclass(frozen=True, slots=True)
class Transliteration:
    """Words of a question, from `start` to `end`, that stand for something that is spelt otherwise."""

    start: int
    end: int
    spelling: Spelling


class Spoken:
    """The words of some texts by how they sound, for words in the other script."""

    def __init__(self, texts: Iterable[str]) -> None:
        """The texts as they are written, since capitals tell names."""
        names: set[str] = set()
        words: set[str] = set()
        hangul: set[str] = set()
        for text in texts:
            names.update(proper_words(text), (normalise(" ".join(two)) for two in _TWO_NAMES.findall(text)))
            for word in words_of(normalise(text)):
                if word.hangul:
                    hangul.update(_called(word.text))
                elif _says_something(word.text):
                    words.add(word.text)
        self._names = Heard(names, FOREIGN_NAMES)
        self._words = Heard(words - names, FOREIGN_WORDS)
        self._hangul = Heard(hangul, KOREAN_WORDS)

    def spelling(self, said: str) -> Spelling | None:
        """How a normalised word, or two, may be spelt in the other script; two Hangul ones stand for a name of two."""
        if not has_hangul(said):
            called = next(iter(self._hangul.nearest(said)), None)
            return Spelling(called, tuple((term,) for term in bigrams(called))) if called else None
        for reading in _readings(said):
            if near := self._names.nearest(reading) or self._words.nearest(reading):
                spelt = [one.split() for one in near]
                if len(spelt[0]) > said.count(" "):
                    alike = [map(stem, one) for one in spelt if len(one) == len(spelt[0])]
                    return Spelling(near[0], tuple(zip(*alike, strict=True)))
        return None


def transliterations(
    normalised: str,
    taken: Sequence[tuple[int, int]],
    known: Callable[[str], bool],
    spelling: Callable[[str], Spelling | None],
) -> list[Transliteration]:
    """Those in a question outside what is `taken`, two Hangul words before one. Of words in Latin letters only strange
    ones may stand for others: `known` tells which are in use."""
    words = [word for word in words_of(normalised) if _may_be_foreign(word, taken)]
    found: list[Transliteration] = []
    for word, following in zip_longest(words, words[1:]):
        one = _without_s(word)
        if (found and word.start < found[-1].end) or (known(one) and not word.hangul):
            continue
        two = f"{one} {following.text}" if word.hangul and following else ""
        for said in (two, one):
            if said and normalised.startswith(said, word.start) and (spelt := spelling(said)):
                found.append(Transliteration(word.start, word.start + len(said), spelt))
                break
    return found


def _may_be_foreign(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    if any(word.start < end and start < word.end for start, end in taken):
        return False
    one = _without_s(word)
    return one not in KOREAN if word.hangul else one.isalpha() and _says_something(one)


def _without_s(word: Word) -> str:
    return word.text.removesuffix("'s")


def _says_something(word: str) -> bool:
    return len(word) > 2 and word not in ENGLISH and not CALENDAR.fullmatch(word)


def _called(word: str) -> Iterator[str]:
    """What a Hangul word of a text may be called by: as it stands, without its particle, by a given name alone."""
    for reading in _readings(word):
        yield reading
        if len(reading) == 3 and reading[0] in _SURNAMES:
            yield reading[1:]


def _readings(word: str) -> Iterator[str]:
    """A Hangul word without each particle that it may carry, the longest first, and as it stands."""
    if len(word) < SHORTEST:
        return
    for length in range(min(4, len(word) - SHORTEST), 0, -1):
        if word[-length:] in PARTICLES:
            yield word[:-length]
    yield word
