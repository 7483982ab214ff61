"""Words as they are compared with what somebody is still typing."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_FINALS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
_FIRST_FINAL = 0x11A8
_FOLDED: dict[int, str | None] = {
    **{_FIRST_FINAL + n: unicodedata.normalize("NFKD", final) for n, final in enumerate(_FINALS.split())},
    **dict.fromkeys(range(0x300, 0x370)),
}
"""Consonants that end a syllable as those that begin one, and accents as nothing."""


def words_of(text: str) -> list[str]:
    """The words of a text without case and accents, Hangul as its letters: while 다라 is typed it is 다, 달 and 다라 in
    turn, and each is a beginning of the next."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKD", text).translate(_FOLDED).casefold())


def as_line(words: list[str]) -> str:
    """Words in one string, once each, with a space before it."""
    return " " + " ".join(dict.fromkeys(words))
