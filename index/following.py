"""A question that goes on from the one before: "and who produced it?", 그럼 걔네 소속사는 어디야?

What it leaves open is filled in with a name that the question and the answer before it were about, and "and
NewJeans?" asks the question before again of somebody else, so that the rest of the pipeline reads a question like any
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.gaps import FIRMS, PERSONS, filled, gaps_in, names_nobody, put_before
from index.query import Query
from knowledge.kinds import COMMON_KINDS
from knowledge.models import Entity, Language

_SAME_QUESTIONS = (PERSONS | {"group"}, FIRMS, frozenset({"song", "album"}), frozenset({"film", "show"}))

_BEGINNING = re.compile(r"^(?:(?:and|also|so|then|ok|okay)\b|그리고|그럼|그러면|그런데|근데)[\s,]*", re.IGNORECASE)
_ANOTHER = re.compile(
    r"^(?:and|what about|how about|then|그럼|그러면|그리고)\b|(?:은|는|은요|는요)\s*\?*$", re.IGNORECASE
)
"""What shows that a bare name stands in for that of the question before."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was understood, and the ids of the entities that it and its answer were about, its own first."""

    question: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The question with the name filled in, and the entity that is meant by it."""

    text: str
    entity: str


def points_back(query: Query, entities: Mapping[str, Entity]) -> bool:
    """Whether a question is about somebody or something that it does not name: "who runs that company", 걔 누구야."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        return False
    return names_nobody(query.text, query.language)


def go_on(
    query: Query, before: Exchange, entities: Mapping[str, Entity], reread: Callable[[str, str | None], Query]
) -> Followed | None:
    """What a question asks that goes on from `before`; None where it stands by itself. `reread` understands a text."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        return ask_of_another(query, reread(before.question, None), entities) if _is_bare_name(query) else None
    return follow(query.text, query.language, [entities[e] for e in before.about if _is_named([e], entities)])


def follow(question: str, language: Language, about: Sequence[Entity]) -> Followed | None:
    """The question with its gap filled by the first of `about` that fits; None where there is no gap, or nothing to
    fill it with. `question` is cleaned and names nobody; `about` are the entities of the exchange before."""
    begun = _BEGINNING.match(question)
    rest = question[begun.end() :] if begun else question
    gaps = gaps_in(rest, language)
    for gap in gaps:
        if entity := next(filter(gap.fits, about), None):
            return Followed(filled(rest, gap, entity, language), entity.id)
    if begun and rest and about and not gaps:
        return Followed(f"{about[0].name_in(language)}: {rest}", about[0].id)
    return None


def ask_of_another(query: Query, before: Query, entities: Mapping[str, Entity]) -> Followed | None:
    """The question `before`, asked of the one name that `query` consists of; None where it asked of nothing alike."""
    other = entities[query.mentions[0].entities[0]]
    text = before.text if len(before.text) == len(before.normalised) else before.normalised
    for mention in before.mentions:
        if _alike(entities[mention.entities[0]], other) and other.id not in mention.entities:
            rest = put_before(text[mention.end :], other.name_in(before.language))
            return Followed(text[: mention.start] + rest, other.id)
    return None


def _is_bare_name(query: Query) -> bool:
    """Whether a question is a name and what shows that it stands in for another: "and NewJeans?"."""
    return len(query.mentions) == 1 and all(g.entities for g in query.groups) and bool(_ANOTHER.search(query.text))


def _is_named(ids: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    """Whether any of them is somebody or something by name, not a word of the language such as "debut"."""
    return any(id in entities and entities[id].kind not in COMMON_KINDS for id in ids)


def _alike(one: Entity, other: Entity) -> bool:
    """Whether the same can be asked of both."""
    return one.kind == other.kind or any({one.kind, other.kind} <= kinds for kinds in _SAME_QUESTIONS)
