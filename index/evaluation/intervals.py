"""How far a mean over questions may be off: the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the bounds of its 95 % interval, over `count` questions."""

    mean: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate(values: Sequence[float], seed: int = 0) -> Estimate:
    """The mean of `values` with its percentile bootstrap interval (Efron 1979); the same for the same seed.

    Raises `ValueError` for no values.
    """
    if not values:
        raise ValueError("no values to estimate from")
    array = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.quantile(array[drawn].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(array.mean()), float(low), float(high), len(array))
