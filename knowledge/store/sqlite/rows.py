"""Between rows and revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern

from knowledge.models import Revision
from knowledge.records import Decoder

RevisionRow = tuple[int, int, int, str, str, int | None]
"""id, owner, number, body (canonical JSON), created_at, author."""


@dataclass(frozen=True, slots=True)
class RevisionRows:
    """Decodes rows, batch after batch, with the sources of all in common."""

    _decoder: Decoder = field(default_factory=Decoder)

    def revisions(self, rows: Iterable[RevisionRow]) -> list[Revision]:
        """In the order of the rows."""
        return [
            Revision(id, owner, number, self._decoder.snippet(body), intern(created_at), author)
            for id, owner, number, body, created_at, author in rows
        ]
