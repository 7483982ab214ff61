"""Snippets that say the same thing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from index.embedding.embedder import Vectors, text_key
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault

SAME_FROM = 0.92
"""Cosine from which two English texts about the same entities are taken for one fact told twice."""


def english_texts(draft: Draft) -> dict[str, str]:
    """The English texts of all snippets, by the key of their vectors."""
    return {text_key(snippet.entry.text): snippet.entry.text for snippet in draft.snippets if snippet.entry.text}


def check_near_duplicates(draft: Draft, vectors: Mapping[str, Vectors]) -> Iterator[Fault]:
    """No two snippets about the same entities are so alike, unless the later one says why both are needed. `vectors`
    are those of `english_texts`, of length 1."""
    alike: dict[frozenset[str], list[FiledSnippet]] = defaultdict(list)
    for snippet in draft.snippets:
        if snippet.entry.text:
            alike[frozenset(snippet.entry.entities)].append(snippet)
    for group in alike.values():
        for first, second in combinations(group, 2):
            cosine = float(_vector(first, vectors) @ _vector(second, vectors))
            if cosine >= SAME_FROM and not waived(second, "near_duplicate"):
                message = f"is nearly {first.entry.id} (cosine {cosine:.2f}). Keep one, or say what sets them apart."
                yield second.fault("text", message)


def _vector(snippet: FiledSnippet, vectors: Mapping[str, Vectors]) -> Vectors:
    return vectors[text_key(snippet.entry.text or "")].astype(np.float32)
