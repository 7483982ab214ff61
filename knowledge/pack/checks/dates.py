"""Dates: they exist, and none of them is later than the day on which the source was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.dates import is_after, is_date, is_day
from knowledge.facts import ValueType
from knowledge.models import Kind
from knowledge.pack.draft import Draft, FiledFact, FiledSnippet
from knowledge.pack.fault import Fault
from knowledge.pack.schema import SourceEntry

_FORM = "is no date. Write YYYY-MM-DD, YYYY-MM or YYYY."


def check_source_dates(draft: Draft) -> Iterator[Fault]:
    """A page was published on a date, if it says so, and read on a day."""
    for source in draft.sources:
        if source.entry.published is not None and not is_date(source.entry.published):
            yield source.fault("published", f"{source.entry.published!r} {_FORM}")
        if source.entry.read is not None and not is_day(source.entry.read):
            yield source.fault("read", f"{source.entry.read!r} is no day. Write YYYY-MM-DD.")


def check_read(draft: Draft) -> Iterator[Fault]:
    """Every page of the pack says when it was read."""
    for source in draft.sources:
        if source.entry.read is None:
            yield source.fault("read", "is missing. Add it.")


def check_published_before_read(draft: Draft) -> Iterator[Fault]:
    """Nobody reads a page before it is published."""
    for source in draft.sources:
        if source.entry.published and source.entry.read and _later(source.entry.published, source.entry.read):
            dates = f"{source.entry.published} is after the day it was read, {source.entry.read}"
            yield source.fault("published", f"{dates}. Mend one of them.")


def check_snippet_dates(draft: Draft) -> Iterator[Fault]:
    """What a snippet speaks of is a date that its readers had reached."""
    for snippet in draft.snippets:
        yield from _told(draft, snippet, "as_of", snippet.entry.as_of)


def check_ends(draft: Draft) -> Iterator[Fault]:
    """Only a state ends; it ends after the date it speaks of."""
    told: tuple[FiledSnippet | FiledFact, ...] = (*draft.snippets, *draft.facts)
    for filed in told:
        until = filed.entry.valid_until
        if until is None:
            continue
        if not is_date(until):
            yield filed.fault("valid_until", f"{until!r} {_FORM}")
        elif _kind(filed) is Kind.EVENT:
            yield filed.fault("valid_until", "stands at an event, which never ends. Remove it, or make it a state.")
        elif filed.entry.as_of and _later(filed.entry.as_of, until):
            yield filed.fault("valid_until", f"{until} is before as_of, {filed.entry.as_of}. Mend one of them.")


def check_fact_dates(draft: Draft) -> Iterator[Fault]:
    """The dates of a fact are real, its sources had reached them, and it says what date it speaks of."""
    for fact in draft.facts:
        entry = fact.entry
        for field, date in (("from", entry.since), ("to", entry.until), ("as_of", entry.as_of)):
            if date is not None:
                yield from _told(draft, fact, field, date)
        if fact.vocabulary and fact.vocabulary.value is ValueType.DATE:
            yield from _told(draft, fact, "value", entry.value.en)
        sources = _sources(draft, entry.sources)
        if entry.as_of is None and sources and not any(source.published for source in sources):
            yield fact.fault("as_of", "is missing, and no source has a published date. Add the date they speak of.")


def _told(draft: Draft, filed: FiledSnippet | FiledFact, field: str, date: str) -> Iterator[Fault]:
    if not is_date(date):
        yield filed.fault(field, f"{date!r} {_FORM}")
        return
    read = max((source.read for source in _sources(draft, filed.entry.sources) if source.read), default=date)
    if _later(date, read):
        yield filed.fault(field, f"{date} is after the day its sources were read, {read}. Mend one of them.")


def _later(left: str, right: str) -> bool:
    return is_date(left) and is_date(right) and is_after(left, right)


def _sources(draft: Draft, ids: Sequence[str]) -> list[SourceEntry]:
    return [draft.source[id] for id in ids if id in draft.source]


def _kind(filed: FiledSnippet | FiledFact) -> Kind | None:
    if isinstance(filed, FiledSnippet):
        return filed.entry.kind
    return filed.vocabulary.kind if filed.vocabulary else None
