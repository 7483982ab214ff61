"""One line of the diagnosis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part. `remedy` says what to do where it is not fine."""

    part: str
    fine: bool
    what: str
    remedy: str = ""
