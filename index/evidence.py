"""How sure a hit makes us, from features that do not depend on the size of the corpus."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass

from index.query import Group, Query
from index.retriever import Hit

Names = tuple[str, ...]
"""The entities that one name may mean; empty for a word that is no name."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against answering a question with one hit; all in 0..1.

    `dense` and `pairs` are the hit's. `coverage` is the share of the question's content (idf mass) in the text,
    its title or its asks. The rest is what the question asks for and the text lacks: `names` and `numbers` (of two
    digits or more) as shares of their own kind, where a question for a quantity lacks its number in a text that
    states none; as shares of the content `words` of the glossary (a known relation
    that is absent) and `other` words, which may just be another way to say it.
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


def weigh(query: Query, hit: Hit, weights: Mapping[Group, float], generic: frozenset[str]) -> Evidence:
    """The evidence of a hit. `weights` is the idf of each group, `generic` the entities that a question about the
    domain names without asking for them, such as K-pop."""
    mass = sum(weights.values()) or 1.0
    lacking = [group for group in query.groups if hit.document.held.isdisjoint(group.terms)]
    words = [group for group in lacking if not group.entities and not _is_number(group)]
    return Evidence(
        dense=hit.dense,
        coverage=hit.coverage,
        pairs=hit.pairs,
        names=_share({g.entities for g in lacking}, {g.entities for g in query.groups}, generic),
        words=sum(weights[group] for group in words if group.sense) / mass,
        numbers=_numbers_lacking(query, hit, lacking),
        other=sum(weights[group] for group in words if not group.sense) / mass,
    )


def _numbers_lacking(query: Query, hit: Hit, lacking: Sequence[Group]) -> float:
    if query.asks_quantity and not hit.document.states_quantity:
        return 1.0
    return _ratio(sum(map(_is_number, lacking)), sum(map(_is_number, query.groups)))


def _is_number(group: Group) -> bool:
    return len(group.terms[0]) > 1 and group.terms[0].isdigit()


def _share(lacking: AbstractSet[Names], named: AbstractSet[Names], generic: frozenset[str]) -> float:
    """How many of the names in a question the text is not about."""
    asked = {names for names in named if names and not generic.intersection(names)}
    return _ratio(len(lacking & asked), len(asked))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
