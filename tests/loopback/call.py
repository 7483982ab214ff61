"""One REST request, as the handlers see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .wire import JSON


@dataclass
class Call:
    """A request: "METHOD /path", the variable parts of the path, the query and the body.

    `status` is what it was answered, None as long as it was not; `known` is false where no route took it.
    """

    line: str
    parts: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = field(default_factory=dict)
    status: int | None = None
    known: bool = True

    def __getitem__(self, part: str) -> str:
        return self.parts[part]


Handler = Callable[[Call], Awaitable[JSON | list[JSON] | None]]
