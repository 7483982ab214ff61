"""Measured numbers beside their goals, as one plain table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.loopback.load import percentile

HOLDS = {True: "yes", False: "NO", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `holds` is None for one that has no goal."""

    name: str
    measured: str
    goal: str = ""
    holds: bool | None = None


def at_most(name: str, value: float, goal: float, unit: str) -> Figure:
    """A figure that should not exceed its goal."""
    return Figure(name, f"{_told(value)} {unit}", f"≤ {_told(goal)} {unit}", value <= goal)


def at_least(name: str, value: float, goal: float, unit: str = "") -> Figure:
    """A figure that should reach its goal."""
    return Figure(name, f"{_told(value)} {unit}".strip(), f"≥ {_told(goal)} {unit}".strip(), value >= goal)


def noted(name: str, value: float, unit: str) -> Figure:
    """A figure for information."""
    return Figure(name, f"{_told(value)} {unit}")


def _told(value: float) -> str:
    """Four digits of it, or all before the point."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def spread(milliseconds: Sequence[float]) -> str:
    """Median, 95th percentile and maximum."""
    p50, p95 = (percentile(list(milliseconds), share) for share in (0.5, 0.95))
    return f"p50 {p50:.1f}, p95 {p95:.1f}, max {max(milliseconds):.1f} ms"


def table(figures: Iterable[Figure]) -> str:
    """One line per figure: name, what was measured, goal, whether it holds."""
    rows = [("", "measured", "goal", "holds"), *((f.name, f.measured, f.goal, HOLDS[f.holds]) for f in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
