"""The morphemes of Korean texts, where the extra `ko` is installed; without it nothing here is needed."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import Protocol

from index.stopwords import KOREAN
from index.tokens import has_hangul

PACKAGE = "kiwipiepy"
"""Kiwi, https://github.com/bab2min/kiwipiepy: 146 MB installed, 235 MB in memory."""

KEPT = 4_096
"""Texts of the pack whose morphemes are remembered: analysing one takes half a millisecond, and a question comes upon
forty."""

_CONTENT = frozenset(("NNG", "NNP", "NR", "NP", "VV", "VA", "MM", "MAG", "MAJ", "IC", "XPN", "XR"))
"""Tags of morphemes that say something by themselves (of the Sejong set): no particles, endings, auxiliaries, suffixes,
dependent nouns or signs."""


class Analyser(Protocol):
    """Tells what a Korean text is made of."""

    def content(self, normalised: str) -> frozenset[str]:
        """The Hangul morphemes of a normalised text that say something, in their dictionary form without its ending
        ("부르" in "불렀다"); none of those that are stop words."""
        ...

    def bundled(self, normalised: str) -> frozenset[str]:
        """The same for a text of the pack, which may be remembered, unlike what people write."""
        ...


class KiwiAnalyser:
    """Kiwi without its dictionaries of phrases, which would take as much memory again."""

    def __init__(self) -> None:
        from kiwipiepy import Kiwi

        self._kiwi = Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)
        self.bundled = lru_cache(maxsize=KEPT)(self.content)

    def content(self, normalised: str) -> frozenset[str]:
        found = (m.form for m in self._kiwi.tokenize(normalised) if m.tag.partition("-")[0] in _CONTENT)
        return frozenset(form for form in found if has_hangul(form) and form not in KOREAN)


@lru_cache(maxsize=1)
def installed_analyser() -> Analyser | None:
    """The analyser, loaded once, in half a second; None where the extra is not installed."""
    return KiwiAnalyser() if find_spec(PACKAGE) else None
