"""Rules that an entry is excused from, each with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.fault import Fault
from knowledge.pack.shape import suggestion

WAIVABLE = ("bilingual", "numbers", "names", "wording", "asks", "near_duplicate")
SHORTEST_REASON = 10
"""Characters: room for a reason, and not for "ok"."""


def waived(snippet: FiledSnippet, rule: str) -> bool:
    """Whether the snippet is excused from a rule."""
    return rule in snippet.entry.waive


def check_waivers(draft: Draft) -> Iterator[Fault]:
    """A waiver names a rule that can be waived, and says why."""
    for snippet in draft.snippets:
        for rule, reason in snippet.entry.waive.items():
            if rule not in WAIVABLE:
                yield snippet.fault(f"waive.{rule}", f"is no rule. {suggestion(rule, WAIVABLE)}")
            elif len(reason) < SHORTEST_REASON:
                yield snippet.fault(f"waive.{rule}", "gives no reason. Say why the rule does not fit here.")
