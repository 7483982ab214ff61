"""Hits with what speaks for them and how sure that makes us: their order, and which may be shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.confidence import Confidence
from index.evidence import Evidence
from index.features import Hit

SURENESS = 0.01
"""How much the log-odds of the confidence add to a score; 0 and 0.02 were measured (docs/experiments.md)."""

NEARLY_AS_SURE = 0.2
"""The least share of the best one's odds with which a further text is shown beside it, but for a question that expects
several things."""

LEAST = 1e-6
"""The confidence nearest to 0 and to 1 whose log-odds are taken."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit, what speaks for and against it, the model that weighs this, and how sure it makes us (0..1)."""

    hit: Hit
    evidence: Evidence
    model: Confidence
    confidence: float

    @classmethod
    def by(cls, model: Confidence, hit: Hit, evidence: Evidence) -> Judged:
        """A hit judged by a model."""
        return cls(hit, evidence, model, model(evidence))

    @property
    def is_sure(self) -> bool:
        """Whether it may answer."""
        return self.confidence >= self.model.threshold

    @property
    def would_be_sure(self) -> bool:
        """Whether it might if it lacked no name and nothing that is demanded."""
        lacking_nothing = replace(self.evidence, names=0.0, demands=0.0, numbers=0.0, focus=0.0, somebody=0.0)
        return self.model(lacking_nothing) >= self.model.threshold

    @property
    def place(self) -> tuple[bool, bool, float]:
        """What hits are ordered by, the best first: those that lack a name of the question come last, and before them
        structured facts, which say one thing, and not the one that is demanded; any other text may meet a demand in
        words that we do not know. Then the score, whose text it is and how sure it makes us count."""
        is_fact = self.hit.document.revision.snippet.statement is not None
        tells_else = is_fact and self.lacks_demand
        return self.evidence.names > 0, tells_else, -self.hit.standing - SURENESS * math.log(self.odds)

    @property
    def lacks_demand(self) -> bool:
        """Whether it seems to lack something that the question demands."""
        evidence = self.evidence
        return max(evidence.demands, evidence.numbers, evidence.focus, evidence.somebody) > 0

    @property
    def odds(self) -> float:
        """The confidence as odds."""
        confidence = min(max(self.confidence, LEAST), 1 - LEAST)
        return confidence / (1 - confidence)


def in_order(judged: Iterable[Judged]) -> list[Judged]:
    """The best first."""
    return sorted(judged, key=lambda j: j.place)


def nearly_as_sure(judged: Sequence[Judged]) -> list[Judged]:
    """Those that may be shown beside the first."""
    return [j for j in judged if j.odds >= NEARLY_AS_SURE * judged[0].odds]
