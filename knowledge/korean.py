"""Korean particles: which of a pair follows a word, chosen by the word's final consonant (받침).

Hangul is exact. Latin letters and digits go by how a Korean reader says them: digits in Sino-Korean,
abbreviations letter by letter, other words by the usual transcription of their ending. Names should
therefore be given in Hangul where one exists; the Latin rule is for those that have none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Final = Literal["", "ㄹ", "other"]
"""The final consonant as particles see it: none, ㄹ, or any other."""

_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_FINALS = 28
_RIEUL = 8
_DIGITS: dict[str, Final] = {"0": "other", "1": "ㄹ", "3": "other", "6": "other", "7": "ㄹ", "8": "ㄹ"}
_LETTER_NAMES: dict[str, Final] = {"l": "ㄹ", "r": "ㄹ", "m": "other", "n": "other"}
_RIEUL_ENDING = re.compile(r"le?$")
_CLOSED_ENDING = re.compile(r"(?:[mn]|ng|[aeiouy][mn]e|(?<![aeiou])[aeiou][pbc]|oup|[aeiou]k|ck)$")


def final(word: str) -> Final:
    """The final consonant of the last thing in `word` that is pronounced; closing marks are skipped."""
    match = re.search(r"[^\W_]+(?=[\W_]*$)", word)
    if match is None:
        return ""
    ending = match.group()
    last = ending[-1]
    if _FIRST_SYLLABLE <= last <= _LAST_SYLLABLE:
        consonant = (ord(last) - ord(_FIRST_SYLLABLE)) % _FINALS
        return "ㄹ" if consonant == _RIEUL else "other" if consonant else ""
    return _DIGITS.get(last, "") if last.isdigit() else _latin(ending)


def _latin(ending: str) -> Final:
    letters = re.sub(r".*[^a-zA-Z]", "", _without_accents(ending))
    word = letters.lower()
    if letters.isupper() and (len(letters) <= 3 or not re.search("[aeiouy]", word)):
        return _LETTER_NAMES.get(word[-1], "")
    if _RIEUL_ENDING.search(word):
        return "ㄹ"
    return "other" if _CLOSED_ENDING.search(word) else ""


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def particle(word: str, pair: str) -> str:
    """The half of `pair` that follows `word`; a pair names the closed form first, such as `은/는` or `으로/로`.

    Forms in 으 follow any final consonant but ㄹ (서울로, 부산으로).
    """
    closed, opened = pair.split("/")
    ending = final(word)
    if ending == "ㄹ" and closed.startswith("으"):
        return opened
    return closed if ending else opened


class Word(str):
    """A word for a Korean template: `"{name:은/는}".format(name=Word("하이브"))` gives `하이브는`."""

    def __format__(self, pair: str) -> str:
        return f"{self!s}{particle(self, pair)}" if pair else str(self)
