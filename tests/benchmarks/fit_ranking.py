"""Fits the weights of `index/ranking.py`, by softmax regression over the candidates of each question.

python -m tests.benchmarks fit-ranking DATA [CACHE]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from index.evaluation.reading_sets import Asked
from index.ranking import WITH_VECTOR, WITHOUT_VECTOR, Weights
from knowledge.models import Language
from tests.benchmarks import listwise
from tests.benchmarks.figures import Figure
from tests.benchmarks.listwise import Floats, Listed
from tests.benchmarks.reading import DATA_SETS, Prepared, prepare, spread

CANDIDATES = 40
FEATURES = tuple(field.name for field in fields(Weights))
SHIPPED: dict[Language, Weights] = {"en": WITH_VECTOR, "ko": WITHOUT_VECTOR}


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one question: its article, the revisions found and their features, one row each."""

    question: Asked
    article: str
    revisions: tuple[int, ...]
    features: Floats

    @property
    def listed(self) -> Listed:
        """As the fit takes it: right is the question's own paragraph."""
        return Listed(self.article, self.features, np.array(self.revisions) == self.question.gold)


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
    """The weights under which the right paragraphs are likeliest."""
    return listwise.fit([f.listed for f in found], list(asdict(start).values()))


def held_out(found: Sequence[Found], start: Weights) -> list[Floats]:
    """For each question the weights that were fitted without its article."""
    return listwise.held_out([f.listed for f in found], list(asdict(start).values()))


def held_out_firsts(prepared: Prepared) -> Iterator[tuple[Asked, int]]:
    """Each question with the revision that is first by weights fitted without its article."""
    found = found_of(prepared)
    for one, weights in zip(found, held_out(found, SHIPPED[prepared.language]), strict=True):
        yield one.question, one.revisions[int(np.argmax(one.features @ weights))]


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """Prints the fitted weights, beside what is reached without an article and with those shipped."""
    figures = []
    for data_set in DATA_SETS:
        prepared = prepare(data_set.file(data), data_set.language, cache)
        found, shipped = found_of(prepared), SHIPPED[data_set.language]
        weights = fit(found, shipped)
        print(data_set.name, {n: round(float(w), 3) for n, w in zip(FEATURES, weights, strict=True) if w}, flush=True)
        ways = {
            "held out": list(zip(found, held_out(found, shipped), strict=True)),
            "shipped": [(f, np.array(list(asdict(shipped).values()))) for f in found],
        }
        for way, pairs in ways.items():
            right = sum(f.revisions[int(np.argmax(f.features @ w))] == f.question.gold for f, w in pairs)
            share = right / len(spread(prepared.texts.questions))
            figures.append(Figure(f"{data_set.name} recall@1, weights {way}", f"{share:.4f}"))
    return figures
