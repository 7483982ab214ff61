"""Records as canonical JSON (`knowledge.models.canonical`) and back: how the store and the cache keep them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from knowledge.models import Entity, Kind, Pack, Snippet, Source, Statement, Status, Topic, canonical
from knowledge.packed import Packed


@dataclass(slots=True)
class Decoder:
    """Turns JSON into snippets; what many of them have in common becomes one object: a source or several, a topic, a
    date, entities."""

    _sources: dict[tuple[str | None, ...], Source] = field(default_factory=dict)
    _cited: dict[tuple[Source, ...], tuple[Source, ...]] = field(default_factory=dict)
    _entities: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def snippet(self, body: str) -> Snippet:
        fields = json.loads(body)
        return Snippet(
            id=fields["id"],
            topic=intern(fields["topic"]),
            text=fields.get("text"),
            text_ko=fields.get("text_ko"),
            kind=Kind(fields["kind"]),
            as_of=intern(fields["as_of"]),
            status=Status(fields["status"]),
            sources=self._sourced(tuple(self._source(source) for source in fields.get("sources", ()))),
            entities=self._linked(tuple(map(intern, fields.get("entities", ())))),
            asks=Packed(asks) if (asks := fields.get("asks")) else (),
            valid_until=fields.get("valid_until"),
            statement=_statement_from(fields.get("statement")),
        )

    def _linked(self, entities: tuple[str, ...]) -> tuple[str, ...]:
        return self._entities.setdefault(entities, entities)

    def _sourced(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return self._cited.setdefault(sources, sources)

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


def pack_as_json(pack: Pack) -> dict[str, Any]:
    """A pack as lists of canonical JSON."""
    return {
        "topics": [canonical(topic) for topic in pack.topics],
        "entities": [canonical(entity) for entity in pack.entities],
        "snippets": [canonical(snippet) for snippet in pack.snippets],
        "digest": pack.digest,
    }


def pack_from_json(kept: dict[str, Any]) -> Pack:
    """The reverse of `pack_as_json`."""
    decoder = Decoder()
    return Pack(
        topics=tuple(map(topic_from, kept["topics"])),
        entities=tuple(map(entity_from, kept["entities"])),
        snippets=tuple(map(decoder.snippet, kept["snippets"])),
        digest=kept["digest"],
    )
