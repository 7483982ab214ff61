"""How much better ours ranks than the recipe it started from: paired, with an interval by article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index.evaluation.intervals import LEVEL, RESAMPLES
from tests.benchmarks.figures import Figure
from tests.benchmarks.fit_ranking import held_out_firsts
from tests.benchmarks.floors import Floor
from tests.benchmarks.reading import Prepared

GOAL = 0.01


def gain_over(prepared: Prepared, name: str) -> Figure:
    """The gain in recall@1 over the recipe of `floors`, question by question, where the weights of ours were fitted
    without the article that a question is from."""
    floor = Floor(prepared)
    gains: dict[str, list[float]] = defaultdict(list)
    for question, first in held_out_firsts(prepared):
        won = float(first == question.gold) - float(next(iter(floor.fused(question)), None) == question.gold)
        gains[prepared.article(question)].append(won)
    mean, low, high = by_article(list(gains.values()))
    return Figure(
        f"{name}, recall@1 with an article left out − the recipe's",
        f"{mean:+.3f} [{low:+.3f}, {high:+.3f}] over {len(gains)} articles",
        f"≥ {GOAL:g}, interval above 0",
        mean >= GOAL and low > 0,
    )


def by_article(gains: Sequence[Sequence[float]], seed: int = 0) -> tuple[float, float, float]:
    """The mean over all questions with its percentile bootstrap interval where whole articles are drawn, since the
    questions of one article succeed and fail together (cluster bootstrap; Field and Welsh 2007)."""
    sums = np.array([sum(own) for own in gains])
    counts = np.array([len(own) for own in gains])
    drawn = np.random.default_rng(seed).integers(0, len(gains), (RESAMPLES, len(gains)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(sums.sum() / counts.sum()), float(low), float(high)
