"""The words of a question as they are written: which of them stand in a text, unlike their stems and bigrams."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.tokens import GLUED, is_spaced


class Written:
    """Finds some words in texts: Latin ones whole, those of scripts that glue endings to words or words to one another
    anywhere."""

    def __init__(self, words: Iterable[str]) -> None:
        spaced = {word: is_spaced(word) for word in words}
        self._anywhere = [word for word, whole in spaced.items() if not whole]
        either = "|".join(re.escape(word) for word, whole in spaced.items() if whole)
        self._whole = re.compile(rf"(?<![^\W{GLUED}])(?:{either})(?![^\W{GLUED}])") if either else None

    def within(self, normalised: str) -> set[str]:
        """Those that stand in a normalised text."""
        found = {word for word in self._anywhere if word in normalised}
        return found.union(self._whole.findall(normalised)) if self._whole else found
