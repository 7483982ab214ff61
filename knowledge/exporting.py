"""Snippets and entities as files in the corpus's format, to be read, changed and imported again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

import yaml

from knowledge.models import Entity, Snippet, Source, Topic
from knowledge.slugs import slug_of

_WIDTH = 120
"""Columns of folded texts, as in the bundled files."""
_BREAK = 100
"""Columns after which PyYAML breaks a list or a quoted text before its next piece."""


def corpus_yaml(snippets: Iterable[Snippet], topics: Iterable[Topic], entities: Iterable[Entity]) -> str:
    """One YAML document a topic, by id, then one of the entities; empty where there is nothing.

    Importing it gives the same snippets. Structured facts are left out: the format has them as facts of an entity, with
    the Korean of their values, of which a snippet holds no more than the sentence. Which of an entity's further names
    is a former or a fan's one is not on record either, so all stand under `also`.
    """
    noted = [snippet for snippet in snippets if snippet.statement is None]
    ids = _source_ids(source for snippet in noted for source in snippet.sources)
    titles = {topic.id: topic for topic in topics}
    by_topic: dict[str, list[Snippet]] = {}
    for snippet in noted:
        by_topic.setdefault(snippet.topic, []).append(snippet)
    documents = [_topic(id, titles.get(id), by_topic[id], ids) for id in sorted(by_topic)]
    if named := [_entity(entity) for entity in entities]:
        documents.append(_dumped({"entities": named}))
    return "---\n".join(documents)


def _topic(id: str, titled: Topic | None, snippets: Sequence[Snippet], ids: Mapping[Source, str]) -> str:
    """Snippets stand apart by an empty line, so that a person finds them."""
    cited = sorted({source for snippet in snippets for source in snippet.sources}, key=ids.__getitem__)
    head: dict[str, Any] = {"topic": id}
    if titled:
        head["title"] = _Flow({"en": titled.title, "ko": titled.title_ko})
    if cited:
        head["sources"] = {ids[source]: _source(source) for source in cited}
    blocks = [_dumped({"snippets": [_snippet(snippet, ids)]}).removeprefix("snippets:\n") for snippet in snippets]
    return f"{_dumped(head)}snippets:\n" + "\n".join(blocks)


def _source(source: Source) -> dict[str, Any]:
    fields = {"publisher": source.publisher, "published": source.published, "url": source.url, "read": source.read}
    return {"title": _Quoted(source.title)} | _filled(fields)


def _snippet(snippet: Snippet, ids: Mapping[Source, str]) -> dict[str, Any]:
    return _filled(
        {
            "id": snippet.id,
            "text": _prose(snippet.text),
            "text_ko": _prose(snippet.text_ko),
            "kind": snippet.kind.value,
            "as_of": snippet.as_of,
            "valid_until": snippet.valid_until,
            "status": snippet.status.value,
            "entities": _Listed(snippet.entities),
            "asks": _Listed(snippet.asks),
            "sources": _Listed(ids[source] for source in snippet.sources),
        }
    )


def _entity(entity: Entity) -> dict[str, Any]:
    names = _filled({"en": entity.name, "ko": entity.name_ko, "also": _Listed(entity.aliases)})
    return {"id": entity.id, "kind": entity.kind, "names": _Flow(names)}


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _source_ids(sources: Iterable[Source]) -> dict[Source, str]:
    """An id for each source: publisher and date, numbered where several pages share them."""
    ids: dict[Source, str] = {}
    taken: set[str] = set()
    for source in dict.fromkeys(sources):
        base = slug_of(f"{source.publisher} {source.published or ''}") or "source"
        id, number = base, 1
        while id in taken:
            number += 1
            id = f"{base}-{number}"
        taken.add(id)
        ids[source] = id
    return ids


class _Quoted(str):
    """Stands in double quotes."""


class _Folded(str):
    """Stands below its field, broken at the width."""


class _Flow(dict[str, Any]):
    """Stands in braces on its field's line."""


class _Listed(list[str]):
    """Stands in brackets on its field's line."""


_PLAIN_PROSE = re.compile(r"[^\s]+(?: [^\s]+)*")


def _prose(text: str | None) -> str | None:
    """A text without line breaks and spaces to keep is folded; any other is quoted, where they are safe."""
    if text is None:
        return None
    return _Folded(text) if _PLAIN_PROSE.fullmatch(text) and text.isprintable() else _Quoted(text)


_TEXT, _MAPPING, _LIST = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as text, since the corpus's reader takes it for nothing else: a date needs no quotes."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their field."""
        super().increase_indent(flow, False)

    def write_folded(self, text: str) -> None:
        """Breaks before the width, where PyYAML breaks after it."""
        self.write_indicator(">-", True)
        for line in wrap(text, _WIDTH - (self.indent or 0), break_long_words=False, break_on_hyphens=False):
            self.write_indent()
            self.stream.write(line)
            self.column += len(line)
            self.whitespace = self.indention = False

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar(_TEXT, text, '"'))
_Dumper.add_representer(_Folded, lambda dumper, text: dumper.represent_scalar(_TEXT, text, ">"))
_Dumper.add_representer(_Flow, lambda dumper, value: dumper.represent_mapping(_MAPPING, value, flow_style=True))
_Dumper.add_representer(_Listed, lambda dumper, value: dumper.represent_sequence(_LIST, value, flow_style=True))


def _dumped(value: Mapping[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_BREAK, default_flow_style=False)
