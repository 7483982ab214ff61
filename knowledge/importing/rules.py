"""What a note keeps whoever writes it: the corpus's rules for one snippet and its sources, and limits of size.

The pack's further rules hold for the pack alone: that entities and topics exist, that texts are free of line breaks,
and that every source says when it was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from knowledge.dates import is_date, lies_ahead
from knowledge.importing.limits import LONGEST_ID, MOST_ENTITIES, MOST_ITEMS, MOST_SOURCES
from knowledge.importing.results import LeftOut, Place
from knowledge.limits import LONGEST_FIELD
from knowledge.models import Snippet
from knowledge.pack.checks.dates import (
    check_ends,
    check_published_before_read,
    check_snippet_dates,
    check_source_dates,
)
from knowledge.pack.checks.ids import check_slugs
from knowledge.pack.checks.texts import check_asks, check_some_text, check_text_length
from knowledge.pack.checks.urls import check_urls
from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault

_ID = re.compile(r"[a-z0-9]+(?:[-_./][a-z0-9]+)*")
"""As in the corpus, and as structured facts are called: `katseye/debut_date`."""

_TO_COME = "has not come yet."


def check_id(draft: Draft) -> Iterator[Fault]:
    """An id is small Latin letters, digits and what parts them: it stands in buttons and keys."""
    for snippet in draft.snippets:
        if not _ID.fullmatch(snippet.entry.id):
            remedy = "Use a-z, 0-9 and single hyphens, such as big-hit-music."
            yield snippet.fault("id", f"{snippet.entry.id!r} is no id. {remedy}")


def check_topic(draft: Draft) -> Iterator[Fault]:
    """A topic is called by a slug."""
    yield from check_slugs(replace(draft, snippets=()))


RULES: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    check_id,
    check_topic,
    check_some_text,
    check_text_length,
    check_asks,
    check_snippet_dates,
    check_ends,
    check_source_dates,
    check_published_before_read,
    check_urls,
)


def check_reached(draft: Draft, today: str) -> Iterator[Fault]:
    """What a file says has been: no date of it lies ahead of the ISO date `today`."""
    for source in draft.sources:
        if _is_to_come(source.entry.published, today):
            remedy = "Give the day on which the page was published."
            yield source.fault("published", f"{source.entry.published} {_TO_COME} {remedy}")
        if _is_to_come(source.entry.read, today):
            yield source.fault("read", f"{source.entry.read} {_TO_COME} Give the day on which the page was read.")
    for snippet in draft.snippets:
        if _is_to_come(snippet.entry.as_of, today):
            yield snippet.fault("as_of", f"{snippet.entry.as_of} {_TO_COME} Give the day that the source speaks of.")


def _is_to_come(date: str | None, today: str) -> bool:
    return date is not None and is_date(date) and lies_ahead(date, today)


def crowd(fields: Any, where: Place) -> LeftOut | None:
    """The first list or set of fields in a raw entry that is longer than any that makes sense, or None."""
    items = fields if isinstance(fields, list) else list(fields.values()) if isinstance(fields, dict) else []
    if len(items) > MOST_ITEMS:
        return _crowded("a list", len(items), MOST_ITEMS, where)
    return next((found for item in items if (found := crowd(item, where))), None)


def excess(snippet: Snippet, where: Place) -> LeftOut | None:
    """What of a snippet is larger than is kept, beyond its texts and ways to ask, or None."""
    if len(snippet.id) > LONGEST_ID:
        return LeftOut(where, "import.left.long_id", {"size": str(len(snippet.id)), "limit": str(LONGEST_ID)})
    for field, limit, size in _counts(snippet):
        if size > limit:
            return _crowded(field, size, limit, where)
    for field, text in _texts(snippet):
        if len(text) > LONGEST_FIELD:
            sizes = {"field": field, "size": str(len(text)), "limit": str(LONGEST_FIELD)}
            return LeftOut(where, "import.left.long_field", sizes)
    return None


def _crowded(field: str, size: int, limit: int, where: Place) -> LeftOut:
    return LeftOut(where, "import.left.crowded", {"field": field, "size": str(size), "limit": str(limit)})


def _counts(snippet: Snippet) -> Iterator[tuple[str, int, int]]:
    yield "entities", MOST_ENTITIES, len(snippet.entities)
    yield "sources", MOST_SOURCES, len(snippet.sources)


def _texts(snippet: Snippet) -> Iterator[tuple[str, str]]:
    yield "topic", snippet.topic
    yield from (("entities", entity) for entity in snippet.entities)
    for source in snippet.sources:
        yield "title", source.title
        yield "publisher", source.publisher
