"""What a look at a whole database found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.errors import HallyuError

Stop = Callable[[], bool]
"""Says whether what takes long should be given up."""


class Stopped(HallyuError):
    """What took long was given up, since it was told to stop."""

    def __init__(self) -> None:
        super().__init__("Given up, since Hallyu was told to stop. Nothing was changed.")


def never() -> bool:
    """For what always runs to its end."""
    return False


@dataclass(frozen=True, slots=True)
class Check:
    """One line of an examination; `what` says what was seen, or what is wrong."""

    part: str
    fine: bool
    what: str


@dataclass(frozen=True, slots=True)
class Examination:
    """The checks, and what the database holds as far as it could be read."""

    checks: tuple[Check, ...]
    version: int = 0
    """Of the schema."""
    records: int = 0
    revisions: int = 0
    pack: str | None = None
    """The digest of the bundled knowledge that was synced last."""

    @property
    def faults(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.fine)
