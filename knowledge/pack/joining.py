"""Which values of a relation become one fact, and what the fact is called."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator

from knowledge.pack.draft import Draft, FiledFact
from knowledge.slugs import slug_of

LONGEST_ID = 75
"""Characters of a fact's id. It is carried by buttons, with a number beside it, in the 100 that Discord takes."""

Joined = tuple[FiledFact, ...]
"""Values that one sentence states, in the order of the file; never empty."""


def named_facts(draft: Draft) -> Iterator[tuple[str, Joined]]:
    """Every fact of a faultless draft with its id.

    Values of one relation of one entity are one fact if all else is the same: period, status, sources, dates. A fact
    is called `katseye/debut_date`; where there may be several values, `apt/performer/rose` after the first one in
    the file, so that a value that is written below it revises the fact instead of replacing it. A second spell of
    the same value adds its beginning: `duo/label/big-label/2023`. An id that would be longer than `LONGEST_ID` ends in
    a hash of all of it.
    """
    taken: set[str] = set()
    for facts in _joined(draft):
        id = _id(facts[0])
        if id in taken:
            id = f"{id}/{facts[0].entry.since}"
        taken.add(id)
        yield _within(id), facts


def spoken_of(fact: FiledFact, draft: Draft) -> str:
    """The date that a fact's sources speak of: its own `as_of`, else the latest on which one was published."""
    dates = [draft.source[id].published for id in fact.entry.sources]
    return fact.entry.as_of or max(date for date in dates if date)


def value_slug(value: str) -> str:
    """The value as a part of an id: an entity's or a date's is itself, a text's its Latin letters and digits."""
    return slug_of(value) or hashlib.sha256(value.encode()).hexdigest()[:12]


def _joined(draft: Draft) -> Iterator[Joined]:
    together: dict[Hashable, list[FiledFact]] = {}
    for fact in draft.facts:
        together.setdefault(_shared(fact, draft), []).append(fact)
    yield from map(tuple, together.values())


def _shared(fact: FiledFact, draft: Draft) -> Hashable:
    """What must be equal for two values to stand in one sentence."""
    entry = fact.entry
    apart = None if fact.vocabulary and fact.vocabulary.joins else fact.position
    told = (entry.status, spoken_of(fact, draft), entry.valid_until, frozenset(entry.sources))
    return (fact.owner.entry.id, fact.relation, entry.since, entry.until, told, apart)


def _within(id: str) -> str:
    """An id as it is, or cut short with its hash behind."""
    if len(id) <= LONGEST_ID:
        return id
    return f"{id[: LONGEST_ID - 9].rstrip('-/')}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _id(fact: FiledFact) -> str:
    base = f"{fact.owner.entry.id}/{fact.relation}"
    several = fact.vocabulary is not None and fact.vocabulary.many
    return f"{base}/{value_slug(fact.entry.value.en)}" if several else base
