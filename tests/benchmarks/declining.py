"""How well it is told what is not on file: the topic is absent, or what is asked about a known name.

python -m tests.benchmarks declining DATA [CACHE]
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import absent, removed, report
from tests.benchmarks.figures import Figure


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """Prints the figures and writes them into the page."""
    figures = absent.measure() + removed.measure(data, cache)
    rows = [(figure.name, figure.measured, figure.goal) for figure in figures]
    report.write("declining", report.markdown(("", "measured", "goal"), rows))
    return figures
