"""Fits the weights of `index/calibration.json` on the dev half of the golden questions; the test half is not looked at.

Logistic regression on the evidence of each question's best hit, drawn towards a prior (Gaussian, as in ridge
regression) because the dev half is small; a weight keeps the sign of its prior. The threshold is the middle of
the values that best separate what is on file from what is not, where a false answer counts `COST` times a missed one.

    python -m tests.benchmarks.calibrate        # prints the file
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
from bot.settings import load_settings
from index.evidence import Evidence
from index.pipeline import Pipeline
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import LANGUAGES, Scope
from knowledge.store import open_store

PRIOR = Evidence(
    dense=4.0, beyond=2.0, coverage=1.0, relation=1.0, pairs=0.5, names=-8.0, demands=-8.0, words=-4.0, other=-1.0
)
"""What we would believe without data: a missing name or an unmet demand is reason enough to decline, and a text that
shares words with a question but is far from it in meaning says something else."""

COST = 2.0
"""How much worse an answer beside the point is than none."""

STRENGTH = 0.01
STEPS = 20_000
RATE = 0.5

Floats = npt.NDArray[np.float64]


async def evidence_of(questions: list[GoldenQuestion]) -> list[Evidence | None]:
    """The evidence of the best hit of each question over the bundled pack, None where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, print, keeps=False) as known:
                return [_best(known.pipeline, question.ask) for question in questions]


def _best(pipeline: Pipeline, question: str) -> Evidence | None:
    reading = pipeline.read(question, Scope())
    (vectors,) = pipeline.encode([reading])
    judged = pipeline.judged(reading, vectors)
    return judged[0].evidence if judged else None


def fit(features: Floats, answerable: Floats) -> tuple[float, Floats]:
    """Bias and weights that maximise the penalised likelihood, by gradient ascent."""
    prior = np.array(list(asdict(PRIOR).values()))
    weights, bias = prior.copy(), 0.0
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-(features @ weights + bias))) - answerable
        weights -= RATE * (features.T @ error / len(error) + STRENGTH * (weights - prior))
        weights = np.where(weights * np.sign(prior) < 0, 0.0, weights)
        bias -= RATE * error.mean()
    return float(bias), weights


def threshold(confidence: Floats, answerable: Floats) -> float:
    """The middle of the plateau on which "answered what is on file" and `COST` times "declined the rest" add up to
    most."""
    grid = np.arange(0.2, 0.9, 0.01)
    kept = np.array([(confidence[answerable == 1] >= t).mean() for t in grid])
    declined = np.array([(confidence[answerable == 0] < t).mean() for t in grid])
    worth = kept + COST * declined
    return float(grid[np.flatnonzero(np.isclose(worth, worth.max()))].mean())


def least_dense(features: Floats, answerable: Floats, confidence: Floats) -> float:
    """Somewhat less than the smallest cosine of a best hit that a question on file was surely answered by."""
    sure = (answerable == 1) & (confidence >= threshold(confidence, answerable)) & (features[:, 0] > 0)
    return float(0.85 * features[sure, 0].min())


def main() -> None:
    questions = [question for question in load_golden() if question.split == "dev"]
    evidence = asyncio.run(evidence_of(questions))
    fitted: dict[str, object] = {
        "about": "Weights of index.evidence by the language of the question, fitted on the dev half of the golden "
        "questions by tests/benchmarks/calibrate.py."
    }
    for language in LANGUAGES:
        rows = [(e, q) for q, e in zip(questions, evidence, strict=True) if e and q.language == language]
        features = np.array([list(asdict(e).values()) for e, _ in rows])
        answerable = np.array([float(q.expect == "answered") for _, q in rows])
        bias, weights = fit(features, answerable)
        confidence = 1 / (1 + np.exp(-(features @ weights + bias)))
        names = asdict(PRIOR)
        fitted[language] = {
            "bias": round(bias, 2),
            "threshold": round(threshold(confidence, answerable), 2),
            "least_dense": round(least_dense(features, answerable, confidence), 2),
            "weights": {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)},
        }
    print(json.dumps(fitted, indent=1))


if __name__ == "__main__":
    main()
