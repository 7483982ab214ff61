"""From a statement to the sentence it reads as, in English and in Korean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
        "now": {"is": "is", "has": "has"},
        "since": {"is": "has been", "has": "has had"},
        "past": {"is": "was", "has": "had"},
    }
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence needs beside the statement: the entities it names, by id, the Korean wording of a text
    value where it differs, and whether a state is over although nobody says since when."""

    entities: Mapping[str, Entity]
    value_ko: str | None = None
    over: bool = False


def sentence(statement: Statement, telling: Telling, language: Language) -> str:
    """The statement as one sentence. Raises `KeyError` for a relation or an entity that is not known."""
    relation = RELATIONS[statement.relation]
    subject = shown(telling.entities[statement.subject], language)
    value = _value(relation, statement, telling, language)
    tense = _tense(statement, telling)
    when = _when(relation, statement, language)
    if language == "en":
        body = relation.en.format(subject=subject, value=value, **_VERBS[tense])
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


def _value(relation: Relation, statement: Statement, telling: Telling, language: Language) -> str:
    match relation.value:
        case ValueType.ENTITY:
            return shown(telling.entities[statement.value], language)
        case ValueType.DATE:
            return moment(statement.value, language)
        case ValueType.NUMBER:
            return f"{int(statement.value):,}"
        case ValueType.TEXT:
            return telling.value_ko or statement.value if language == "ko" else statement.value
