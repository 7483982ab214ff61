"""How sure a hit makes us, from features that do not depend on the size of the corpus."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

from index.query import Group, Query
from index.retriever import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against answering a question with one hit; all in 0..1.

    `dense` and `pairs` are the hit's. `coverage` is the share of the question's content (idf mass) in the text,
    its title or its asks. The rest is what the question asks for and the text lacks, as shares of its content:
    `names` of other entities, `words` of the glossary (a known relation that is absent), `numbers`, and `other`
    words, which may just be another way to say it.
    """

    dense: float
    coverage: float
    pairs: float
    names: float
    words: float
    numbers: float
    other: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model over `Evidence`: weights and the probability from which on we answer."""

    bias: float
    weights: Evidence
    threshold: float

    def __call__(self, evidence: Evidence) -> float:
        """The probability that the hit answers the question, 0..1."""
        total = self.bias + sum(
            w * x for w, x in zip(asdict(self.weights).values(), asdict(evidence).values(), strict=True)
        )
        return 1 / (1 + math.exp(-total))


def weigh(query: Query, hit: Hit, weights: dict[Group, float], generic: frozenset[str]) -> Evidence:
    """The evidence of a hit. `weights` is the idf of each group, `generic` the entities that a question about the
    domain names without asking for them, such as K-pop."""
    mass = sum(weights.values()) or 1.0
    lacking = {"names": 0.0, "words": 0.0, "numbers": 0.0, "other": 0.0}
    for group in query.groups:
        if hit.document.held.isdisjoint(group.terms):
            lacking[_kind(group, generic)] += weights[group] / mass
    return Evidence(dense=hit.dense, coverage=hit.coverage, pairs=hit.pairs, **lacking)


def _kind(group: Group, generic: frozenset[str]) -> str:
    if group.entities:
        return "other" if generic.intersection(group.entities) else "names"
    if group.terms[0][0].isdigit():
        return "numbers"
    return "words" if group.sense else "other"
