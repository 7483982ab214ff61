"""What `/status` tells: plain values, gathered by `bot.watching.status`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from knowledge.tallies import Figures

DAYS = 30
"""Over which questions are counted, today among them, in UTC."""

Writes = Literal["fine", "refused", "slow"]
"""Whether the database takes changes now; "slow" where it did not say in time, as behind a large import."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the process is, as `/livez`, `/readyz` and `/metrics` say. `silence` is in seconds."""

    ready: Mapping[str, bool]
    alive: bool
    silence: float
    latency_ms: float | None
    lag_ms: float
    waiting: int
    indexed: tuple[int, int]
    """Documents in memory: bundled ones, and the server's own."""


@dataclass(frozen=True, slots=True)
class Disk:
    """Free bytes beside the database and its own bytes, None where the folder does not say; when the latest backup in
    the data folder was begun."""

    free: int | None
    database: int | None
    backup: datetime | None


@dataclass(frozen=True, slots=True)
class Versions:
    hallyu: str
    python: str
    discord: str
    sqlite: str
    model: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Report:
    """`asked` are the questions of the server in the last days by outcome. It and `figures` are None where the database
    could not be read in time."""

    asked: Mapping[str, int] | None
    figures: Figures | None
    writes: Writes
    health: Health
    disk: Disk
    versions: Versions
    since: datetime
