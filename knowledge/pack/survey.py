"""What a pack holds, counted: for whoever decides where to write next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from knowledge.models import LANGUAGES, Kind, Language
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.editorial.areas import FEWEST

LARGEST_SHARE = 0.12
"""The largest part of the cited pages that one publisher should have."""


@dataclass(frozen=True, slots=True)
class Area:
    """One topic: how many snippets it has, in which language, of which kind, from how many pages and publishers, and
    the years they speak of."""

    topic: str
    snippets: int
    written: Mapping[Language, int]
    states: int
    pages: int
    publishers: int
    years: Mapping[str, int]

    @property
    def is_thin(self) -> bool:
        return self.snippets < FEWEST


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole pack. `publishers` counts the pages that snippets cite, the most cited publisher first."""

    areas: tuple[Area, ...]
    publishers: Mapping[str, int]
    statuses: Mapping[str, int]
    entities: Mapping[str, int]
    facts: int
    snippets: int
    bilingual: int
    read: int

    @property
    def pages(self) -> int:
        return sum(self.publishers.values())

    @property
    def largest_share(self) -> float:
        """The part of the cited pages that the most cited publisher has, 0..1."""
        return max(self.publishers.values(), default=0) / max(1, self.pages)


def survey(draft: Draft) -> Survey:
    """Counts a draft without faults."""
    snippets = draft.snippets
    return Survey(
        areas=tuple(
            sorted((_area(topic.id, draft) for topic in draft.topics), key=lambda area: (area.snippets, area.topic))
        ),
        publishers=_ranked(draft.source[id].publisher for id in _cited(snippets) if id in draft.source),
        statuses=_ranked(snippet.entry.status.value for snippet in snippets),
        entities=_ranked(entity.entry.kind for entity in draft.entities),
        facts=sum(1 for _ in draft.facts),
        snippets=len(snippets),
        bilingual=sum(bool(snippet.entry.text and snippet.entry.text_ko) for snippet in snippets),
        read=sum(
            bool(snippet.entry.sources)
            and all(id in draft.source and draft.source[id].read for id in snippet.entry.sources)
            for snippet in snippets
        ),
    )


def sample(draft: Draft, count: int, seed: int) -> list[FiledSnippet]:
    """`count` snippets drawn by chance, the same for the same seed, in the order of the files."""
    chosen = Random(seed).sample(range(len(draft.snippets)), min(count, len(draft.snippets)))
    return [draft.snippets[position] for position in sorted(chosen)]


def _area(topic: str, draft: Draft) -> Area:
    snippets = [snippet for snippet in draft.snippets if snippet.topic == topic]
    cited = _cited(snippets)
    return Area(
        topic=topic,
        snippets=len(snippets),
        written={
            language: sum(bool(s.entry.text if language == "en" else s.entry.text_ko) for s in snippets)
            for language in LANGUAGES
        },
        states=sum(snippet.entry.kind is Kind.STATE for snippet in snippets),
        pages=len(cited),
        publishers=len({draft.source[id].publisher for id in cited if id in draft.source}),
        years=dict(sorted(Counter(snippet.entry.as_of[:4] for snippet in snippets).items())),
    )


def _cited(snippets: Iterable[FiledSnippet]) -> dict[str, None]:
    return dict.fromkeys(id for snippet in snippets for id in snippet.entry.sources)


def _ranked(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
