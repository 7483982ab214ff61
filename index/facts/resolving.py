"""From a question for facts to the facts that answer it, each to be told in its own line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from index.documents import Document
from index.evidence import SOMEBODY
from index.facts.asking import FOR_ITS_VALUE, PROFILE, FactQuestion
from index.facts.graph import FactGraph, statement_of
from index.facts.time import holds_in, is_over, latest_first, may_have_held_in
from index.facts.wording import Wanted
from index.relations import VALUES
from index.retriever import Part
from knowledge.facts import RELATIONS, ValueType
from knowledge.models import Entity, Language

MOST_LINES = 8
"""Facts that one answer tells; more of them would be a page."""

PROFILE_LINES = 3

_WORKS = frozenset({"album", "award", "film", "show", "song"})
"""Kinds that no date is: "which song did … debut with"."""

_TOGETHER = frozenset({"label", "member"})
"""Relations of which some alone would seem to be all: who was in a group in a year."""

_OWNING = ("parent", "part_of", "acquired_by")
"""Relations by which a company has others."""

_OFFICES = ("chief_executive", "chair")
"""What somebody is at a company: said first of who holds one."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The facts that answer a question, in the order in which they are told, and how many there are in all. With
    `meanings` the question has an answer for each of several entities of one name, and must be asked back."""

    facts: tuple[Document, ...] = ()
    count: int = 0
    meanings: tuple[str, ...] = ()


def resolve(
    asked: FactQuestion, language: Language, parts: Sequence[Part], entities: Mapping[str, Entity]
) -> Resolved | None:
    """The facts that answer a question; None where none is on file, or where what is asked for is told apart from a
    name or a time, of which facts know nothing."""
    if asked.apart:
        return None
    graph = FactGraph(parts, language)
    if len(asked.subjects) > 1:
        between = _between(asked, graph) or (_of_each(asked, graph, entities) if asked.compares else [])
        return _told(between)
    found = _by_meaning(asked.subjects[0], asked, graph, entities)
    if len(found) > 1:
        return Resolved(meanings=tuple(found))
    return _told(fact for facts in found.values() for fact in facts)


def _told(facts: Iterable[Document]) -> Resolved | None:
    once = tuple({fact.revision.id: fact for fact in facts}.values())
    return Resolved(once[:MOST_LINES], len(once)) if once else None


def _between(asked: FactQuestion, graph: FactGraph) -> list[Document]:
    """The facts in which one name is the subject and another one the value."""
    return _at(
        asked,
        [
            fact
            for ones, others in permutations(asked.subjects, 2)
            for entity in ones
            for relation in asked.relations
            for fact in graph.about(entity, relation)
            if set(others) & set(statement_of(fact).values) and _is_dated(fact, asked)
        ],
    )


def _of_each(asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]) -> list[Document]:
    """The facts about each of several names, nothing where one of them has none or has several meanings."""
    told: list[Document] = []
    for meanings in asked.subjects:
        found = _by_meaning(meanings, asked, graph, entities)
        if len(found) != 1:
            return []
        told += next(iter(found.values()))
    return told


def _by_meaning(
    meanings: Sequence[str], asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]
) -> dict[str, list[Document]]:
    """The facts for each entity of a name that has any."""
    return {entity: facts for entity in meanings if (facts := _answering(entity, asked, graph, entities))}


def _answering(entity: str, asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]) -> list[Document]:
    """The facts for one meaning: those about it, those that name it, or those about what it leads to."""
    if asked.is_profile:
        return _profile(entity, graph)
    if asked.of_group and (groups := _at(asked, graph.naming(entity, "member"))):
        is_all = asked.kinds == {"group"} and asked.implied.issuperset(asked.relations)
        return groups if is_all else _over_a_bridge(entity, asked, graph, entities)
    direct = _at(asked, [fact for relation in asked.relations for fact in graph.about(entity, relation)])
    if direct := [fact for fact in direct if _fits(fact, asked, entities)]:
        return direct
    named = [r for r in asked.relations if not asked.of_values or r not in FOR_ITS_VALUE]
    naming = [fact for relation in named for fact in graph.naming(entity, relation) if _is_dated(fact, asked)]
    if naming := [fact for fact in _at(asked, naming) if _is_kind(statement_of(fact).subject, asked, graph, entities)]:
        return naming
    return _of_subsidiaries(entity, asked, graph, entities) or _over_a_bridge(entity, asked, graph, entities)


def _of_subsidiaries(
    company: str, asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]
) -> list[Document]:
    """Who is signed to the companies that one owns: each of these, and then its artists."""
    if "label" not in asked.relations:
        return []
    told: list[Document] = []
    owning = _at(asked, [fact for relation in _OWNING for fact in graph.naming(company, relation)])
    once: dict[str, Document] = {}
    for fact in owning:
        once.setdefault(statement_of(fact).subject, fact)
    for owned in once.values():
        signed = _at(asked, graph.naming(statement_of(owned).subject, "label"))
        fitting = [fact for fact in signed if _is_kind(statement_of(fact).subject, asked, graph, entities)]
        if signed := [fact for fact in fitting if _is_dated(fact, asked)]:
            told += [owned, *signed]
    return told


def _profile(entity: str, graph: FactGraph) -> list[Document]:
    """Who or what somebody or something is: which office it holds, what it does, whose member it is, where it
    belongs."""
    held = latest_first([fact for relation in _OFFICES for fact in graph.naming(entity, relation)])
    offices = [fact for fact in held if not is_over(fact)]
    told: list[Document] = []
    for relation in PROFILE:
        ends = graph.naming(entity, relation) if relation == "member" else []
        facts = latest_first([*ends, *graph.about(entity, relation)])
        told += [fact for fact in facts if not is_over(fact)] or facts
    return [*offices, *told[:PROFILE_LINES]]


def _over_a_bridge(
    entity: str, asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]
) -> list[Document]:
    """Two steps: where the name leads, and what is asked of that, each a fact of its own."""
    for bridge in asked.bridges:
        ways = graph.naming(entity, bridge) if bridge == "member" else graph.about(entity, bridge)
        for way in _at(asked, ways):
            statement = statement_of(way)
            ends = [statement.subject] if bridge == "member" else statement.values
            for end in ends:
                relations = [r for r in asked.relations if r != bridge]
                there = _at(asked, [fact for relation in relations for fact in graph.about(end, relation)])
                if there := [fact for fact in there if _fits(fact, asked, entities)]:
                    return [way, *there]
    return []


def _fits(fact: Document, asked: FactQuestion, entities: Mapping[str, Entity]) -> bool:
    """Whether its value is of the kind that is asked for."""
    statement = statement_of(fact)
    is_entity = RELATIONS[statement.relation].value is ValueType.ENTITY
    kind = entities[statement.value].kind if is_entity and statement.value in entities else ""
    if asked.wanted is Wanted.SOMEBODY:
        return is_entity and (not statement.value or kind in VALUES.get(statement.relation, SOMEBODY | {"publisher"}))
    if asked.wanted is Wanted.ANYTHING and statement.relation in asked.implied and asked.kinds:
        return kind in asked.kinds
    if asked.wanted is Wanted.ANYTHING and not asked.kinds.isdisjoint(_WORKS):
        return is_entity
    return _is_dated(fact, asked)


def _is_dated(fact: Document, asked: FactQuestion) -> bool:
    """Whether it says when, if that is asked for, and in which month, if that is."""
    statement = statement_of(fact)
    is_date = RELATIONS[statement.relation].value is ValueType.DATE
    date = statement.value if is_date else statement.since or ""
    if asked.by_month and (is_date or asked.wanted is Wanted.DATE):
        return len(date) > len("2022")
    return asked.wanted is not Wanted.DATE or date != ""


def _is_kind(entity: str, asked: FactQuestion, graph: FactGraph, entities: Mapping[str, Entity]) -> bool:
    """Whether an entity is what is asked for: a company, a group, a girl group."""
    if asked.role and not any(statement_of(f).value.endswith(asked.role) for f in graph.about(entity, "role")):
        return False
    return not asked.kinds or (entity in entities and entities[entity].kind in asked.kinds)


def _at(asked: FactQuestion, facts: Sequence[Document]) -> list[Document]:
    """The facts of the time that is asked for: a named year, what is over, or what holds; where no time is named, what
    holds, or all where nothing does any more."""
    ordered = latest_first(facts)
    if asked.year:
        unknown = _unknown(facts, asked.year)
        return [fact for fact in ordered if holds_in(fact, asked.year) and statement_of(fact).relation not in unknown]
    if asked.past:
        return [fact for fact in ordered if is_over(fact)]
    holding = [fact for fact in ordered if not is_over(fact)]
    return holding if holding or asked.present else ordered


def _unknown(facts: Sequence[Document], year: str) -> frozenset[str]:
    """Relations whose facts are told together, all or none, of which one may have held in a year or not."""
    return frozenset(
        relation
        for fact in facts
        if (relation := statement_of(fact).relation) in _TOGETHER and may_have_held_in(fact, year)
    )
