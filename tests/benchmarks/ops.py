"""All that the issue of self-hosting sets a number for, but the image, which `make bench-image` weighs."""

from __future__ import annotations

from tests.benchmarks import importing, load, memory, restoring, soak, starting
from tests.benchmarks.figures import Figure


async def measure(questions: int = soak.SHORT) -> list[Figure]:
    """`questions` is over how many memory must not grow: 200,000 is the goal, which takes an hour or two."""
    figures = [Figure("image, unpacked", "see make bench-image", "≤ 600 MB")]
    for part in (starting.measure, memory.measure, load.rush, restoring.measure):
        print(f"-- {part.__module__}", flush=True)
        figures += await part()
    figures += await importing.measure(memory.SNIPPETS)
    return figures + await soak.measure(questions)
