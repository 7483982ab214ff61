"""References: whatever is named by its id exists."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.pack.draft import Draft, FiledFact, FiledSnippet
from knowledge.pack.fault import Fault
from knowledge.pack.shape import suggestion


def _cited(draft: Draft) -> Iterator[FiledSnippet | FiledFact]:
    yield from draft.snippets
    yield from draft.facts


def check_has_source(draft: Draft) -> Iterator[Fault]:
    """Nothing is said without a source."""
    for cited in _cited(draft):
        if not cited.entry.sources:
            yield cited.fault("sources", "names no source. Add the id of at least one.")


def check_sources_exist(draft: Draft) -> Iterator[Fault]:
    """Every source that is cited is declared in some file."""
    known = draft.source.keys() | draft.doubtful
    for cited in _cited(draft):
        for source in cited.entry.sources:
            if source not in known:
                yield cited.fault("sources", f"names {source}, which no file declares. {suggestion(source, known)}")


def check_entities_exist(draft: Draft) -> Iterator[Fault]:
    """Every entity that a snippet is about is declared in some file."""
    known = draft.entity.keys() | draft.doubtful
    for snippet in draft.snippets:
        for entity in snippet.entry.entities:
            if entity not in known:
                hint = suggestion(entity, known)
                yield snippet.fault("entities", f"names {entity}, which no file in entities/ declares. {hint}")
