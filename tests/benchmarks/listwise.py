"""Softmax regression over lists: which of several things answers a question.

What is maximised is the probability of what is right among all of a list (a listwise loss, as in ListNet, Cao et al.
2007). Weights are never negative and add up to 1. Held out is one article at a time, or where there are many a fifth
of the articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_HELD_OUT = 10
"""Articles up to which each is held out by itself."""

FOLDS = 5
STEPS = 500
RATE = 24.0
SHARPNESS = 20.0
"""What the weights add up to at the start of the fit, so that the softmax is neither flat nor a step."""

TINY = 1e-12
"""Keeps what is right and very unlikely from vanishing."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found for a question of an article: features, one row each, and which rows are right."""

    article: str
    features: Floats
    right: Bools

    def firsts(self, weights: Floats, count: int) -> Bools:
        """Whether each of the first rows is right."""
        return np.asarray(self.right[np.argsort(-(self.features @ weights), kind="stable")[:count]])


def fit(lists: Sequence[Listed], start: Sequence[float]) -> Floats:
    """The weights under which what is right is likeliest. Features that `start` leaves out stay out."""
    known = [one for one in lists if one.right.any()]
    most = max(len(one.right) for one in known)
    features = np.zeros((len(known), most, len(start)))
    absent, right = np.ones((len(known), most), bool), np.zeros((len(known), most), bool)
    for row, one in enumerate(known):
        features[row, : len(one.right)] = one.features
        absent[row, : len(one.right)] = False
        right[row, : len(one.right)] = one.right
    weights = np.array(start) * SHARPNESS / sum(start)
    used = weights > 0
    for _ in range(STEPS):
        scores = np.where(absent, -np.inf, features @ weights)
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        meant = np.where(right, likely + TINY, 0)
        meant /= meant.sum(axis=1, keepdims=True)
        slope = np.einsum("qc,qcf->f", meant - likely, features) / len(known)
        weights = np.where(used, np.maximum(0, weights + RATE * slope), 0)
    return np.asarray(weights / weights.sum())


def held_out(lists: Sequence[Listed], start: Sequence[float]) -> list[Floats]:
    """For each list the weights that were fitted without its article."""
    names = sorted({one.article for one in lists})
    count = len(names) if len(names) <= MOST_HELD_OUT else FOLDS
    without = {}
    for out in (names[number::count] for number in range(count)):
        without |= dict.fromkeys(out, fit([one for one in lists if one.article not in out], start))
    return [without[one.article] for one in lists]
