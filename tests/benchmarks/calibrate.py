"""Fits the weights of `index/calibration.json`: for each language and each way to compare a text (`Basis`) its own.

Logistic regression on the evidence of the best hit of each question that the search decides on, drawn towards a prior
(Gaussian, as in ridge regression) because there are few; a weight keeps the sign of its prior. What is fitted is
whether that hit answers the question. The questions are the dev half of the golden ones; the test half is not looked
at. They are put to the bundled pack as it is, without its ways to ask, in the other language alone, and without any
vectors. Where texts are compared in their own language without ways to ask, the questions of the reading sets in DATA,
with their article and without it, count less beside; where they have ways to ask, those of the invented servers
(`servers.py`) do for which a bundled note is found first, which answers none.

The threshold is the value that best separates the hits that answer golden questions from those that do not, where a
false answer counts `COST` times a missed one; each question is judged for it by weights that were fitted without its
tenth of the questions.

    python -m tests.benchmarks.calibrate DATA [CACHE]    # prints the file, for the model that HALLYU_MODEL names

The weights in force order the hits, and so decide a little which is the best: put the file in place and run it again,
until it prints the same, or one of two in turn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.models import model_name
from bot.settings import load_settings
from index.confidence import Basis, basis_of
from index.evidence import Evidence
from index.facts import lacks, resolve
from index.features import QuestionVectors
from index.judging import Judged
from index.pipeline import Pipeline
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import LANGUAGES, Language, Scope
from knowledge.pack.loader import load_pack
from tests.benchmarks.packs import changed, pipeline_of
from tests.benchmarks.reading import DATA_SETS
from tests.benchmarks.removed import with_and_without
from tests.benchmarks.servers import load_servers, pipeline_of_all

PRIOR = Evidence(
    dense=4.0,
    beyond=2.0,
    pairs=0.5,
    precision=2.0,
    names=-8.0,
    demands=-8.0,
    numbers=-5.0,
    focus=-2.0,
    somebody=-5.0,
    words=-4.0,
    other=-1.0,
    mass=4.0,
    lead=10.0,
    nearest=2.0,
    contrast=-2.0,
)
"""What we would believe without data: a missing name or an unmet demand is reason enough to decline, and a text that
shares words with a question but is far from it in meaning says something else."""

COST: Mapping[Basis, float] = {Basis.ASKS: 1.75, Basis.TEXT: 2.0, Basis.ACROSS: 2.5, Basis.WORDS: 1.25}
"""How much worse an answer beside the point is than none. docs/experiments.md has what other values change; for words
alone it is less since the reading sets count there, which makes the threshold stricter by itself."""

READING = 0.3
"""What all questions of a reading set together count beside the golden ones that are compared in the same way, by their
sentences or by words alone: a server's notes have no more (docs/experiments.md has what other values change)."""

STRENGTH = 0.001
STEPS = 4_000
RATE = 0.5
FOLDS = 10
DEALS = 5
"""How often the rows are dealt out to the folds: the threshold is taken for the mean confidence, since one deal moves
it by up to 0.2."""

SMOOTHED = 0.08
"""The standard deviation of the values that a threshold is smoothed over: thresholds of single deals then differ by
0.05, and without by 0.2."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """The evidence of the best hit for a question, and whether that answers it."""

    language: Language
    basis: Basis
    evidence: Evidence
    answers: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one language and basis as numbers: features (a column each), whether the hit answers (0 or 1), and what
    the row counts. Those of golden questions and of servers come first."""

    features: Floats
    answers: Floats
    counts: Floats
    golden: int

    @classmethod
    def of(cls, golden: Sequence[Row], reading: Sequence[Row] = (), count: float = 0.0) -> Rows:
        """Both sorts of questions together; each of a reading set counts `count`."""
        rows = (*golden, *reading)
        return cls(
            np.array([list(asdict(row.evidence).values()) for row in rows]),
            np.array([float(row.answers) for row in rows]),
            np.array([1.0] * len(golden) + [count] * len(reading)),
            len(golden),
        )

    def among(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        """Some of them."""
        kept = self.features[chosen], self.answers[chosen], self.counts[chosen]
        return Rows(*kept, int(chosen[: self.golden].sum()))


def golden_rows() -> list[Row]:
    """The golden questions put to the pack as it is, and to less and less of it; and those of servers that find it."""
    pack, golden = changed(load_pack(), asks=()), load_golden()
    bare, korean, english = map(pipeline_of, (pack, changed(pack, text=None), changed(pack, text_ko=None)))
    asked = (
        (pipeline_of(load_pack()), Basis.ASKS),
        (bare, Basis.TEXT),
        (korean, Basis.ACROSS),
        (english, Basis.ACROSS),
        (bare, Basis.WORDS),
    )
    rows = [row for pipeline, basis in asked for row in _rows(pipeline, golden, basis)]
    servers = load_servers()
    pipeline = pipeline_of_all(servers)
    return rows + [row for server in servers for row in _rows(pipeline, server.questions, Basis.ASKS, server.scope)]


def reading_rows(data: Path, cache: Path | None) -> list[Row]:
    """The questions of the reading sets: whether their article is there stands for whether the hit answers."""
    return [
        Row(data_set.language, basis_of(judged.hit, data_set.language), judged.evidence, is_there)
        for data_set in DATA_SETS
        for is_there, found in zip((True, False), with_and_without(data_set, data, cache), strict=True)
        for judged in found
        if judged
    ]


def _rows(
    pipeline: Pipeline, questions: Iterable[GoldenQuestion], basis: Basis, scope: Scope | None = None
) -> Iterator[Row]:
    """Those of questions for tuning whose best hit is of a basis."""
    for question in questions:
        best = _best(pipeline, question, basis, scope or Scope()) if question.split == "dev" else None
        if best and basis_of(best.hit, question.language) is basis:
            answers = best.hit.document.revision.snippet.id in question.snippets
            yield Row(question.language, basis, best.evidence, answers)


def _best(pipeline: Pipeline, question: GoldenQuestion, basis: Basis, scope: Scope) -> Judged | None:
    """The best hit; None where there is none, or the structured facts decide."""
    reading = pipeline.read(question.ask, scope)
    vectors = QuestionVectors() if basis is Basis.WORDS else pipeline.encode([reading])[0]
    hits = pipeline.judged(reading, vectors)
    decided = reading.asked and (
        resolve(reading.asked, reading.query.language, reading.retriever.parts, reading.entities)
        or (hits and lacks(hits[0].hit.document, reading.asked, reading.entities))
    )
    return None if decided or not hits else hits[0]


def fit(rows: Rows) -> tuple[float, Floats]:
    """Bias and weights that maximise the penalised likelihood, by gradient ascent. What never differs weighs 0, but
    what speaks against a hit and was never there weighs what we would believe."""
    prior = np.array(list(asdict(PRIOR).values()))
    told = (np.ptp(rows.features, axis=0) > 0) | ((prior < 0) & ~rows.features.any(axis=0))
    weights, bias = np.where(told, prior, 0.0), 0.0
    total = rows.counts.sum()
    for _ in range(STEPS):
        error = rows.counts * (sigmoid(rows.features @ weights + bias) - rows.answers)
        weights -= RATE * (rows.features.T @ error / total + STRENGTH * (weights - prior))
        weights = np.where(told & (weights * np.sign(prior) > 0), weights, 0.0)
        bias -= RATE * error.sum() / total
    return float(bias), weights


def sigmoid(total: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-total)))


def held_out(rows: Rows, seed: int) -> Floats:
    """The confidence in each golden row of a model that was fitted without its fold."""
    fold = np.random.default_rng(seed).permutation(rows.golden) % FOLDS
    confidence = np.zeros(rows.golden)
    for number in range(FOLDS):
        out = np.pad(fold == number, (0, len(rows.answers) - rows.golden))
        bias, weights = fit(rows.among(~out))
        confidence[fold == number] = sigmoid(rows.features[out] @ weights + bias)
    return confidence


def threshold(confidence: Floats, answers: Floats, cost: float) -> float:
    """Where "shown what answers" and `cost` times "declined what does not" add up to most, smoothed over the values
    beside it: single rows make the sum jump."""
    grid = np.arange(0.2, 0.9, 0.01)
    beside = np.arange(0.0, 1.0, 0.01)
    kept = np.array([(confidence[answers == 1] >= t).mean() for t in beside])
    declined = np.array([(confidence[answers == 0] < t).mean() for t in beside])
    near = np.exp(-(((grid[:, None] - beside) / SMOOTHED) ** 2) / 2)
    return float(grid[np.argmax(near @ (kept + cost * declined) / near.sum(axis=1))])


def least_dense(rows: Rows, confidence: Floats, threshold: float) -> float:
    """Somewhat less than the smallest cosine of a best hit that surely answers; 0 where there are no cosines."""
    sure = (rows.answers == 1) & (confidence >= threshold)
    return float(0.85 * rows.features[sure, 0].min())


def fitted(rows: Rows, cost: float) -> dict[str, object]:
    """A model as the file has it."""
    bias, weights = fit(rows)
    confidence, answers = sigmoid(rows.features @ weights + bias), rows.answers[: rows.golden]
    judged = np.mean([held_out(rows, seed) for seed in range(DEALS)], axis=0)
    least = threshold(judged, answers, cost)
    return {
        "bias": round(bias, 2),
        "threshold": round(least, 2),
        "least_dense": round(least_dense(rows, confidence, least), 2),
        "weights": {name: round(float(w), 2) for name, w in zip(asdict(PRIOR), weights, strict=True)},
    }


def _rows_of(basis: Basis, golden: Sequence[Row], reading: Sequence[Row]) -> Rows:
    """Those of a basis; what the reading sets count there is their share of it."""
    own = [row for row in golden if row.basis is basis]
    return Rows.of(own, [row for row in reading if row.basis is basis], READING * len(own) / len(reading))


def main(data: Path, cache: Path | None = None) -> None:
    """Prints the file."""
    golden, reading = golden_rows(), reading_rows(data, cache)
    of: dict[str, object] = {
        "about": "Weights of index.evidence by the language of the question and by what of the text it was compared "
        "with (index.confidence), fitted on the dev half of the golden questions, and less on reading sets where "
        "there are no ways to ask, by tests/benchmarks/calibrate.py.",
        "model": model_name(load_settings()),
    }
    for language in LANGUAGES:
        own = [[row for row in rows if row.language == language] for rows in (golden, reading)]
        of[language] = {basis: fitted(_rows_of(basis, *own), COST[basis]) for basis in Basis}
    print(json.dumps(of, indent=1))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
