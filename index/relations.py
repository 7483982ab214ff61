"""Which words of the glossary a structured fact speaks of, beyond those in its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acquired_by": ("acquire", "own"),
        "affiliation": ("affiliated", "job"),
        "chief_executive": ("ceo",),
        "collaboration": ("collaborate",),
        "composer": ("composer",),
        "debut_date": ("debut",),
        "fandom": ("fandom", "fandom-name"),
        "featured_artist": ("featuring", "collaborate"),
        "formed_through": ("form",),
        "founded": ("found",),
        "founder": ("founder", "found"),
        "from_work": ("soundtrack",),
        "label": ("label", "agency"),
        "lyricist": ("lyricist",),
        "member": ("member", "lineup"),
        "member_count": ("member", "lineup"),
        "parent": ("own",),
        "performer": ("perform", "singer"),
        "producer": ("producer",),
        "role": ("job",),
    }
)
"""By relation of `knowledge.facts`: a question for any of these glossary entries is one for that relation."""


def senses_of(relation: str) -> tuple[str, ...]:
    """The ids of glossary entries that a relation answers to."""
    return SENSES.get(relation, ())
