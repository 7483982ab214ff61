"""The corpus's own format: YAML documents of one topic each, and documents of entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.importing.entries import entity_in
from knowledge.importing.limits import LONGEST_REASON, MOST_NODES
from knowledge.importing.proposals import Proposal
from knowledge.importing.results import ImportRefused, LeftOut, Place
from knowledge.models import Entity
from knowledge.pack.reading import CORPUS_KEYS, ENTITY_KEYS
from knowledge.pack.strict_yaml import parse_all

Found = Proposal | Entity | LeftOut


def found_in(name: str, data: bytes) -> Iterator[Found]:
    """Notes and entities in the order of the file. Raises `ImportRefused` for YAML that is broken, too long or too
    deep, or holds tags, anchors, aliases, or a key that stands twice."""
    parsed = parse_all(data, MOST_NODES)
    if parsed.problems:
        raise ImportRefused("import.yaml", name=name, problem=parsed.problems[0].message[:LONGEST_REASON])
    documents: Any = parsed.value
    for number, document in enumerate(documents, 1):
        if document is not None:
            yield from _document(Place("document", str(number)), document)


def _document(where: Place, document: Any) -> Iterator[Found]:
    if isinstance(document, list):  # a file of entities that cite nothing is a bare list
        document = {"entities": document}
    if not isinstance(document, dict) or not any(isinstance(document.get(k), list) for k in ("snippets", "entities")):
        yield LeftOut(where, "import.left.no_document")
        return
    known = (*CORPUS_KEYS, *ENTITY_KEYS)
    yield from (LeftOut(where, "import.left.field", {"field": key[:40]}) for key in document if key not in known)
    for place, snippet in _items(document, "snippets"):
        yield _proposal(place, snippet, document)
    for place, entity in _items(document, "entities"):
        yield from entity_in(place, entity)


def _items(document: Mapping[str, Any], key: str) -> Iterator[tuple[Place, Any]]:
    items = document.get(key)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        id = item.get("id") if isinstance(item, dict) else None
        yield Place("entry", id[:LONGEST_REASON] if isinstance(id, str) else f"{key}[{number}]"), item


def _proposal(where: Place, snippet: Any, document: Mapping[str, Any]) -> Proposal | LeftOut:
    if not isinstance(snippet, dict):
        return LeftOut(where, "import.left.no_note")
    declared = document.get("sources")
    pages = declared if isinstance(declared, dict) else {}
    named = snippet.get("sources") or []
    fields = {"topic": document.get("topic"), **snippet, "sources": []}
    for source in named if isinstance(named, list) else [named]:
        page = pages.get(source) if isinstance(source, str) else source
        if page is None:
            return LeftOut(where, "import.left.unknown_source", {"source": str(source)[:LONGEST_REASON]})
        fields["sources"].append(page)
    return Proposal(where, fields)
