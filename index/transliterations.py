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
from index.sounds import FOREIGN_NAMES, FOREIGN_WORDS, KOREAN_WORDS, Matches, PhoneticIndex, Sound
from index.stopwords import ENGLISH, KOREAN, PARTICLES
from index.tokens import bigrams, has_hangul, normalise, terms
from index.words import Word, words_of

SHORTEST = 2
"""Syllables of a Hangul word that may stand for another; of one there are too few."""

SURE_FROM = 3
"""Consonants from which on a word that is heard exactly so is meant and not mistyped."""

_VERBS = frozenset(("나가", "데는", "되나", "되네", "살아", "주는", "추는", "치면", "하네", "하는", "하지"))
_NO_NAMES = KOREAN | PARTICLES | _VERBS
"""Hangul words that sound like names (Nagoya, Jun, Hana) and are common ones."""

_TWO_NAMES = re.compile(r"\b(?=([A-Z][A-Za-z]*) ([A-Z][A-Za-z-]+))")
_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송전홍유류고문양손배백허남심노하주구민채방변우원표차함")
"""The first syllables of Korean names of three; somebody is called by the other two."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How something is spelt in texts: as it is `written`, normalised, and the index terms of its words, or the bigrams
    of a Hangul one, in order; where several sound alike, each may be any of some. `likeness` is how alike it sounds
    (0..1), `consonants` how many it is known by."""

    written: str
    parts: tuple[tuple[str, ...], ...]
    likeness: float
    consonants: int

    @property
    def is_sure(self) -> bool:
        """Whether a word that sounds so is hardly a typing error for another."""
        return self.likeness == 1.0 and self.consonants >= SURE_FROM

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


class Pronunciations:
    """The words of some texts by how they sound, for words in the other script."""

    def __init__(self, texts: Iterable[str]) -> None:
        """The texts as they are written, since capitals tell names."""
        names: set[str] = set()
        words: set[str] = set()
        hangul: set[str] = set()
        for text in texts:
            names.update(filter(_is_foreign, proper_words(text)))
            names.update(normalise(" ".join(two)) for two in _TWO_NAMES.findall(text))
            for word in words_of(normalise(text)):
                if word.hangul:
                    hangul.update(_called(word.text))
                else:
                    words.update(filter(_is_foreign, (_without_s(word.text),)))
        self._names = PhoneticIndex(names, FOREIGN_NAMES)
        self._words = PhoneticIndex(words - names, FOREIGN_WORDS)
        self._hangul = PhoneticIndex(hangul, KOREAN_WORDS)

    def spelling(self, said: str) -> Spelling | None:
        """How a normalised word, or two, may be spelt in the other script: two Hangul ones as two in Latin letters. The
        reading of a Hangul word that is most like something counts, of equal ones the longest."""
        if not has_hangul(said):
            return _spelling(said, self._hangul.nearest(said), bigrams)
        readings = [(reading, self._names.nearest(reading)) for reading in _readings(said)]
        if not any(near.words for _, near in readings):
            readings = [(reading, self._words.nearest(reading)) for reading in _readings(said)]
        reading, near = max(readings, key=lambda one: (one[1].likeness, len(one[0])), default=(said, Matches()))
        spelling = _spelling(reading, near, terms)
        return spelling if spelling and len(spelling.parts) > said.count(" ") else None


def _spelling(said: str, near: Matches, terms_of: Callable[[str], list[str]]) -> Spelling | None:
    if not near.words:
        return None
    spelt = [terms_of(word) for word in near.words]
    alike = (one for one in spelt if len(one) == len(spelt[0]))
    parts = tuple(tuple(dict.fromkeys(same)) for same in zip(*alike, strict=True))
    return Spelling(near.words[0], parts, near.likeness, len(Sound.of(said).consonants))


def transliterations(
    normalised: str,
    taken: Sequence[tuple[int, int]],
    known: Callable[[str], bool],
    spelling: Callable[[str], Spelling | None],
) -> list[Transliteration]:
    """Those in a question outside what is `taken`, two Hangul words before one. Of words in Latin letters only strange
    ones may stand for others: `known` tells which are in use."""
    words = [word for word in words_of(normalised) if _may_stand_for_another(word, taken)]
    found: list[Transliteration] = []
    for word, following in zip_longest(words, words[1:]):
        one = _without_s(word.text)
        if (found and word.start < found[-1].end) or (known(one) and not word.hangul):
            continue
        two = f"{one} {following.text}" if following and word.hangul and following.hangul else ""
        for said in (two, one):
            if said and normalised.startswith(said, word.start) and (spelt := spelling(said)):
                found.append(Transliteration(word.start, word.start + len(said), spelt))
                break
    return found


def _may_stand_for_another(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    if any(word.start < end and start < word.end for start, end in taken):
        return False
    return word.text not in _NO_NAMES if word.hangul else _is_foreign(_without_s(word.text))


def _is_foreign(word: str) -> bool:
    """Whether a word is one in Latin letters, that says something."""
    if has_hangul(word) or not word.replace("-", "").isalpha():
        return False
    return len(word) > 2 and word not in ENGLISH and not CALENDAR.fullmatch(word)


def _without_s(word: str) -> str:
    return word.removesuffix("'s")


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
