"""The goals for the golden questions: 38 of 40 right with the right source, 19 of 20 that it cannot know declined."""

from __future__ import annotations

from tests.benchmarks import golden
from tests.benchmarks.figures import Figure

GOAL = 0.95


async def measure() -> list[Figure]:
    """Both halves; only the test half, on which nothing was tuned, has to reach the goals."""
    figures = []
    for half in ("dev", "test"):
        of = await golden.main(half)
        known, unknown = of["right"] + of["wrong"] + of["missed"], of["declined"] + of["made up"]
        figures += [
            _share(f"golden questions, {half} half, right with the right source", of["right"], known, half),
            _share(f"golden questions, {half} half, unknowable and declined", of["declined"], unknown, half),
        ]
    return figures


def _share(name: str, count: int, of: int, half: str) -> Figure:
    counted = half == "test"
    return Figure(name, f"{count} of {of}", f"≥ {GOAL:.0%}" if counted else "", count >= GOAL * of if counted else None)
