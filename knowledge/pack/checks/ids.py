"""Ids: their form, that each is given once, and that a source means the same wherever it is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.files import PackFile
from knowledge.pack.draft import Draft, FiledEntity, FiledSnippet, FiledSource, FiledTopic
from knowledge.pack.fault import Fault

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Filed = FiledTopic | FiledSource | FiledSnippet | FiledEntity


def _id(filed: Filed) -> str:
    return filed.entry.id if isinstance(filed, FiledSnippet | FiledEntity) else filed.id


def check_slugs(draft: Draft) -> Iterator[Fault]:
    """An id is small Latin letters, digits and hyphens: it stands in links, keys and file names."""
    groups: tuple[tuple[str, tuple[Filed, ...]], ...] = (
        ("topic", draft.topics),
        ("", draft.sources),
        ("id", draft.snippets),
        ("id", draft.entities),
    )
    for field, group in groups:
        for filed in group:
            if _id(filed) and not _SLUG.fullmatch(_id(filed)):
                remedy = "Use a-z, 0-9 and single hyphens, such as big-hit-music."
                yield filed.fault(field, f"{_id(filed)!r} is no id. {remedy}")


def check_unique(draft: Draft) -> Iterator[Fault]:
    """No two snippets, entities or topics share an id."""
    groups: tuple[tuple[Filed, ...], ...] = (draft.topics, draft.snippets, draft.entities)
    for group in groups:
        first: dict[str, Filed] = {}
        for filed in group:
            other = first.setdefault(_id(filed), filed)
            if other is not filed and _id(filed):
                yield filed.fault("id", f"{_id(filed)} is already taken in {other.file}. Give one of them another id.")


def check_topic_names(draft: Draft) -> Iterator[Fault]:
    """The file of a topic carries its id, so that people find it."""
    for topic in draft.topics:
        stem = PackFile(topic.file, b"").stem
        if topic.id and topic.id != stem:
            yield topic.fault("topic", f"is {topic.id}, but the file is called {stem}. Rename one of them.")


def check_sources_agree(draft: Draft) -> Iterator[Fault]:
    """A source that is declared in several files is the same in all of them."""
    first: dict[str, FiledSource] = {}
    for source in draft.sources:
        other = first.setdefault(source.id, source)
        for field, value in source.entry:
            if value != getattr(other.entry, field):
                yield source.fault(field, f"differs from the same source in {other.file}. Make them equal.")
