"""The topic is not in the knowledge: questions of reading sets, asked with their article and again without it.

The measure is the area under the ROC curve of the confidence in the best hit: how often it is larger for a question
whose article is there than for one whose article is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.evaluation.intervals import LEVEL
from index.evaluation.reading_sets import Asked
from index.judging import Judged
from tests.benchmarks.figures import Figure
from tests.benchmarks.reading import DATA_SETS, DataSet, Prepared, prepare, spread

GOALS = {"en": 0.985, "ko": 0.98}
MOST_AT_ONCE = 10
"""Articles up to which each is taken out by itself; of more, a tenth at a time."""

RESAMPLES = 500
FALSE_ANSWERS = 0.05

Floats = npt.NDArray[np.float64]
Best = Judged | None


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """One figure for each set."""
    return [figure for data_set in DATA_SETS for figure in _measured(data_set, data, cache)]


def _measured(data_set: DataSet, data: Path, cache: Path | None) -> list[Figure]:
    there, absent = (
        np.array([judged.confidence if judged else 0.0 for judged in found])
        for found in with_and_without(data_set, data, cache)
    )
    area, (low, high) = auroc(there, absent), interval(there, absent)
    kept = float((there > np.quantile(absent, 1 - FALSE_ANSWERS)).mean())
    name, goal = f"topic removed, {data_set.name}", GOALS[data_set.language]
    return [
        Figure(f"{name}: AUROC", f"{area:.3f} [{low:.3f}, {high:.3f}] of {len(there)}", f"≥ {goal:g}", area >= goal),
        Figure(f"{name}: answered at {FALSE_ANSWERS:.0%} false answers", f"{kept:.3f}"),
    ]


def with_and_without(data_set: DataSet, data: Path, cache: Path | None = None) -> tuple[list[Best], list[Best]]:
    """The best hit for each question with its article, and without it."""
    prepared = prepare(data_set.file(data), data_set.language, cache)
    questions = spread(prepared.texts.questions)
    articles = sorted({prepared.article(question) for question in questions})
    count = min(len(articles), MOST_AT_ONCE)
    without: list[Best] = []
    for gone in (set(articles[number::count]) for number in range(count)):
        own = [question for question in questions if prepared.article(question) in gone]
        without += _best(prepared.without(gone), own)
    return _best(prepared, questions), without


def _best(prepared: Prepared, questions: Sequence[Asked]) -> list[Best]:
    """The best hit for each question; None where there is none."""
    return [next(iter(prepared.judged(question.text)), None) for question in questions]


def auroc(there: Floats, absent: Floats) -> float:
    """The share of pairs in which the one that is there has the larger value, ties counting half (Mann-Whitney)."""
    order = np.sort(absent)
    below = np.searchsorted(order, there, "left") + np.searchsorted(order, there, "right")
    return float(below.mean() / 2 / len(absent))


def interval(there: Floats, absent: Floats, seed: int = 0) -> tuple[float, float]:
    """The percentile bootstrap interval of the area, drawing from both sides."""
    chance = np.random.default_rng(seed)
    areas = [auroc(chance.choice(there, len(there)), chance.choice(absent, len(absent))) for _ in range(RESAMPLES)]
    low, high = np.quantile(areas, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
