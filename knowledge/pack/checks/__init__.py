"""What the files of the pack must keep beyond their shape: a list of small pure functions, each one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.pack.checks.dates import (
    check_ends,
    check_fact_dates,
    check_published_before_read,
    check_read,
    check_snippet_dates,
    check_source_dates,
)
from knowledge.pack.checks.facts import (
    check_periods,
    check_relations,
    check_single_values,
    check_told_apart,
    check_values,
)
from knowledge.pack.checks.ids import check_slugs, check_sources_agree, check_topic_names, check_unique
from knowledge.pack.checks.names import check_aliases, check_kinds
from knowledge.pack.checks.references import check_entities_exist, check_has_source, check_sources_exist
from knowledge.pack.checks.texts import check_asks, check_characters, check_some_text, check_text_length
from knowledge.pack.checks.urls import check_urls
from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault

Check = Callable[[Draft], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    check_slugs,
    check_unique,
    check_topic_names,
    check_sources_agree,
    check_source_dates,
    check_read,
    check_published_before_read,
    check_urls,
    check_some_text,
    check_text_length,
    check_asks,
    check_characters,
    check_has_source,
    check_sources_exist,
    check_entities_exist,
    check_snippet_dates,
    check_ends,
    check_kinds,
    check_aliases,
    check_relations,
    check_single_values,
    check_told_apart,
    check_values,
    check_periods,
    check_fact_dates,
)


def faults_in(draft: Draft) -> Iterator[Fault]:
    """What every check finds."""
    for check in CHECKS:
        yield from check(draft)
