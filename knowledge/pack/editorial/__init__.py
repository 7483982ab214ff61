"""What a curator's texts must keep before they are published: rules of language and provenance, one function each.

`knowledge.pack.checks` guards what the program needs to load a pack; these guard what a reader may expect of it, and
are run by `hallyu corpus check` alone. An entry may waive a rule with a reason: `waive: {numbers: "…"}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.pack.draft import Draft
from knowledge.pack.editorial.agreement import check_bilingual, check_numbers_agree
from knowledge.pack.editorial.asks import (
    check_asks_are_no_near_misses,
    check_asks_in_both_languages,
    check_asks_told_apart,
)
from knowledge.pack.editorial.provenance import check_one_publisher_per_host
from knowledge.pack.editorial.waivers import check_waivers
from knowledge.pack.editorial.wording import check_pronouns, check_relative_time, check_sentences
from knowledge.pack.fault import Fault

Rule = Callable[[Draft], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    check_bilingual,
    check_numbers_agree,
    check_sentences,
    check_pronouns,
    check_relative_time,
    check_asks_in_both_languages,
    check_asks_told_apart,
    check_asks_are_no_near_misses,
    check_one_publisher_per_host,
    check_waivers,
)


def remarks_on(draft: Draft) -> Iterator[Fault]:
    """What every rule finds in a draft without faults."""
    for rule in RULES:
        yield from rule(draft)
