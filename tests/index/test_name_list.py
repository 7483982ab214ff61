"""Entities are found by what is typed of any of their spellings."""

from __future__ import annotations

import pytest

from index.lexicon import Lexicon
from index.name_list import NameList
from index.senses import SenseMatcher
from index.usage import usage_of
from knowledge.models import Entity, Glossary, Term

ROSE = Entity("rose", "soloist", "Rosé", "로제", ("Park Chae-young",))
NEWJEANS = Entity("newjeans", "group", "NewJeans", "뉴진스", ("NJZ",))
ROSE_FILM = Entity("rose-film", "film", "Rose")
LIST = NameList([ROSE, NEWJEANS, ROSE_FILM])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rose", ["rose", "rose-film"]),
        ("ROSÉ", ["rose", "rose-film"]),
        ("new jeans", ["newjeans"]),
        ("chae", ["rose"]),
        ("young", ["rose"]),
        ("진스", ["newjeans"]),
        ("x", []),
    ],
)
def test_case_accents_and_spaces_do_not_count(typed, found):
    assert sorted(each.entity.id for each in LIST.find(typed)) == found


def test_a_beginning_fits_better_than_a_middle():
    ranks = {
        each.entity.id: each.rank for each in NameList([ROSE, Entity("primrose", "song", "Primrose")]).find("rose")
    }
    assert ranks["rose"] < ranks["primrose"]


def test_the_spelling_that_fits_best_is_the_one_found():
    assert [each.spelling for each in LIST.find("nj")] == ["NJZ"]


def test_everybody_with_a_name_is_called_so():
    assert [entity.id for entity in LIST.called("rose")] == ["rose", "rose-film"]
    assert LIST.called("ros") == []


@pytest.mark.parametrize(
    ("spelling", "usage"),
    [
        ("Kkotcha", "name"),
        ("Day6", "name"),
        ("days", "everyday"),
        ("하루", "everyday"),
        ("하루살이", "name"),
        ("V", "everyday"),
        ("The Boyz", "everyday"),
        ("IT", "unfindable"),
        ("one two three four five six seven eight nine ten eleven", "unfindable"),
        ("☆", "unfindable"),
    ],
)
def test_how_a_spelling_will_fare(spelling, usage):
    senses = SenseMatcher(Lexicon.of(Glossary((Term("day", "day", ("day",), ("하루",), question=False),))))
    assert usage_of(spelling, senses) == usage
