"""Fits the weights of `index/calibration.json` on the dev half of the golden questions; the test half is not looked at.

Logistic regression on the evidence of the best hit of each question that the search decides on, drawn towards a prior
(Gaussian, as in ridge regression) because the dev half is small; a weight keeps the sign of its prior. What is fitted
is whether that hit answers the question. The threshold is the middle of the values that best separate the hits that do
from those that do not, where a false answer counts `COST` times a missed one; each question is judged for it by weights
that were fitted without its tenth of the questions.

    python -m tests.benchmarks.calibrate        # prints the file, for the model that HALLYU_MODEL names
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.compose import knowing, sync_pack
from bot.models import model_name
from bot.settings import load_settings
from index.evidence import Evidence
from index.facts import fact_question, lacks, resolve
from index.pipeline import Judged, Pipeline
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import LANGUAGES, Scope
from knowledge.store import open_store

PRIOR = Evidence(
    dense=4.0,
    beyond=2.0,
    coverage=1.0,
    relation=1.0,
    pairs=0.5,
    names=-8.0,
    demands=-8.0,
    words=-4.0,
    other=-1.0,
    mass=4.0,
    lead=10.0,
    contrast=-2.0,
)
"""What we would believe without data: a missing name or an unmet demand is reason enough to decline, and a text that
shares words with a question but is far from it in meaning says something else."""

COST = 1.25
"""How much worse an answer beside the point is than none. docs/quality.md has what other values change."""

STRENGTH = 0.01
STEPS = 4_000
RATE = 0.5
FOLDS = 10
DEALS = 5
"""How often the rows are dealt out to the folds; the threshold is the mean over the deals, since one deal moves it."""

Floats = npt.NDArray[np.float64]


async def judged(questions: list[GoldenQuestion]) -> list[tuple[GoldenQuestion, Evidence, bool]]:
    """The questions that the search decides on, with the evidence of the best hit and whether that answers."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, print, keeps=False) as known:
                best = [(question, _best(known.pipeline, question.ask)) for question in questions]
    return [
        (question, j.evidence, j.hit.document.revision.snippet.id in question.snippets) for question, j in best if j
    ]


def _best(pipeline: Pipeline, question: str) -> Judged | None:
    """The best hit; None where there is none, or the structured facts decide."""
    reading = pipeline.read(question, Scope())
    (vectors,) = pipeline.encode([reading])
    hits = pipeline.judged(reading, vectors)
    asked = fact_question(reading.query, reading.entities)
    decided = asked and (
        resolve(asked, reading.query.language, reading.retriever.parts, reading.entities)
        or (hits and lacks(hits[0].hit.document, asked, reading.entities))
    )
    return None if decided or not hits else hits[0]


def fit(features: Floats, answers: Floats) -> tuple[float, Floats]:
    """Bias and weights that maximise the penalised likelihood, by gradient ascent."""
    prior = np.array(list(asdict(PRIOR).values()))
    weights, bias = prior.copy(), 0.0
    for _ in range(STEPS):
        error = sigmoid(features @ weights + bias) - answers
        weights -= RATE * (features.T @ error / len(error) + STRENGTH * (weights - prior))
        weights = np.where(weights * np.sign(prior) < 0, 0.0, weights)
        bias -= RATE * error.mean()
    return float(bias), weights


def sigmoid(total: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-total)))


def held_out(features: Floats, answers: Floats, seed: int) -> Floats:
    """The confidence in each row of a model that was fitted without its fold."""
    fold = np.random.default_rng(seed).permutation(len(answers)) % FOLDS
    confidence = np.zeros(len(answers))
    for number in range(FOLDS):
        bias, weights = fit(features[fold != number], answers[fold != number])
        confidence[fold == number] = sigmoid(features[fold == number] @ weights + bias)
    return confidence


def threshold(confidence: Floats, answers: Floats) -> float:
    """The middle of the plateau on which "shown what answers" and `COST` times "declined what does not" add up to
    most."""
    grid = np.arange(0.2, 0.9, 0.01)
    kept = np.array([(confidence[answers == 1] >= t).mean() for t in grid])
    declined = np.array([(confidence[answers == 0] < t).mean() for t in grid])
    worth = kept + COST * declined
    return float(grid[np.flatnonzero(np.isclose(worth, worth.max()))].mean())


def least_dense(features: Floats, answers: Floats, confidence: Floats, threshold: float) -> float:
    """Somewhat less than the smallest cosine of a best hit that surely answers."""
    sure = (answers == 1) & (confidence >= threshold) & (features[:, 0] > 0)
    return float(0.85 * features[sure, 0].min())


def main() -> None:
    rows = asyncio.run(judged([question for question in load_golden() if question.split == "dev"]))
    fitted: dict[str, object] = {
        "about": "Weights of index.evidence by the language of the question, fitted on the dev half of the golden "
        "questions by tests/benchmarks/calibrate.py.",
        "model": model_name(load_settings()),
    }
    for language in LANGUAGES:
        own = [(evidence, answers) for question, evidence, answers in rows if question.language == language]
        features = np.array([list(asdict(evidence).values()) for evidence, _ in own])
        answers = np.array([float(answer) for _, answer in own])
        bias, weights = fit(features, answers)
        confidence = sigmoid(features @ weights + bias)
        least = float(np.mean([threshold(held_out(features, answers, seed), answers) for seed in range(DEALS)]))
        fitted[language] = {
            "bias": round(bias, 2),
            "threshold": round(least, 2),
            "least_dense": round(least_dense(features, answers, confidence, least), 2),
            "weights": {name: round(float(w), 2) for name, w in zip(asdict(PRIOR), weights, strict=True)},
        }
    print(json.dumps(fitted, indent=1))


if __name__ == "__main__":
    main()
