"""Which words of the glossary facts and entities speak of, beyond those in their sentences, and who a fact may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RELATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acquired_by": ("acquire", "own"),
        "affiliation": ("affiliated", "job"),
        "ambassador": ("brand-ambassador",),
        "award_won": ("award",),
        "broadcaster": ("broadcaster",),
        "chair": ("chairman", "run-company"),
        "chief_executive": ("ceo", "represent", "run-company"),
        "collaboration": ("collaborate",),
        "composer": ("composer",),
        "debut_date": ("debut", "debut-date"),
        "debut_work": ("debut", "debut-song", "debut-album"),
        "disbanded": ("disband",),
        "ended": ("end",),
        "fandom": ("fandom", "fandom-name"),
        "featured_artist": ("featuring", "collaborate"),
        "first_held": ("first-held",),
        "formed_through": ("form", "survival-show"),
        "founded": ("found",),
        "founder": ("founder", "found"),
        "from_work": ("soundtrack",),
        "generation": ("generation",),
        "label": ("label", "agency", "affiliated"),
        "launched": ("launch", "release"),
        "leader": ("leader",),
        "listed_on": ("listing", "stock"),
        "lyricist": ("lyricist",),
        "meaning": ("meaning",),
        "member": ("member", "lineup"),
        "member_count": ("member", "lineup"),
        "operator": ("run-company",),
        "organizer": ("organizer",),
        "parent": ("own", "subsidiary", "affiliated"),
        "part_of": ("subsidiary", "label", "affiliated"),
        "partner": ("partnership",),
        "performer": ("sing", "singer", "performance"),
        "premiere_date": ("premiere",),
        "producer": ("producer",),
        "renamed_from": ("former-name",),
        "role": ("job",),
        "subgroup_of": ("subunit",),
        "took_effect": ("law",),
    }
)
"""By relation of `knowledge.facts`: a question for any of these glossary entries is one for that relation."""

_PEOPLE = frozenset(("person", "soloist"))
_BODIES = frozenset(("company", "label", "organization", "broadcaster", "publisher", "school"))

VALUES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "affiliation": _BODIES | {"group"},
        "based_in": frozenset({"place"}),
        "broadcaster": _BODIES | {"platform"},
        "chair": _PEOPLE,
        "chief_executive": _PEOPLE,
        "founder": _PEOPLE | _BODIES,
        "label": _BODIES,
        "leader": _PEOPLE,
        "listed_on": frozenset({"organization"}),
        "member": _PEOPLE | {"group"},
        "operator": _BODIES,
        "organizer": _BODIES | {"platform"},
        "parent": _BODIES | _PEOPLE,
        "part_of": _BODIES,
    }
)
"""By relation: the kinds of what answers it. Those of the others are open."""

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "album": ("album",),
        "award": ("award",),
        "chart": ("chart",),
        "company": ("company",),
        "film": ("movie",),
        "group": ("group",),
        "label": ("label",),
        "platform": ("platform", "streaming-platform"),
        "school": ("university", "school"),
        "show": ("tv-show",),
        "soloist": ("singer",),
        "song": ("song",),
    }
)
"""By kind of entity: a question for "which university" is for a text about an entity of that kind."""


def senses_of(relation: str) -> tuple[str, ...]:
    """The ids of glossary entries that a relation answers to."""
    return RELATIONS.get(relation, ())


def senses_of_kind(kind: str) -> tuple[str, ...]:
    """The ids of glossary entries that say what kind of thing an entity is."""
    return KINDS.get(kind, ())
