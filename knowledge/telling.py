"""From a statement to the sentence it reads as, in English and in Korean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from knowledge.dates import moment, period
from knowledge.facts import RELATIONS, Relation, ValueType
from knowledge.kinds import shown
from knowledge.korean import Word
from knowledge.models import Entity, Kind, Language, Statement

Tense = Literal["now", "since", "past"]

_VERBS: Mapping[Tense, Mapping[str, str]] = MappingProxyType(
    {
        "now": {"is": "is", "are": "are", "has": "has"},
        "since": {"is": "has been", "are": "have been", "has": "has had"},
        "past": {"is": "was", "are": "were", "has": "had"},
    }
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence needs beside the statement: the entities it names, by id, the Korean wording of those text
    values that have one, and whether a state is over although nobody says since when."""

    entities: Mapping[str, Entity]
    korean: Mapping[str, str] = field(default_factory=dict)
    over: bool = False


def sentence(statement: Statement, telling: Telling, language: Language) -> str:
    """The statement as one sentence. Raises `KeyError` for a relation or an entity that is not known."""
    relation = RELATIONS[statement.relation]
    subject = shown(telling.entities[statement.subject], language)
    value = _joined([_value(relation, v, telling, language) for v in statement.values], relation, language)
    tense = _tense(statement, telling)
    when = _when(relation, statement, language)
    if language == "en":
        template = relation.several if statement.others and relation.several else relation.en
        body = template.format(subject=subject, value=value, **_VERBS[tense])
        text = f"{body} {when}" if when else body
        return text if text.endswith(".") else f"{text}."
    template = relation.ko_past if tense == "past" else relation.ko
    return template.format(subject=Word(subject), value=Word(value), when=when and f"{when} ") + "."


def _tense(statement: Statement, telling: Telling) -> Tense:
    if statement.until or telling.over:
        return "past"
    return "since" if statement.since else "now"


def _when(relation: Relation, statement: Statement, language: Language) -> str:
    if relation.kind is Kind.STATE:
        return period(statement.since, statement.until, language)
    return moment(statement.since, language) if statement.since else ""


def _value(relation: Relation, value: str, telling: Telling, language: Language) -> str:
    match relation.value:
        case ValueType.ENTITY:
            return shown(telling.entities[value], language)
        case ValueType.DATE:
            return moment(value, language)
        case ValueType.NUMBER:
            return f"{int(value):,}"
        case ValueType.TEXT:
            return telling.korean.get(value, value) if language == "ko" else value


def _joined(values: Sequence[str], relation: Relation, language: Language) -> str:
    """`A`, `A and B`, `A, B and C`; `A와 B`, `A, B, C`: as the corpus writes lists."""
    *others, last = values
    if not others:
        return last
    if language == "en":
        return f"{', '.join(others)} and {last}"
    return ", ".join(values) if len(others) > 1 else f"{Word(others[0]):{relation.joint}} {last}"
