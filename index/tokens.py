"""From text to index terms: stemmed Latin words, Hangul bigrams, numbers.

Hangul is indexed as overlapping syllable bigrams inside each word, because a Korean word carries its
particles and endings with it: on KorQuAD 1.0 bigrams rank as well as a morphological analyser alone does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from index.stopwords import ENGLISH, KOREAN, NUMBER_WORDS, PARTICLES

_RUNS = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"|(?P<hangul>[가-힣]+)"
    r"|(?P<cjk>[\u3040-\u30ff\u3400-\u9fff]+)"
    r"|(?P<word>[^\W\d_가-힣\u3040-\u30ff\u3400-\u9fff]+(?:'[^\W\d_]+)*)"
)
_MARKED = re.compile(r"[^\x00-\x7f가-힣]")
GLUED = r"가-힣\u3040-\u30ff\u3400-\u9fff"
"""The letters of scripts that glue endings to words or words to one another, for a class of a regular expression."""
_GLUED = re.compile(rf"[{GLUED}]")
_SYLLABLE = re.compile("[가-힣]")
_INITIAL = re.compile(r"\b([a-z])[-\u2010-\u2015](?=[a-z]{2})|\b(k)\s(?=pop\b)")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_TEN_THOUSAND = "만"
"""After a word a particle ("only"), after a number a unit."""

_LONGEST_STOP_WORD = max(map(len, KOREAN))
_STEMMER = Stemmer.Stemmer("english", 0)  # what `stem` remembers is enough

PARTICLE_WEIGHT = 0.25
"""Weight of a question's bigram that touches a particle or ending (1 for all others). Measured on KorQuAD 1.0."""


@dataclass(frozen=True, slots=True)
class Token:
    """An index term and the characters of the normalised text that it came from; for one of Hangul also the word that
    it is part of, without its particle or ending."""

    term: str
    start: int
    end: int
    weight: float = 1.0
    word: str = ""


@lru_cache(maxsize=1024)
def _without_marks(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def normalise(text: str) -> str:
    """Composed (NFKC), without accents on letters and without case; Hangul stays whole syllables."""
    composed = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    plain = composed if composed.isascii() else _MARKED.sub(lambda m: _without_marks(m[0]), composed)
    return _INITIAL.sub(lambda m: m[1] or m[2], plain.casefold())


@lru_cache(maxsize=2048)
def stem(word: str) -> str:
    """The Snowball (Porter2) stem of a Latin word; number words become digits."""
    bare = word.removesuffix("'s").replace("'", "")
    return NUMBER_WORDS.get(bare) or str(_STEMMER.stemWord(bare))


def _stem_length(word: str) -> int:
    """How many syllables of a Hangul word stand before its particle or ending (at least one)."""
    for length in range(min(4, len(word) - 1), 0, -1):
        if word[-length:] in PARTICLES:
            return len(word) - length
    return len(word)


def bigrams(word: str) -> list[str]:
    """The terms that a Hangul word is indexed by."""
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _bigrams(word: str, at: int, stem_length: int) -> list[Token]:
    return [
        Token(
            term,
            at + i,
            at + i + len(term),
            1.0 if i + len(term) <= stem_length else PARTICLE_WEIGHT,
            word[:stem_length],
        )
        for i, term in enumerate(bigrams(word))
    ]


def tokens(normalised: str) -> list[Token]:
    """The terms of an already normalised text in order; stop words are kept, weights are for questions."""
    found: list[Token] = []
    for run in _RUNS.finditer(normalised):
        text, at = run.group(), run.start()
        match run.lastgroup:
            case "number":
                found.append(Token(text.replace(",", ""), at, run.end()))
            case "hangul":
                found.extend(_hangul(normalised, text, at))
            case "cjk":
                found.extend(_bigrams(text, at, len(text)))
            case _:
                bare = text.removesuffix("'s")
                found.append(Token(stem(bare), at, at + len(bare)))
    return found


def _hangul(normalised: str, word: str, at: int) -> list[Token]:
    glued = at > 0 and normalised[at - 1].isalnum()
    counted = glued and normalised[at - 1].isdigit()
    if glued and word in PARTICLES and not (counted and word == _TEN_THOUSAND):
        return []  # the particle of a Latin name or a number: "BTS의"
    unit: list[Token] = []
    if counted:  # "76일", "1위"
        number = re.search(r"[\d,.]+$", normalised[:at])
        unit = [Token(number.group().replace(",", "") + word[0], number.start(), at + 1)] if number else []
    return unit + _bigrams(word, at, _stem_length(word))


def terms(text: str) -> list[str]:
    """The index terms of a text."""
    return [token.term for token in tokens(normalise(text))]


def is_stop_word(token: Token, normalised: str) -> bool:
    """Whether a token of a question says nothing about its subject."""
    surface = normalised[token.start : token.end]
    if "가" <= surface[:1] <= "힣":
        start, end = _word_around(normalised, token.start, token.end)
        return normalised[start:end] in KOREAN
    return surface in ENGLISH


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the Hangul word; of one longer than any stop word only so much that it is longer, too."""
    while start > 0 and "가" <= text[start - 1] <= "힣" and end - start <= _LONGEST_STOP_WORD:
        start -= 1
    while end < len(text) and "가" <= text[end] <= "힣" and end - start <= _LONGEST_STOP_WORD:
        end += 1
    return start, end


def is_spaced(word: str) -> bool:
    """Whether a word is of a script whose words stand by themselves, unlike Hangul, kana and Chinese characters."""
    return not _GLUED.search(word)


def has_hangul(text: str) -> bool:
    """Whether any whole Hangul syllable stands in the text."""
    return _SYLLABLE.search(text) is not None
