"""The words of a normalised text, whole: what names and the glossary are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.tokens import stem

_WORD = re.compile(r"[가-힣]+|\d[\d,.]*|[^\W\d_가-힣]+(?:'[^\W\d_가-힣]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters of one script, or a number, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def hangul(self) -> bool:
        return "가" <= self.text[0] <= "힣"

    @property
    def key(self) -> str:
        """What English words are compared by is their stem."""
        return self.text if self.hangul or self.text[0].isdigit() else stem(self.text)


def words_of(normalised: str) -> list[Word]:
    """The words and numbers of a normalised text, in order."""
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(normalised)]
