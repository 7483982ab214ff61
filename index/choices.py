"""The meanings of a shared name to choose from, each with what tells it from the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.facts.graph import FactGraph, statement_of
from index.facts.time import latest_first
from index.results import Choice
from knowledge.kinds import kind_in
from knowledge.models import Entity, Language


def labelled(
    meanings: Sequence[Entity], language: Language, graph: FactGraph, entities: Mapping[str, Entity]
) -> tuple[Choice, ...]:
    """Choices whose labels all differ: by name, and beside it, where several have that name, the first that tells these
    apart of kind, group or performer, name in the other language, and id."""
    other: Language = "en" if language == "ko" else "ko"

    def kind(entity: Entity) -> str:
        return kind_in(entity.kind, language)

    def whose(entity: Entity) -> str:
        whole = _belongs_to(entity.id, graph)
        return entities[whole].name_in(language) if whole in entities else kind(entity)

    details = (kind, whose, lambda entity: entity.name_in(other), lambda entity: entity.id)
    return tuple(Choice(_label(entity, meanings, language, details), entity.id) for entity in meanings)


def _label(
    entity: Entity, meanings: Sequence[Entity], language: Language, details: Sequence[Callable[[Entity], str]]
) -> str:
    name = entity.name_in(language)
    namesakes = [each for each in meanings if each.name_in(language).casefold() == name.casefold()]
    if len(namesakes) == 1:
        return name
    telling = next(d for d in details if len({d(each).casefold() for each in namesakes}) == len(namesakes))
    return f"{name} ({telling(entity)})"


def _belongs_to(entity: str, graph: FactGraph) -> str:
    """The group that somebody is a member of, or was last, or who performs a song; empty where none is on file."""
    if groups := latest_first(graph.naming(entity, "member")):
        return statement_of(groups[0]).subject
    performed = graph.about(entity, "performer")
    return statement_of(performed[0]).value if performed else ""
