"""Breaking requests on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(eq=False)
class Fault:
    """What befalls the next `times` requests whose "METHOD /path" begins with `match`, after `skip` of them.

    `by` holds ids of people, where only requests to their interactions are meant; `befell` counts.

    A delay in seconds, then one of: an error `status` (a 429 asks to come again after `retry_after` seconds),
    or a dropped connection, before the request takes effect or after it did (only the answer is lost). With `late` the
    request takes effect before the error, with `cloudflare` the error comes from what stands before Discord: in HTML,
    without a header.
    """

    match: str
    status: int | None = None
    drop: Literal["before", "after"] | None = None
    delay: float = 0.0
    retry_after: float = 0.5
    times: int = 1
    late: bool = False
    cloudflare: bool = False
    by: frozenset[int] = frozenset()
    skip: int = 0
    befell: int = 0

    def meets(self, line: str, user: int | None) -> bool:
        mine = not self.by or user in self.by
        return mine and self.befell < self.times and line.startswith(self.match)


class Faults:
    """The faults that still wait for a request."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def remove(self, fault: Fault) -> None:
        self._waiting.remove(fault)

    def take(self, line: str, user: int | None) -> Fault | None:
        """The fault that befalls the request `line` to an interaction of `user`, counted."""
        fault = next((fault for fault in self._waiting if fault.meets(line, user)), None)
        if fault and fault.skip:
            fault.skip -= 1
            return None
        if fault:
            fault.befell += 1
        return fault
