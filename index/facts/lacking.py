"""Whether a text speaks of what a question asks of somebody known: where it does not, the relation is not on file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.documents import Document
from index.facts.asking import FOR_ITS_VALUE, PAST, FactQuestion, gives
from index.facts.wording import Wanted
from index.relations import VALUES
from index.senses import sense_term
from knowledge.models import Entity, Statement

_ENDED = frozenset(map(sense_term, PAST))
_STATED_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}월")


def lacks(document: Document, asked: FactQuestion, entities: Mapping[str, Entity]) -> bool:
    """Whether one name is asked for a relation, or for its end, of which a text does not speak. A fact speaks of its
    own relation, and of nothing that is told apart ("before", "besides"); of any other text it takes a word for the
    relation, and the date or somebody of the kind asked for."""
    if asked.apart and document.revision.snippet.statement:
        return True
    if asked.is_profile or len(asked.subjects) > 1:
        return False
    demanded = [asked.terms, *([_ENDED] if asked.past else [])]
    if any(wanted.isdisjoint(document.held) for wanted in demanded if wanted):
        return True
    if statement := document.revision.snippet.statement:
        return not _tells(statement, asked)
    if asked.wanted is Wanted.DATE:
        return not _STATED_DATE.search(document.text)
    return not _may_name(document, asked, entities)


def _tells(statement: Statement, asked: FactQuestion) -> bool:
    """Whether a fact has the relation, for or with one of those asked about, and a value of the wanted kind."""
    ends = {statement.subject}
    if not asked.of_values or statement.relation not in FOR_ITS_VALUE:
        ends |= set(statement.values)
    fits = statement.relation in asked.relations and gives(statement.relation, asked.wanted, exactly=True)
    return fits and not asked.entities.isdisjoint(ends)


def _may_name(document: Document, asked: FactQuestion, entities: Mapping[str, Entity]) -> bool:
    """Whether a text has an entity of a kind that the relations have for a value, beside those asked about. One without
    links, or about something that has no kind of its own, may."""
    kinds = [VALUES.get(relation) for relation in asked.relations]
    linked = document.revision.snippet.entities
    if not linked or not kinds or None in kinds:
        return True
    fitting = frozenset().union(*filter(None, kinds))
    return any(entities[e].kind in fitting for e in linked if e in entities and e not in asked.entities)
