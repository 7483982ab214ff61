"""Words as they are compared with what somebody is still typing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_FIRST_FINAL = 0x11A8
_ENDINGS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
_FINALS = [
    (chr(_FIRST_FINAL + number), unicodedata.normalize("NFKD", letters))
    for number, letters in enumerate(_ENDINGS.split())
]
"""The consonants that end a syllable, and the letters that begin one in their place."""


def words_of(text: str) -> list[str]:
    """The words of a text without case and accents, Hangul as its letters: while 다라 is typed it is 다, 달 and 다라 in
    turn, and each is a beginning of the next."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    for final, letters in _FINALS:  # 27 passes in C are faster than one with a table
        plain = plain.replace(final, letters)
    return _WORD.findall(plain.casefold())


def as_line(texts: Iterable[str | None]) -> str:
    """The words of several texts in one string, once each, with a space before each."""
    return " " + " ".join(dict.fromkeys(word for text in texts if text for word in words_of(text)))
