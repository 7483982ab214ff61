"""One REST request, as the handlers see it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .faults import Fault
from .wire import JSON


@dataclass
class Call:
    """A request: "METHOD /path", the variable parts of the path, the query and the body.

    `status` is what it was answered, None as long as it was not; `route` is the path with the names of its variable
    parts, "" where no route took it; `fault` what befell it on purpose; `at` the moment in seconds.
    """

    line: str
    parts: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = field(default_factory=dict)
    status: int | None = None
    route: str = ""
    fault: Fault | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def method(self) -> str:
        return self.line.partition(" ")[0]

    def __getitem__(self, part: str) -> str:
        return self.parts[part]


Handler = Callable[[Call], Awaitable[JSON | list[JSON] | bytes | None]]
