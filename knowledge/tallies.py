"""How many questions became what, by guild and day: counts, without people and without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

KEPT = timedelta(days=400)
"""How long a day's counts are kept: a year, and the same month of the year before beside it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is counted together: the questions of a guild (None: direct messages and apps of one person alone) on a day
    in UTC that came to the same `outcome`."""

    guild: int | None
    day: date
    outcome: str


Tallies = Mapping[Slot, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is for a guild: notes of its own and bundled ones that it sees, facts included; proposals,
    questions and complaints that wait for its moderators; and the version of the database."""

    own: int
    bundled: int
    proposals: int
    questions: int
    complaints: int
    version: int
