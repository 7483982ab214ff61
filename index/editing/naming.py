"""Which entities a new text should be linked to."""

from __future__ import annotations

from collections.abc import Iterable

from index.vocabulary import Vocabulary
from knowledge.kinds import COMMON_KINDS

MOST = 12
"""Entities that a text of a few sentences is linked to."""


def named_in(texts: Iterable[str | None], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The entities that texts name beyond doubt, in order: each by a name that nobody else has and that is no word of
    the language. Those that all texts are about, such as K-pop, come only where nothing else is named."""
    found: dict[str, None] = {}
    for text in texts:
        for mention in vocabulary.read(text).mentions if text else ():
            if not mention.ordinary and len(mention.entities) == 1:
                found[mention.entities[0]] = None
    entities = vocabulary.names.entities
    special = [entity for entity in found if entities[entity].kind not in COMMON_KINDS]
    return tuple(special or found)[:MOST]
