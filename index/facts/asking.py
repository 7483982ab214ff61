"""What a question asks of structured facts: which relations, from which end, at which time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from index.demands.advice import asks_advice
from index.documents import entity_term
from index.entities import Mention
from index.evidence import OF_THE_DOMAIN
from index.facts.wording import (
    Wanted,
    asks_former_name,
    asks_profile,
    asks_what_it_does,
    asks_who_does_it,
    asks_who_is_in,
    compares_names,
    is_of_group,
    speaks_of_before,
    speaks_of_now,
    tells_apart,
    wanted_by,
    wants_date,
    wants_month,
    without_names,
)
from index.query import Query
from index.relations import KINDS, RELATIONS
from index.senses import sense_term
from knowledge.facts import RELATIONS as VOCABULARY
from knowledge.facts import ValueType
from knowledge.kinds import COMMON_KINDS
from knowledge.models import Entity


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """`subjects` are the names that are asked about, each with the entities it may mean; `relations` what is asked of
    them; `bridges` relations over which to go first ("the company behind …"); `kinds` the kinds of what is asked for;
    `year` a year that is named; `past` and `present` say that what is over, or what holds, is asked for;
    `compares` that the same is asked of each of several names, `is_profile` that it is asked who or what one is;
    `role` is what those asked for must be ("girl group"). `implied` are those relations that no word stands for, but
    the kind of what is asked for. `of_values` says that of the relations `FOR_ITS_VALUE` the value is asked for,
    `by_month` that a year is not enough of a date, `of_group` that somebody's group is asked about, not somebody ("the
    agency of Jennie's group"), `apart` that those asked for are told from a name or a time, which facts cannot
    ("before", "besides")."""

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
    implied: frozenset[str] = frozenset()
    of_values: bool = False
    by_month: bool = False
    of_group: bool = False
    apart: bool = False

    @property
    def entities(self) -> frozenset[str]:
        """Every entity that is asked about."""
        return frozenset(entity for meanings in self.subjects for entity in meanings)

    @property
    def terms(self) -> frozenset[str]:
        """Index terms one of which a text holds that speaks of what is asked."""
        return frozenset(sense_term(sense) for relation in self.relations for sense in RELATIONS.get(relation, ()))


FOR_ITS_VALUE = frozenset(("acquired_by", "chair", "chief_executive", "founder", "operator", "organizer", "parent"))
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

_CLEAR = frozenset({"agency", "label"})
"""Those of them that are words for one relation all the same."""

PAST = frozenset({"former", "leave", "previous", "past"})
_PRESENT = frozenset({"current", "nowadays", "now", "present", "still"})
_NEUTRAL = frozenset(
    {"list", "name", "year", "everyone", "together", "official", "k-pop", "korea", "person", "work", "belong"}
)
_LINKING = frozenset(
    {"behind", "under", "within", "insid", "call", "belong", "sign", "manag", "alongsid", "work", "the", "date", "년"}
)
"""Stems of words that only link a name to what is asked; not what is asked."""

_COMPARING = frozenset({"~first", "~came-first", "~compare", "first", "earlier", "later", "older", "먼저", "중", "더"})
_TERMS: Mapping[str, str] = MappingProxyType({"debut": "debut", "idol": "idol", "sub-unit": "subunit"})
"""Terms that are words for a relation, too, by their id the glossary's entry."""

_YEAR = re.compile(r"((?:19|20)\d\d)년?")
_COUNT = re.compile(r"\d\d?")
"""How many there are said to be: "the three members"."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a question says beside its names: glossary entries, a year, whether it says nothing else at all, and
    whether it speaks of another country than Korea."""

    senses: tuple[str, ...]
    year: str | None
    is_bare: bool
    elsewhere: bool


def fact_question(query: Query, entities: Mapping[str, Entity]) -> FactQuestion | None:
    """What a question asks of the facts; None where any of its words is neither a name nor part of a relation, and
    where it states something itself, asks for the future, a year to come too, or for advice."""
    if query.supposes or query.demands.future or asks_advice(query.normalised):
        return None
    named = [m for m in query.mentions if not _are(COMMON_KINDS, m, entities)] or query.perhaps
    subjects = tuple(m.entities for m in named or query.mentions if named or _are(DEFINED_KINDS, m, entities))
    text, beside = query.normalised, without_names(query)
    compares = len(subjects) > 1 and compares_names(text)
    said = _said(query, subjects, compares, entities)
    if not subjects or said is None or (said.year and int(said.year) > datetime.now(UTC).year):
        return None
    inside = asks_who_is_in(text)
    profile = asks_profile(text) if said.is_bare else not named and said.senses == ("meaning",)
    if profile and not inside and len(subjects) == 1:
        return FactQuestion(subjects, PROFILE, (), frozenset(), Wanted.ANYTHING, is_profile=True)
    senses, wanted = said.senses, Wanted.ANYTHING if compares else wanted_by(text)
    if "debut" in senses and (said.elsewhere or not (compares or wants_date(text))):
        return None  # where, how, with what: "debut" alone is for the date
    relations = ("member",) if inside and not senses else _relations(senses, wanted)
    if not named or not all(map(_explains, senses)) or not (relations or any(s in IMPLIED for s in senses)):
        return None
    says_name = "former-name" in senses  # whose words are those of a time, too
    formerly = not says_name and speaks_of_before(beside, len(subjects))
    return FactQuestion(
        subjects=subjects,
        relations=relations,
        bridges=tuple(dict.fromkeys(b for s in senses for b in BRIDGES.get(s, ()))),
        kinds=_kinds(senses),
        wanted=wanted,
        year=said.year,
        past=formerly or not PAST.isdisjoint(senses),
        compares=compares,
        role=next((_ROLES[sense] for sense in senses if sense in _ROLES), ""),
        present=not _PRESENT.isdisjoint(senses) or speaks_of_now(text),
        implied=frozenset(r for r in relations if not set(RELATIONS.get(r, ())) & (set(senses) - (_WEAK - _CLEAR))),
        of_values="subsidiary" not in senses and not asks_what_it_does(beside) and _is_done_to(named, text, wanted),
        by_month=wants_month(text),
        of_group=is_of_group(text),
        apart=not says_name and not (formerly and len(subjects) == 1) and tells_apart(beside),
    )


def _is_done_to(named: Sequence[Mention], text: str, wanted: Wanted) -> bool:
    """Whether something is done to the name, and who does it is asked for."""
    asked = wanted is Wanted.SOMEBODY or asks_who_does_it(text)
    return asked or any(text.startswith(("을 ", "를 "), mention.end) for mention in named)


def _said(
    query: Query, subjects: Sequence[tuple[str, ...]], compares: bool, entities: Mapping[str, Entity]
) -> _Said | None:
    """What stands beside the `subjects`; None where a word of it is not understood."""
    names = {entity_term(entity) for meanings in subjects for entity in meanings}
    senses, year, is_bare, elsewhere = [], None, True, False
    if asks_former_name(query.normalised):
        senses, is_bare = ["former-name"], False
    for group in query.groups:
        if not names.isdisjoint(group.terms) or (compares and not _COMPARING.isdisjoint(group.terms)):
            continue
        term = next((entity for entity in group.entities if entities[entity].kind == "term"), None)
        if term and term not in _TERMS:
            return None  # something of the field that is asked about: "the photocards of …"
        if term:
            senses, is_bare = [*senses, _TERMS[term]], False
            continue
        if group.entities or group.weight < 1:  # a place or genre in passing, a Korean ending
            elsewhere |= any(entities[e].kind == "place" and e not in OF_THE_DOMAIN for e in group.entities)
            continue
        is_bare = False
        if _COUNT.fullmatch(group.terms[0]):
            continue
        if group.sense:
            senses.append(group.sense)
        elif named_year := _YEAR.fullmatch(group.terms[0]):
            year = named_year[1]
        elif group.terms[0] not in _LINKING:
            return None
    return _Said(tuple(senses), year, is_bare, elsewhere)


def _relations(senses: Sequence[str], wanted: Wanted) -> tuple[str, ...]:
    """The relations that the words of a question stand for and whose values are of the wanted kind. Words that may lead
    to something else ("the agency of …") count only where no other word asks."""
    clear = set(senses) - _WEAK
    named = [r for r, answers in RELATIONS.items() if set(answers) & clear]
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
