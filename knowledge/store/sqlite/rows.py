"""Between rows and models. A record's body is its canonical JSON (`knowledge.models.canonical`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from knowledge.models import Entity, Kind, Revision, Snippet, Source, Statement, Status, Topic

RevisionRow = tuple[int, int, int, str, str, int | None]
"""id, owner, number, body, created_at, author."""


@dataclass(slots=True)
class Decoder:
    """Turns rows into revisions; a source that many snippets cite becomes one object."""

    _sources: dict[tuple[str | None, ...], Source] = field(default_factory=dict)

    def revisions(self, rows: Iterable[RevisionRow]) -> list[Revision]:
        return [
            Revision(id, owner, number, self.snippet(body), created_at, author)
            for id, owner, number, body, created_at, author in rows
        ]

    def snippet(self, body: str) -> Snippet:
        fields = json.loads(body)
        return Snippet(
            id=fields["id"],
            topic=fields["topic"],
            text=fields.get("text"),
            text_ko=fields.get("text_ko"),
            kind=Kind(fields["kind"]),
            as_of=fields["as_of"],
            status=Status(fields["status"]),
            sources=tuple(self._source(source) for source in fields.get("sources", ())),
            entities=tuple(fields.get("entities", ())),
            asks=tuple(fields.get("asks", ())),
            valid_until=fields.get("valid_until"),
            statement=_statement_from(fields.get("statement")),
        )

    def _source(self, fields: dict[str, Any]) -> Source:
        key = (fields["title"], fields["publisher"], fields["url"], fields.get("published"), fields.get("read"))
        source = self._sources.get(key)
        if source is None:
            source = self._sources[key] = Source(**fields)
        return source


def _statement_from(fields: dict[str, Any] | None) -> Statement | None:
    return Statement(**{**fields, "others": tuple(fields.get("others", ()))}) if fields else None


def entity_from(body: str) -> Entity:
    fields = json.loads(body)
    return Entity(**{**fields, "aliases": tuple(fields.get("aliases", ()))})


def topic_from(body: str) -> Topic:
    return Topic(**json.loads(body))
