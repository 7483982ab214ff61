"""How many sessions Discord still lets the bot begin today. A bot that begins more has its token reset:
https://docs.discord.com/developers/events/gateway#identifying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 0.05
"""The share of a day's sessions that is left alone: for what a running bot needs, and for a start by hand."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`session_start_limit` of `GET /gateway/bot`: sessions a day, those that are left, seconds until there are new
    ones, and how many a start takes."""

    total: int
    remaining: int
    reset_after: float
    shards: int = 1

    @classmethod
    def of(cls, shards: int, limit: Mapping[str, Any]) -> Budget:
        """From Discord's JSON, whose times are milliseconds. Raises `KeyError`, `TypeError` or `ValueError` for any
        other."""
        return cls(int(limit["total"]), int(limit["remaining"]), int(limit["reset_after"]) / 1000, shards)

    @property
    def spare(self) -> int:
        """Sessions that may be begun; at most 0 when the bot should wait."""
        return self.remaining - int(self.total * KEPT)

    @property
    def enough(self) -> bool:
        """Whether a start may be made."""
        return self.spare >= self.shards
