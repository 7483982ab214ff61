"""From quotes to an answer: each is cut out of the revision that is live now, or is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from index.results import Answer, Citation, Line
from knowledge.models import PACK, Kind, Language, Quote, Revision, Source, Status


def prove(
    quotes: Iterable[Quote], live: Mapping[int, Revision], language: Language, today: str, receipt: dict[str, Any]
) -> Answer | None:
    """The answer that the live ones among `quotes` make, None when none is left. `today` is an ISO date."""
    lines: list[Line] = []
    citations: list[Citation] = []
    revisions: list[Revision] = []
    for quote in quotes:
        text = proved(quote, live)
        if text is None:
            continue
        revision = live[quote.revision]
        first = len(citations) + 1
        sources = revision.snippet.sources
        cited = [_citation(n, text, source, revision) for n, source in enumerate(sources, first)]
        citations += cited
        revisions.append(revision)
        lines.append(Line(text, quote, tuple(c.n for c in cited)))
    if not lines:
        return None
    return Answer(
        language=language,
        lines=tuple(lines),
        citations=tuple(citations),
        as_of=min(r.snippet.as_of for r in revisions),
        ages=any(r.snippet.kind is Kind.STATE for r in revisions),
        stale=any(is_stale(r, today) for r in revisions),
        receipt=receipt,
    )


def proved(quote: Quote, live: Mapping[int, Revision]) -> str | None:
    """The quoted text, taken from the live revision itself; None where that revision is not live any more."""
    revision = live.get(quote.revision)
    text = revision.snippet.text_in(quote.language) if revision else None
    if text is None or not 0 <= quote.start < quote.end <= len(text):
        return None
    return text[quote.start : quote.end]


def is_stale(revision: Revision, today: str) -> bool:
    """Whether a state is past its date, or, without one, more than a year old."""
    snippet = revision.snippet
    if snippet.status is Status.OUTDATED:
        return True
    if snippet.kind is Kind.EVENT:
        return False
    if snippet.valid_until:
        return snippet.valid_until < today[: len(snippet.valid_until)]
    year_ago = f"{int(today[:4]) - 1}{today[4:]}"
    return snippet.as_of < year_ago[: len(snippet.as_of)]


def _citation(n: int, text: str, source: Source, revision: Revision) -> Citation:
    snippet = revision.snippet
    return Citation(n, text, source, snippet.id, revision.id, snippet.status, own=revision.owner != PACK)
