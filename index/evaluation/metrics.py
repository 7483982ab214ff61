"""Measures of one ranking with binary relevance; a test holds them against `ir-measures`.

A question is served by any of the snippets that hold its answer, so recall@k is what the field also calls Success@k.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields

DEPTH = 10


@dataclass(frozen=True, slots=True)
class RankMeasures:
    """The measures of one ranking, each 0..1."""

    recall_1: float
    recall_5: float
    mrr_10: float
    ndcg_10: float


MEASURES = tuple(field.name for field in fields(RankMeasures))


def measures_of(ranking: Sequence[str], relevant: AbstractSet[str]) -> RankMeasures:
    """All measures of a ranking of ids, best first, given those that are right."""
    return RankMeasures(
        recall_1=success(ranking, relevant, 1),
        recall_5=success(ranking, relevant, 5),
        mrr_10=reciprocal_rank(ranking, relevant, DEPTH),
        ndcg_10=ndcg(ranking, relevant, DEPTH),
    )


def success(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """1 when a right one is among the first `depth`, else 0."""
    return float(any(id in relevant for id in ranking[:depth]))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """1 divided by the place of the first right one, 0 when it is not among the first `depth` (Voorhees 1999)."""
    return next((1 / place for place, id in enumerate(ranking[:depth], 1) if id in relevant), 0.0)


def ndcg(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Discounted cumulative gain over that of the best possible ranking (Järvelin and Kekäläinen 2002), with gain 1 and
    a discount of log2(place + 1)."""
    gained = sum(1 / math.log2(place + 1) for place, id in enumerate(ranking[:depth], 1) if id in relevant)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(len(relevant), depth) + 1))
    return gained / best if best else 0.0
