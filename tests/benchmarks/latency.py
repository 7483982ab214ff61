"""From question to proved answer inside the process, with 20,000 passages, and the same beside the encoding alone.

All passages but the pack's own are made up, with random vectors (see `tests.benchmarks.crowd`).
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bot.compose import Knowing
from knowledge.golden import load_golden
from knowledge.models import Scope
from tests.benchmarks.crowd import GUILD, crowded
from tests.benchmarks.figures import Figure, at_most, noted, spread
from tests.loopback.load import percentile

SNIPPETS = 11_700
"""As long as the bundled notes, which have little more than one sentence: 1.15 passages each."""

ROUNDS = 5
GOAL_MS = 30.0
GOAL_RATIO = 3.0


async def measure() -> list[Figure]:
    questions = [question.ask for question in load_golden()]
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), SNIPPETS) as known:
            await _timed(known, questions[:20])
            asked, encoded = await _timed(known, questions * ROUNDS)
    print(f"question → answer: {spread(asked)}\nencoding alone:    {spread(encoded)}")
    p95, encoding = percentile(asked, 0.95), percentile(encoded, 0.95)
    return [
        noted("question → answer, 20,000 passages, p50", percentile(asked, 0.5), "ms"),
        at_most("question → answer, 20,000 passages, p95", p95, GOAL_MS, "ms"),
        noted("encoding the question alone, p95", encoding, "ms"),
        at_most("question → answer p95 ÷ encoding p95", p95 / encoding, GOAL_RATIO, "×"),
    ]


async def _timed(known: Knowing, questions: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question, and of its own encoding where the model knows its script."""
    asked, encoded = [], []
    for question in questions:
        if known.embedder.knows(question):
            began = time.perf_counter()
            known.embedder.encode([question])
            encoded.append((time.perf_counter() - began) * 1000)
        asked.append((await known.asking.ask(question, Scope(GUILD))).took_ms)
    return asked, encoded
