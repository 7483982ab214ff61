"""The breadth of the bundled pack: no area is a stub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault

FEWEST = 20
"""Snippets of an area of the bundled pack."""


def check_areas(draft: Draft) -> Iterator[Fault]:
    """Every topic has enough snippets to be worth asking about."""
    held = Counter(snippet.topic for snippet in draft.snippets)
    for topic in draft.topics:
        if held[topic.id] < FEWEST:
            message = f"has {held[topic.id]} snippets, {FEWEST} at least. Widen it, or join it to another topic."
            yield topic.fault("snippets", message)
