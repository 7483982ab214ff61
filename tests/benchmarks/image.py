"""What the image holds, without Docker: the steps of the Dockerfile's stages, run as they stand there.

What the last stage copies is weighed, and asked as the image would be, with nothing else left of the build.
"""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, at_most, noted
from tests.image.dockerfile import copied, moved, run, stages
from tests.image.tree import ANSWER, BASE_MB, GOAL_MB, QUESTION, held_of_never, in_image, megabytes

ANSWER_GOAL_SECONDS = 1.5
HEALTH_GOAL_SECONDS = 0.5


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hallyu-image-") as made:
        scratch = Path(made).resolve()
        parts = stages()
        run(parts["build"], scratch)
        run(parts["trimmed"], scratch)
        ((_, folder),) = copied(parts["runtime"])
        tree = Path(moved(folder, scratch))
        shutil.rmtree(scratch / "opt/build")  # what is left must stand alone
        shutil.rmtree(scratch / "src")
        answer = _fastest(tree, scratch, "ask", QUESTION, says=ANSWER)
        health = _fastest(tree, scratch, "health", says="Not alive")
        weights = {name: megabytes(tree / name) for name in ("venv", "cache")}
        held = held_of_never(tree)
    return [
        *(noted(f"image, {name}", weight, "MB") for name, weight in weights.items()),
        noted("image, base (as published, not measured)", BASE_MB, "MB"),
        at_most("image, unpacked", BASE_MB + sum(weights.values()), GOAL_MB, "MB"),
        Figure("image holds of what only building needs", ", ".join(held) or "none", "none", not held),
        at_most("image, read-only, hallyu ask, fastest of 5", answer, ANSWER_GOAL_SECONDS, "s"),
        at_most("image, read-only, hallyu health, fastest of 5", health, HEALTH_GOAL_SECONDS, "s"),
    ]


def _fastest(tree: Path, scratch: Path, *words: str, says: str) -> float:
    """Seconds that a command took from the tree alone, nothing in it having been written."""
    before, took = sorted(tree.rglob("*")), math.inf
    for _ in range(5):
        began = time.perf_counter()
        done = in_image(tree, scratch, *words)
        took = min(took, time.perf_counter() - began)
        if says not in done.stdout:
            raise SystemExit(f"the image's tree answered: {done.stdout}{done.stderr}")
    if sorted(tree.rglob("*")) != before:
        raise SystemExit("something was written into the image's tree")
    return took
