"""How sure a hit makes us, from features that do not depend on the size of the corpus."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from index.demands import quantities_stated, states_reason
from index.documents import Document
from index.features import Hit
from index.query import Group, Query
from index.senses import sense_term

OF_THE_DOMAIN = frozenset(("k-pop", "south-korea"))
"""The entities that all of the knowledge is about: that a text names them says nothing."""

RANKS = frozenset(("first", "second", "oldest", "youngest", "fastest", "lowest", "longest"))
"""Glossary entries that ask for one of many by its rank: a text without it is about another one."""

FUTURE = frozenset(map(sense_term, ("future", "predict")))
"""What a text holds that speaks of what is to come."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against answering a question with one hit; all in 0..1.

    `dense`, `beyond` and `pairs` are the hit's. `coverage` is the share of the question's content (idf mass) in the
    text, its title or its asks, where `OF_THE_DOMAIN` is no content; `relation` the same share of what is no name.
    The rest is what the question asks for and the text lacks: 1 for a missing name (`names`) or an unmet demand
    (`demands`: a number or rank that was named, a quantity, a reason, something in the future); as shares of content
    `words` of the glossary (a known relation that is absent) and `other` words, which may just be another way to say
    it.
    """

    dense: float
    beyond: float
    coverage: float
    relation: float
    pairs: float
    names: float
    demands: float
    words: float
    other: float


FEATURES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model over `Evidence`: weights and the probability from which on we answer.

    A text that was compared by meaning and lies further from the question than `least_dense` answers nothing, whatever
    words the two share.
    """

    bias: float
    weights: Evidence
    threshold: float
    least_dense: float = 0.0

    def __call__(self, evidence: Evidence) -> float:
        """The probability that the hit answers the question, 0..1."""
        if 0 < evidence.dense < self.least_dense:
            return 0.0
        total = self.bias + sum(getattr(self.weights, name) * getattr(evidence, name) for name in FEATURES)
        return 1 / (1 + math.exp(-total))


def weigh(query: Query, hit: Hit, weights: Mapping[Group, float], generic: frozenset[str]) -> Evidence:
    """The evidence of a hit. `weights` is the idf of each group, `generic` the entities that a question about the
    domain names without asking for them, such as K-pop."""
    asked = [group for group in query.groups if OF_THE_DOMAIN.isdisjoint(group.entities)]
    mass = sum(weights[group] for group in asked) or 1.0
    lacking = [group for group in query.groups if hit.document.held.isdisjoint(group.terms)]
    words = [group for group in query.groups if not group.entities]
    missing = [group for group in lacking if not group.entities and not _is_number(group)]
    return Evidence(
        dense=hit.scores.dense,
        beyond=hit.beyond,
        coverage=_share_held(asked, lacking, weights),
        relation=_share_held(words, lacking, weights),
        pairs=hit.scores.pairs,
        names=float(any(group.entities and generic.isdisjoint(group.entities) for group in lacking)),
        demands=float(
            _unmet(query, hit.document) or any(map(_is_number, lacking)) or any(g.sense in RANKS for g in lacking)
        ),
        words=sum(weights[group] for group in missing if group.sense) / mass,
        other=sum(weights[group] for group in missing if not group.sense) / mass,
    )


def _share_held(groups: Sequence[Group], lacking: Sequence[Group], weights: Mapping[Group, float]) -> float:
    """The share of the idf mass of `groups` that is not `lacking`; all of it where there are none."""
    mass = sum(weights[group] for group in groups)
    return 1 - sum(weights[group] for group in groups if group in lacking) / mass if mass else 1.0


def _unmet(query: Query, document: Document) -> bool:
    text = document.text
    return (
        (query.quantity is not None and query.quantity not in quantities_stated(text))
        or (query.asks_reason and not states_reason(text, document.revision.snippet.asks))
        or (query.asks_future and document.held.isdisjoint(FUTURE))
    )


def _is_number(group: Group) -> bool:
    return len(group.terms[0]) > 1 and group.terms[0].isdigit()
