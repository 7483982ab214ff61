"""What a question asks of structured facts: which relations, from which end, at which time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from index.demands.advice import asks_advice
from index.documents import entity_term
from index.entities import Mention
from index.query import Query
from index.relations import KINDS, RELATIONS
from index.senses import sense_term
from knowledge.facts import RELATIONS as VOCABULARY
from knowledge.facts import ValueType
from knowledge.kinds import COMMON_KINDS
from knowledge.models import Entity


class Wanted(StrEnum):
    """The kind of thing that a question wants to hear."""

    SOMEBODY = "somebody"
    DATE = "date"
    NUMBER = "number"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """`subjects` are the names that are asked about, each with the entities it may mean; `relations` what is asked of
    them; `bridges` relations over which to go first ("the company behind …"); `kinds` the kinds of what is asked for;
    `year` a year that is named; `past` and `present` say that what is over, or what holds, is asked for;
    `compares` that the same is asked of each of several names, `is_profile` that it is asked who or what one is;
    `role` is what those asked for must be ("girl group")."""

    subjects: tuple[tuple[str, ...], ...]
    relations: tuple[str, ...]
    bridges: tuple[str, ...]
    kinds: frozenset[str]
    wanted: Wanted
    year: str | None = None
    past: bool = False
    present: bool = False
    compares: bool = False
    is_profile: bool = False
    role: str = ""

    @property
    def entities(self) -> frozenset[str]:
        """Every entity that is asked about."""
        return frozenset(entity for meanings in self.subjects for entity in meanings)

    @property
    def terms(self) -> frozenset[str]:
        """Index terms one of which a text holds that speaks of what is asked."""
        return frozenset(sense_term(sense) for relation in self.relations for sense in RELATIONS.get(relation, ()))


FOR_ITS_VALUE = frozenset(("acquired_by", "chair", "chief_executive", "founder", "operator", "organizer"))
"""Relations of which "who" asks for the value alone: "who founded SM" is not answered by what SM founded."""

PROFILE = ("role", "meaning", "member", "affiliation", "operator", "founder", "label", "subgroup_of")
"""What says who or what somebody or something is, the most telling first."""

BRIDGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "agency": ("label",),
        "label": ("label",),
        "company": ("label", "parent"),
        "group": ("member",),
        "singer": ("performer",),
        "sing": ("performer",),
    }
)
"""By glossary entry: the relation that leads from a name to what the question is really about."""

IMPLIED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "group": ("label", "member"),
        "girl-group": ("label", "member"),
        "boy-group": ("label", "member"),
        "artist": ("label",),
        "company": ("label", "affiliation", "parent"),
        "singer": ("label", "performer"),
        "idol": ("label",),
        "subsidiary": ("parent", "part_of"),
        "label": ("part_of", "parent"),
    }
)
"""By glossary entry: relations in whose facts the name may be the value ("which groups are under …")."""

DEFINED_KINDS = frozenset({"term", "genre"})
"""What is asked about by itself only for what it means."""

_ROLES: Mapping[str, str] = MappingProxyType({"girl-group": "girl group", "boy-group": "boy group"})
_WEAK = frozenset({*BRIDGES, "affiliated"})
"""What asks only where no other word does: "which generation does … belong to"."""

PAST = frozenset({"former", "leave", "previous", "past"})
_PRESENT = frozenset({"current", "nowadays", "now", "present", "still"})
_NEUTRAL = frozenset(
    {"list", "name", "year", "everyone", "together", "official", "k-pop", "korea", "person", "work", "belong"}
)
_LINKING = frozenset({"behind", "under", "within", "insid", "call", "belong", "sign", "manag", "alongsid"})
"""Stems of words that only link a name to what is asked; not what is asked."""

_COMPARING = frozenset({"~first", "first", "earlier", "later", "older", "먼저", "중", "더"})
_SOMEBODY = re.compile(r"\bwho(?:m|se)?\b|(?:^|\s)(?:누구|누가|누군)")
_DATE = re.compile(r"\bwhen\b|\bwhat (?:date|day|year|month)\b|\bwhich year\b|언제|연도|몇 ?년|몇 ?월|며칠")
_NUMBER = re.compile(r"\bhow many\b|몇 ?명|몇 ?개|몇 ?팀|멤버 ?수")
_PROFILE = re.compile(
    r"^(?:who|what) (?:exactly )?(?:is|are|was|were)\b|^(?:who|what)'?s\b|누구|뭐야|뭔가요|무엇|뭐예요|뭐지"
)
_INSIDE = re.compile(r"\bwho(?:'s| is| are| was| were) (?:all )?in\b")
_BEFORE = re.compile(r"\b(?:called|known as|named) before\b")
"""Stop words that together ask for a former name."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNT = re.compile(r"\d\d?")
"""How many there are said to be: "the three members"."""

_COMPARES = re.compile(r"\b(?:and|or|vs|versus|both)\b|[,&]|[와과]\s|(?:이?랑|하고)\s|중에?\s")
_NOW = re.compile(r"\b(?:now|current(?:ly)?|today|these days|at present)\b|지금|현재|요즘")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a question says beside its names: glossary entries, a year, and whether it says nothing else at all."""

    senses: tuple[str, ...]
    year: str | None
    is_bare: bool


def fact_question(query: Query, entities: Mapping[str, Entity]) -> FactQuestion | None:
    """What a question asks of the facts; None where any of its words is neither a name nor part of a relation, and
    where it states something itself, asks for the future or for advice."""
    if query.supposes or query.demands.future or asks_advice(query.normalised):
        return None
    named = [m for m in query.mentions if not _are(COMMON_KINDS, m, entities)] or query.perhaps
    subjects = tuple(m.entities for m in named or query.mentions if named or _are(DEFINED_KINDS, m, entities))
    compares = len(subjects) > 1 and _COMPARES.search(query.normalised) is not None
    said = _said(query, subjects, compares, entities)
    if not subjects or said is None:
        return None
    inside = _INSIDE.search(query.normalised) is not None
    profile = (
        _PROFILE.search(query.normalised) is not None if said.is_bare else not named and said.senses == ("meaning",)
    )
    if profile and not inside and len(subjects) == 1:
        return FactQuestion(subjects, PROFILE, (), frozenset(), Wanted.ANYTHING, is_profile=True)
    senses, wanted = said.senses, Wanted.ANYTHING if compares else _wanted(query.normalised)
    relations = ("member",) if inside and not senses else _relations(senses, wanted)
    if not named or not all(map(_explains, senses)) or not (relations or any(s in IMPLIED for s in senses)):
        return None
    return FactQuestion(
        subjects=subjects,
        relations=relations,
        bridges=tuple(dict.fromkeys(b for s in senses for b in BRIDGES.get(s, ()))),
        kinds=_kinds(senses),
        wanted=wanted,
        year=said.year,
        past=not PAST.isdisjoint(senses),
        compares=compares,
        role=next((_ROLES[sense] for sense in senses if sense in _ROLES), ""),
        present=not _PRESENT.isdisjoint(senses) or _NOW.search(query.normalised) is not None,
    )


def _said(
    query: Query, subjects: Sequence[tuple[str, ...]], compares: bool, entities: Mapping[str, Entity]
) -> _Said | None:
    """What stands beside the `subjects`; None where a word of it is not understood."""
    names = {entity_term(entity) for meanings in subjects for entity in meanings}
    senses, year, is_bare = [], None, True
    if _BEFORE.search(query.normalised):
        senses, is_bare = ["former-name"], False
    for group in query.groups:
        if not names.isdisjoint(group.terms) or (compares and not _COMPARING.isdisjoint(group.terms)):
            continue
        if any(entities[entity].kind == "term" for entity in group.entities):
            return None  # something of the field that is asked about: "the photocards of …"
        if group.entities or group.weight < 1:  # a place or genre in passing, a Korean ending
            continue
        is_bare = False
        if _COUNT.fullmatch(group.terms[0]):
            continue
        if group.sense:
            senses.append(group.sense)
        elif _YEAR.fullmatch(group.terms[0]):
            year = group.terms[0]
        elif group.terms[0] not in _LINKING:
            return None
    return _Said(tuple(senses), year, is_bare)


def _relations(senses: Sequence[str], wanted: Wanted) -> tuple[str, ...]:
    """The relations that the words of a question stand for and whose values are of the wanted kind. Words that may lead
    to something else ("the agency of …") count only where no other word asks."""
    asking = set(senses) - _WEAK or set(senses)
    named = [r for r, answers in RELATIONS.items() if set(answers) & asking]
    if not named:
        named = [r for r, answers in RELATIONS.items() if set(answers) & set(senses)]
        named += [r for s in senses for r in IMPLIED.get(s, ())]
    return tuple(r for r in dict.fromkeys(named) if gives(r, wanted))


def gives(relation: str, wanted: Wanted, exactly: bool = False) -> bool:
    """Whether the values of a relation are of the wanted kind; where not `exactly`, its time may be, too."""
    value = VOCABULARY[relation].value
    match wanted:
        case Wanted.DATE:
            return value is ValueType.DATE or (value is ValueType.ENTITY and not exactly)  # of an entity: since when
        case Wanted.NUMBER:
            return value in (ValueType.NUMBER, ValueType.ENTITY)
        case Wanted.SOMEBODY:
            return value is ValueType.ENTITY
        case Wanted.ANYTHING:
            return value is not ValueType.NUMBER  # "the members of" are not how many they are


def _wanted(normalised: str) -> Wanted:
    if _NUMBER.search(normalised):
        return Wanted.NUMBER
    if _DATE.search(normalised):
        return Wanted.DATE
    return Wanted.SOMEBODY if _SOMEBODY.search(normalised) else Wanted.ANYTHING


def _explains(sense: str) -> bool:
    """Whether a glossary entry is part of how relations, kinds or times are asked for."""
    tables = (BRIDGES, IMPLIED, PAST, _PRESENT, _NEUTRAL, *RELATIONS.values(), *KINDS.values())
    return any(sense in table for table in tables)


def _kinds(senses: Sequence[str]) -> frozenset[str]:
    named = {kind for kind, answers in KINDS.items() if set(answers) & set(senses)}
    if {"girl-group", "boy-group", "new-group"} & set(senses):
        named.add("group")
    return frozenset(named | ({"company", "label"} if {"company", "label"} & named else set()))


def _are(kinds: AbstractSet[str], mention: Mention, entities: Mapping[str, Entity]) -> bool:
    return all(entities[id].kind in kinds for id in mention.entities)
