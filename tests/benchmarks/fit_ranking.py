"""Fits the weights of `index/ranking.py`: softmax regression over the candidates of each question.

    python -m tests.benchmarks fit-ranking DATA [CACHE]

What is maximised is the probability of the question's own paragraph among those found (a listwise loss, as in ListNet,
Cao et al. 2007). Weights are never negative and add up to 1. Held out is one article at a time, or where there are many
a fifth of the articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.evaluation.reading_sets import Asked
from index.ranking import WITH_VECTOR, WITHOUT_VECTOR, Weights
from knowledge.models import Language
from tests.benchmarks.figures import Figure
from tests.benchmarks.reading import DATA_SETS, Prepared, prepare, spread

Floats = npt.NDArray[np.float64]

CANDIDATES = 40
MOST_HELD_OUT = 10
"""Articles up to which each is held out by itself."""

FOLDS = 5
STEPS = 500
RATE = 24.0
SHARPNESS = 20.0
"""What the weights add up to at the start of the fit, so that the softmax is neither flat nor a step."""

FEATURES = tuple(field.name for field in fields(Weights))
SHIPPED: dict[Language, Weights] = {"en": WITH_VECTOR, "ko": WITHOUT_VECTOR}


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one question: its article, the revisions found and their features, one row each."""

    question: Asked
    article: str
    revisions: tuple[int, ...]
    features: Floats


def found_of(prepared: Prepared) -> list[Found]:
    """The candidates of the questions (evenly spread) for which anything was found."""
    found = []
    for question in spread(prepared.texts.questions):
        if hits := prepared.search(question.text, CANDIDATES):
            features = np.array([[getattr(hit.scores, name) for name in FEATURES] for hit in hits])
            ids = tuple(hit.document.revision.id for hit in hits)
            found.append(Found(question, prepared.article(question), ids, features))
    return found


def fit(found: Sequence[Found], start: Weights) -> Floats:
    """The weights under which the right paragraphs are likeliest. Features that `start` leaves out stay out."""
    known = [f for f in found if f.question.gold in f.revisions]
    most = max(len(f.revisions) for f in known)
    features = np.zeros((len(known), most, len(FEATURES)))
    absent = np.ones((len(known), most), bool)
    right = np.zeros((len(known), most))
    for row, one in enumerate(known):
        features[row, : len(one.revisions)] = one.features
        absent[row, : len(one.revisions)] = False
        right[row, one.revisions.index(one.question.gold)] = 1.0
    weights = np.array(list(asdict(start).values())) * SHARPNESS
    used = weights > 0
    for _ in range(STEPS):
        scores = np.where(absent, -np.inf, features @ weights)
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = np.einsum("qc,qcf->f", right - likely, features) / len(known)
        weights = np.where(used, np.maximum(0, weights + RATE * slope), 0)
    return np.asarray(weights / weights.sum())


def held_out(found: Sequence[Found], start: Weights) -> Iterator[tuple[Found, Floats]]:
    """Each question with weights that were fitted without its article."""
    articles = sorted({f.article for f in found})
    count = len(articles) if len(articles) <= MOST_HELD_OUT else FOLDS
    for fold in (set(articles[number::count]) for number in range(count)):
        weights = fit([f for f in found if f.article not in fold], start)
        yield from ((f, weights) for f in found if f.article in fold)


def held_out_firsts(prepared: Prepared) -> Iterator[tuple[Asked, int]]:
    """Each question with the revision that is first by weights fitted without its article."""
    for found, weights in held_out(found_of(prepared), SHIPPED[prepared.language]):
        yield found.question, found.revisions[int(np.argmax(found.features @ weights))]


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """Prints the fitted weights, beside what is reached without an article and with those shipped."""
    figures = []
    for data_set in DATA_SETS:
        prepared = prepare(data_set.file(data), data_set.language, cache)
        found, shipped = found_of(prepared), SHIPPED[data_set.language]
        weights = fit(found, shipped)
        print(data_set.name, {n: round(float(w), 3) for n, w in zip(FEATURES, weights, strict=True) if w}, flush=True)
        ways = {
            "held out": [(f, w) for f, w in held_out(found, shipped)],
            "shipped": [(f, np.array(list(asdict(shipped).values()))) for f in found],
        }
        for way, pairs in ways.items():
            right = sum(f.revisions[int(np.argmax(f.features @ w))] == f.question.gold for f, w in pairs)
            share = right / len(spread(prepared.texts.questions))
            figures.append(Figure(f"{data_set.name} recall@1, weights {way}", f"{share:.4f}"))
    return figures
