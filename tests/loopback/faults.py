"""Breaking requests on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass
class Fault:
    """What befalls the next `times` requests whose "METHOD /path" begins with `match`.

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


class Faults:
    """The faults that still wait for a request."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, line: str) -> Fault | None:
        """The fault that befalls the request `line`, counted down."""
        fault = next((fault for fault in self._waiting if line.startswith(fault.match)), None)
        if fault:
            fault.times -= 1
            self._waiting = [fault for fault in self._waiting if fault.times > 0]
        return fault
