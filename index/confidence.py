"""How sure the evidence of a text makes us: a logistic model for each language and each way to compare a text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.evidence import FEATURES, Evidence
from index.features import Hit
from knowledge.models import Language


class Basis(StrEnum):
    """What of a text a question was compared with by meaning: the ways to ask for it, its sentences alone, these in the
    other language than the question's, or nothing, where either has no vector or none that tells. One cosine says less
    about a sentence than about a way to ask, and fewer of a question's words stand in a text of the other language."""

    ASKS = "asks"
    TEXT = "text"
    ACROSS = "across"
    WORDS = "words"


def basis_of(hit: Hit, language: Language) -> Basis:
    """That of a hit for a question in a language."""
    if not hit.is_embedded:
        return Basis.WORDS
    across = hit.document.language != language
    if hit.nearness is not None and not (across and hit.document.passages.glossed):
        return Basis.ASKS
    return Basis.ACROSS if across else Basis.TEXT


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


Calibration = Mapping[Language, Mapping[Basis, Confidence]]
