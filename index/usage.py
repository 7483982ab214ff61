"""How a new spelling of a name will fare in questions."""

from __future__ import annotations

from typing import Literal

from index.entities import LONGEST_NAME
from index.senses import SenseMatcher
from index.stopwords import ENGLISH, KOREAN, NUMBER_WORDS
from index.tokens import normalise
from index.words import words_of

Usage = Literal["name", "everyday", "unfindable"]
"""A name and nothing else; a word of the language too, which is a name only where it is written as one; never found."""


def usage_of(spelling: str, senses: SenseMatcher) -> Usage:
    """By the rules of `EntityMatcher` and `Vocabulary`."""
    written = normalise(spelling)
    words = words_of(written)
    together = "".join(word.text for word in words)
    if together in ENGLISH or len(words) > LONGEST_NAME:
        return "unfindable"
    if len(together) == 1 or written in NUMBER_WORDS or written in KOREAN or written.startswith("the "):
        return "everyday"
    if not words:
        return "unfindable"
    start, end = words[0].start, words[-1].end
    found = senses.senses(written)
    return "everyday" if any(sense.says(written, start, end) for sense in found) else "name"
