"""The goals for the golden questions, on the test half, on which nothing is tuned."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.compose import knowing, sync_pack
from bot.evaluating import evaluate_golden
from bot.settings import load_settings
from index.evaluation.runs import Part, parts_of
from knowledge.golden import load_golden
from knowledge.models import LANGUAGES
from knowledge.store import open_store
from tests.benchmarks.figures import Figure

RIGHT, WRONG, DECLINED = 0.95, 0.02, 0.97


async def measure() -> list[Figure]:
    """Both halves; only the test half has to reach the goals, in each language."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, print, keeps=True) as known:
                scored = await evaluate_golden(known, load_golden())
    figures: list[Figure] = []
    for half in ("dev", "test"):
        for part in parts_of([s for s in scored if s.question.split == half]):
            if part.name in ("all", *LANGUAGES):
                figures += _figures(part, half)
    return figures


def _figures(part: Part, half: str) -> list[Figure]:
    name, counts = f"golden questions, {half} half, {part.name}", half == "test"
    figures = []
    if part.answered:
        figures += [
            _figure(f"{name}: right", part.answered.mean, f"≥ {RIGHT:.0%}", part.answered.mean >= RIGHT, counts),
            _figure(f"{name}: wrong", part.wrong, f"≤ {WRONG:.0%}", part.wrong <= WRONG, counts),
        ]
    if part.declined:
        declined = part.declined.mean
        figures.append(_figure(f"{name}: declined", declined, f"≥ {DECLINED:.0%}", declined >= DECLINED, counts))
    return figures


def _figure(name: str, value: float, goal: str, holds: bool, counts: bool) -> Figure:
    return Figure(name, f"{value:.1%}", goal if counts else "", holds if counts else None)
