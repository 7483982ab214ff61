"""The ways to ask for a snippet: people of both languages find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from knowledge.near_misses import FILE, load_near_misses
from knowledge.pack.draft import Draft
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault

FEWEST, MOST = 2, 8
_HANGUL = re.compile("[가-힣]")


def check_asks_in_both_languages(draft: Draft) -> Iterator[Fault]:
    """A snippet has at least two ways to ask for it, one of them English and one Korean."""
    for snippet in draft.snippets:
        asks = snippet.entry.asks
        if waived(snippet, "asks"):
            continue
        korean = sum(bool(_HANGUL.search(ask)) for ask in asks)
        if len(asks) < FEWEST or not 0 < korean < len(asks):
            message = f"must hold {FEWEST} to {MOST} ways to ask, one of them in English and one in Korean. Add them."
            yield snippet.fault("asks", message)


def check_asks_told_apart(draft: Draft) -> Iterator[Fault]:
    """No two snippets claim the same question."""
    first: dict[str, str] = {}
    for snippet in draft.snippets:
        for position, ask in enumerate(snippet.entry.asks, 1):
            key = _words(ask)
            if key in first and not waived(snippet, "asks"):
                yield snippet.fault(f"asks[{position}]", f"is also asked of {first[key]}. Say what tells them apart.")
            first.setdefault(key, snippet.entry.id)


def check_asks_are_no_near_misses(draft: Draft) -> Iterator[Fault]:
    """No way to ask is known as a question that nothing answers."""
    misses = set(map(_words, chain.from_iterable(load_near_misses().values())))
    for snippet in draft.snippets:
        for position, ask in enumerate(snippet.entry.asks, 1):
            if _words(ask) in misses:
                message = f"is in knowledge/{FILE} as a question that no note answers. Take it out there."
                yield snippet.fault(f"asks[{position}]", message)


def _words(ask: str) -> str:
    return " ".join(re.findall(r"\w+", ask.casefold()))
