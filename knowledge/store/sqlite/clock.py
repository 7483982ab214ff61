"""Times as the store keeps them: UTC, ISO 8601, to the second, so that they compare as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """`2026-11-23T20:44:19+00:00`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def restamped(text: str) -> str:
    """An ISO time from elsewhere in the store's form. Raises `ValueError` for anything else."""
    return stamp(datetime.fromisoformat(text))
