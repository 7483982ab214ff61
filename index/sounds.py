"""How words sound: a name in Hangul and the same name in Latin letters have the same consonants.

Nobody has to tell the bot that 라킨 is Larkin. Both get a phonetic key in one rough alphabet, which tells apart no more
than Hangul does, and keys are compared. The idea is that of Kodex (Kang and Choi,
https://doi.org/10.1142/S0219427901000321); what stands for what are the rules for foreign words in Hangul (외래어
표기법, notice 2017-14) and for Korean ones in Latin letters (국어의 로마자 표기법, notice 2014-42), as far as letters
tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from index.tokens import has_hangul

_INITIALS = ["k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h"]
_VOWELS = "a e ya ye o e yo ye o wa we we yo u wo we wi yu U i i".split()  # noqa: SIM905
"""ㅡ is "U": often it stands where Hangul needs a vowel and the other language has none (비트 for "beat")."""
_FINALS = "_ k k k n n n t l k m l l l p l m p p t t N t t k t p t".replace("_", "").split(" ")
_SYLLABLES, _OF_INITIAL, _OF_VOWEL = ord("가"), 588, 28

_LETTERS = [
    (re.compile(letters), sound)
    for letters, sound in (
        # Consonants of several letters, and what is not heard; "C" is heard in "church".
        (r"igh", "ai"),
        (r"(?<=[aeiou])gh(?=t|$)|(?<=[aeiou])h(?![aeiouwy])|^p(?=s)|(?<=r)h", ""),
        (r"(?<!n)gh", "g"),
        (r"^k(?=n)|^w(?=r)", ""),
        (r"stl(?=e)", "sl"),
        (r"ph", "p"),
        (r"sch", "sk"),
        (r"ch(?=[rl])", "k"),
        (r"tch|ch|dg(?=[ey])", "C"),
        (r"sh", "s"),
        (r"th", "t"),
        (r"wh", "w"),
        (r"[st]ion", "son"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"ng(?![aeiou])|n(?=k)", "N"),
        # Vowels of Korean names; "E", "O", "U" and "Y" are not those of English.
        (r"yeo", "YO"),
        (r"eo", "O"),
        (r"eu", "U"),
        (r"ae", "E"),
        (r"oe", "we"),
        (r"ui", "i"),
        (r"y(?=[aeiouEOU])", "Y"),
        # Vowels of English words, of which the last "e" is not heard.
        (r"^u(?=[^aeiouEOUY]{2})", "o"),
        (r"er(?=[^aeiouEOUY]|$)", "o"),
        (r"ew(?![aeiou])", "Yu"),
        (r"ee|ea|ie", "i"),
        (r"oo", "u"),
        (r"ou|ow(?![aeiou])", "au"),
        (r"oa", "o"),
        (r"(?<=[aeiouEO])([^aeiouEOYyw]+)e$", r"\1"),
        (r"[ae]y", "ei"),
        (r"(?<=[^aeiou])y", "i"),
        (r"y|w(?![aeiouEO])|r(?=[^aeiouEOUY]|$)", ""),
    )
]
_ALIKE = str.maketrans("bvfdgjzrCEOY", "ppptkcclceoy")
"""Sounds that Hangul does not tell apart, or not always."""

_OTHERWISE = [
    (re.compile(letters), sound) for letters, sound in ((r"th", "s"), (r"g(?=[eiy])", "j"), (r"s(?=e$)", "z"))
]
"""What English spells alike and says otherwise: Arthur (아서) and Gotham (고담), Gina (지나) and Gilda, Rose (로즈)."""

_TOGETHER = [(re.compile(sounds), sound) for sounds, sound in ((r"tc", "c"), (r"(?<=[Nm])l", "n"), (r"(.)\1+", r"\1"))]
"""How neighbours change: ㄹ after ㅁ or ㅇ is written n (종로, Jongno), and twins are one."""

_GAP = "\t"
_VOWEL = re.compile(r"[aeiouywU]")
_VOWELS_OF_ONE = re.compile(r"[aeiouyw]+")


@dataclass(frozen=True, slots=True)
class Least:
    """How alike words must be to be taken for one another, by their consonants: of one, of two, of three, of more."""

    one: float
    two: float
    three: float
    more: float

    def of(self, consonants: int) -> float:
        """The least likeness of words with so many."""
        return (self.one, self.two, self.three, self.more)[min(consonants, 4) - 1]


FOREIGN_NAMES = Least(one=1.0, two=0.85, three=0.8, more=0.75)
"""For a Hangul word and a name in Latin letters: English spells one vowel in many ways (docs/experiments.md)."""

FOREIGN_WORDS = Least(one=2.0, two=1.0, three=1.0, more=0.85)
"""For a Hangul word and another word in Latin letters, of which there are many: one consonant is never enough."""

KOREAN_WORDS = Least(one=1.0, two=0.95, three=0.9, more=0.8)
"""For a strange word in Latin letters and a Hangul one: nearly all are Korean names, whose letters have one sound."""


@dataclass(frozen=True, slots=True)
class Sound:
    """The phonetic key of a word: its consonants alone, and with its vowels, "U" where there may be one."""

    consonants: str
    whole: str

    @classmethod
    def of(cls, word: str) -> Sound:
        """Of a normalised word, or several, in Hangul or Latin letters."""
        whole = _of_hangul(word) if has_hangul(word) else _of_latin(word)
        for sounds, sound in _TOGETHER:
            whole = sounds.sub(sound, whole)
        return cls(_VOWEL.sub("", whole), whole)

    @classmethod
    def all_of(cls, word: str) -> list[Sound]:
        """The same, and what else the letters of an English word may stand for."""
        spelt = (word, *(letters.sub(sound, word) for letters, sound in _OTHERWISE if not has_hangul(word)))
        return [cls.of(spelling) for spelling in dict.fromkeys(spelt)]

    def likeness(self, other: Sound) -> float:
        """How alike two words are, 0..1; 0 where their consonants differ. Half of it is which vowels they have, half is
        where, since English spells one vowel in many ways."""
        if self.consonants != other.consonants:
            return 0.0
        return max(_likeness(one, another) for one in _with_and_without(self) for another in _with_and_without(other))


def _likeness(one: str, another: str) -> float:
    pairs = ((one, another), (_VOWELS_OF_ONE.sub("a", one), _VOWELS_OF_ONE.sub("a", another)))
    return sum(OSA.normalized_similarity(*pair) for pair in pairs) / 2


def _with_and_without(sound: Sound) -> set[str]:
    """What is heard where "U" is a vowel, and where it is none."""
    return {sound.whole.replace("U", "u"), sound.whole.replace("U", "")}


def _of_hangul(word: str) -> str:
    return "".join(map(_of_syllable, filter(has_hangul, word)))


def _of_syllable(syllable: str) -> str:
    number = ord(syllable) - _SYLLABLES
    vowel, final = divmod(number % _OF_INITIAL, _OF_VOWEL)
    return _INITIALS[number // _OF_INITIAL] + _VOWELS[vowel] + _FINALS[final]


def _of_latin(word: str) -> str:
    heard = "".join(filter(str.isalpha, word))
    for letters, sound in _LETTERS:
        heard = letters.sub(sound, heard)
    return heard.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Matches:
    """Words that another may stand for, the shortest first, and how alike they are to it (0..1)."""

    words: tuple[str, ...] = ()
    likeness: float = 0.0


class PhoneticIndex:
    """An index of words of one script by their sounds, for words of the other.

    They are lines of one string, in order: consonants, whole sound, word. A mapping would take ten times the memory, 15
    MB for 10,000 notes.
    """

    def __init__(self, words: Iterable[str], least: Least) -> None:
        """`least` is how alike one must be to another to stand for it."""
        self._least = least
        sounds = ((sound, word) for word in words for sound in Sound.all_of(word) if sound.consonants)
        lines = sorted(f"{sound.consonants}{_GAP}{sound.whole}{_GAP}{word}\n" for sound, word in sounds)
        self._lines = "".join(lines)
        self._ends = np.cumsum([len(line) for line in lines], dtype=np.uint32)

    def nearest(self, word: str) -> Matches:
        """The words that one may stand for: the one that is heard most like it, and those that are as much so."""
        alike: dict[str, float] = {}
        for sound in Sound.all_of(word):
            least = self._least.of(len(sound.consonants))
            for whole, near in self._with(sound.consonants) if sound.consonants else ():
                if (likeness := sound.likeness(Sound(sound.consonants, whole))) >= least:
                    alike[near] = max(likeness, alike.get(near, 0.0))
        most = max(alike.values(), default=0.0)
        words = sorted(
            (near for near, likeness in alike.items() if likeness == most), key=lambda near: (len(near), near)
        )
        return Matches(tuple(words), most)

    def _with(self, consonants: str) -> Iterator[tuple[str, str]]:
        """The words with some consonants, each after its sound."""
        start = f"{consonants}{_GAP}"
        number = bisect_left(range(len(self._ends)), start, key=self._line)
        while number < len(self._ends) and (line := self._line(number)).startswith(start):
            whole, _, word = line[len(start) : -1].partition(_GAP)
            yield whole, word
            number += 1

    def _line(self, number: int) -> str:
        return self._lines[int(self._ends[number - 1]) if number else 0 : int(self._ends[number])]
