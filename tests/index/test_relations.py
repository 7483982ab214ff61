"""The words that facts and entities answer to exist on both sides."""

from __future__ import annotations

import pytest

from index.relations import KINDS, RELATIONS, senses_of, senses_of_kind
from knowledge.facts import RELATIONS as VOCABULARY
from knowledge.glossary import load_glossary
from knowledge.kinds import KINDS as KNOWN_KINDS


@pytest.fixture(scope="module")
def glossary() -> set[str]:
    return {term.id for term in load_glossary().terms if not term.question}


@pytest.mark.parametrize("table", [RELATIONS, KINDS])
def test_every_sense_is_in_the_glossary_and_says_something(table, glossary):
    assert {sense for senses in table.values() for sense in senses} - glossary == set()


def test_every_relation_is_one_that_facts_may_have():
    assert set(RELATIONS) - set(VOCABULARY) == set()


def test_every_kind_is_one_that_entities_may_have():
    assert set(KINDS) - set(KNOWN_KINDS) == set()


def test_what_is_not_in_the_table_answers_to_nothing():
    assert senses_of("no-such-relation") == senses_of_kind("no-such-kind") == ()
