"""Whether what a revision holds can be read again: its checksum says only that it is what somebody wrote."""

from __future__ import annotations

from knowledge.models import Entity, Hidden, Snippet, Source, Statement, Topic
from knowledge.records import Decoder, entity_from, topic_from
from knowledge.store.sqlite.holdings import held


def is_readable(type: str, slug: str, topic: str | None, body: bytes, decoder: Decoder) -> bool:
    """Whether a body is that of a record of this type, under the record's id and the revision's topic."""
    try:
        content = _content(type, slug, body.decode(), decoder)
        return content.id == slug and _topic(content) == topic and all(map(_is_text, _texts(content)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _content(type: str, slug: str, body: str, decoder: Decoder) -> Snippet | Hidden | Entity | Topic:
    match type:
        case "entity":
            return entity_from(body)
        case "topic":
            return topic_from(body)
        case _:
            return held(slug, body, decoder)


def _topic(content: Snippet | Hidden | Entity | Topic) -> str | None:
    return content.topic if isinstance(content, Snippet) else None


def _texts(content: Snippet | Hidden | Entity | Topic) -> tuple[object, ...]:
    """Every field that is a text, or may be left out."""
    match content:
        case Snippet():
            cited = (field for source in content.sources for field in _texts_of_source(source))
            stated = _texts_of_statement(content.statement) if content.statement else ()
            return (content.text, content.text_ko, content.valid_until, *content.asks, *cited, *stated)
        case Entity():
            return (content.kind, content.name, content.name_ko, *content.aliases)
        case Topic():
            return (content.title, content.title_ko)
        case Hidden():
            return ()


def _texts_of_source(source: Source) -> tuple[object, ...]:
    return (source.title, source.publisher, source.url, source.published, source.read)


def _texts_of_statement(said: Statement) -> tuple[object, ...]:
    return (said.subject, said.relation, *said.values, said.since, said.until)


def _is_text(field: object) -> bool:
    return field is None or isinstance(field, str)
