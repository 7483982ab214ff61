"""Facts: they keep to the vocabulary of `knowledge.facts`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dates import is_after, is_date
from knowledge.facts import RELATIONS, ValueType
from knowledge.models import Kind
from knowledge.pack.draft import Draft, FiledFact
from knowledge.pack.fault import Fault
from knowledge.pack.joining import value_slug
from knowledge.pack.shape import suggestion

_HANGUL = re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]")
_NUMBER = re.compile(r"[0-9]{1,15}")


def check_relations(draft: Draft) -> Iterator[Fault]:
    """Every relation is in the vocabulary, and says something."""
    for entity in draft.entities:
        for relation, entries in entity.entry.facts.items():
            if relation not in RELATIONS:
                yield entity.fault(f"facts.{relation}", f"is no relation. {suggestion(relation, RELATIONS)}")
            elif not entries:
                yield entity.fault(f"facts.{relation}", "holds no value. Add one, or remove the line.")


def check_single_values(draft: Draft) -> Iterator[Fault]:
    """What can only be once, such as a date of birth, is given once."""
    for fact in draft.facts:
        if fact.position and fact.vocabulary and not fact.vocabulary.many:
            yield fact.fault("", "is a second value of something that has one. Keep the right one.")


def check_told_apart(draft: Draft) -> Iterator[Fault]:
    """The same value twice is two spells of it, told apart by their beginnings."""
    seen: set[tuple[str, str, str, str | None]] = set()
    for fact in draft.facts:
        subject, value = fact.owner.entry.id, fact.entry.value.en
        key = (subject, fact.relation, value_slug(value), fact.entry.since)
        spells = [other for other in seen if other[:3] == key[:3]]
        if spells and (key in seen or fact.entry.since is None):
            yield fact.fault("from", f"does not tell this {value} from the one before. Add when it began.")
        seen.add(key)


def check_values(draft: Draft) -> Iterator[Fault]:
    """The value of a fact is of its relation's type; only a text is worded per language."""
    known = draft.entity.keys() | draft.doubtful
    for fact in draft.facts:
        complaint = _value_fault(fact, known)
        if complaint:
            yield fact.fault("value", complaint)


def _value_fault(fact: FiledFact, known: frozenset[str] | set[str]) -> str | None:
    if fact.vocabulary is None:
        return None
    value, wanted = fact.entry.value, fact.vocabulary.value
    if wanted is ValueType.TEXT:
        return _text_fault(value.en, value.ko)
    if value.ko is not None:
        return "has a wording per language, which only a text has. Write the value alone."
    if wanted is ValueType.NUMBER:
        return None if _NUMBER.fullmatch(value.en) else f"{value.en!r} is no number. Write digits alone."
    if wanted is not ValueType.ENTITY:
        return None
    if value.en == fact.owner.entry.id:
        return "is the entity itself. Name the other one."
    if value.en not in known:
        return f"names {value.en}, which no file in entities/ declares. {suggestion(value.en, known)}"
    return None


def _text_fault(en: str, ko: str | None) -> str | None:
    if not en or ko == "":
        return "is empty. Write it."
    if _HANGUL.search(en):
        return "has Hangul in its English wording. Write {en: …, ko: …}."
    return None


def check_periods(draft: Draft) -> Iterator[Fault]:
    """A state begins before it ends; an event has no end."""
    for fact in draft.facts:
        since, until = fact.entry.since, fact.entry.until
        if until is None or fact.vocabulary is None:
            continue
        if fact.vocabulary.kind is Kind.EVENT:
            yield fact.fault("to", "stands at an event, which has no end. Write when it happened as from.")
        elif since and is_date(since) and is_date(until) and is_after(since, until):
            yield fact.fault("to", f"{until} is before from, {since}. Mend one of them.")
