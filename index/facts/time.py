"""When a fact holds."""

from __future__ import annotations

from collections.abc import Sequence

from index.documents import Document
from index.facts.graph import statement_of
from knowledge.facts import RELATIONS
from knowledge.models import Kind, Status


def is_over(fact: Document) -> bool:
    """Whether a state has ended."""
    statement = statement_of(fact)
    return statement.until is not None or fact.revision.snippet.status is Status.OUTDATED


def holds_in(fact: Document, year: str) -> bool:
    """Whether a state holds in some part of a year, or an event happened in it. Of a state without a known beginning
    only its end is known, or that it held when its source spoke."""
    statement = statement_of(fact)
    if RELATIONS[statement.relation].kind is Kind.EVENT:
        told = statement.since or statement.value
        return told[:4] == year
    first = statement.since or statement.until or fact.revision.snippet.as_of
    return first[:4] <= year and (statement.until is None or year <= statement.until[:4])


def may_have_held_in(fact: Document, year: str) -> bool:
    """Whether it is unknown if a state without a known beginning held in a year."""
    statement = statement_of(fact)
    return statement.since is None and not holds_in(fact, year) and (statement.until is None or year <= statement.until)


def latest_first(facts: Sequence[Document]) -> list[Document]:
    """What holds before what is over, the newest beginning first; else in the order of the file."""
    newest_first = sorted(facts, key=lambda fact: statement_of(fact).since or "", reverse=True)
    return sorted(newest_first, key=is_over)
