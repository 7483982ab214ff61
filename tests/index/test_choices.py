"""Entities of one name are offered with what tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.notes import a_note, a_pipeline, an_index, draft
from index.choices import labelled
from index.facts.graph import FactGraph
from index.results import WhichOne
from knowledge.models import PACK, Entity, Scope, Statement

JIN = Entity("jin-bts", "soloist", "Jin", "진")
OTHER_JIN = Entity("jin-lovelyz", "soloist", "Jin", "JIN")
FILM = Entity("jin-film", "film", "Jin", "진")
HANI = Entity("hani", "soloist", "Hani", "하니")
HANNI = Entity("hanni", "soloist", "Hanni", "하니")
SEVEN = Entity("seven", "song", "Seven", "세븐")
OTHER_SEVEN = Entity("seven-jin", "song", "SEVEN", "세븐")
SAME = Entity("jin-of-nobody", "soloist", "Jin", "진")
BTS = Entity("bts", "group", "BTS", "방탄소년단")
FORMER = Entity("former", "group", "Former", "예전")
LOVELYZ = Entity("lovelyz", "group", "Lovelyz", "러블리즈")
ENTITIES = {e.id: e for e in (JIN, OTHER_JIN, FILM, HANI, HANNI, SEVEN, OTHER_SEVEN, SAME, BTS, FORMER, LOVELYZ)}
FACTS = (
    Statement("former", "member", "jin-bts", since="2020", until="2021"),
    Statement("bts", "member", "jin-bts", since="2013"),
    Statement("lovelyz", "member", "jin-lovelyz"),
    Statement("seven", "performer", "lovelyz"),
    Statement("seven-jin", "performer", "bts"),
)
NOTES = [
    a_note(number, f"Fact {number}.", f"사실 {number}.", statement=fact, entities=(fact.subject, fact.value))
    for number, fact in enumerate(FACTS, 1)
]
PARTS = an_index(NOTES, list(ENTITIES.values())).owner(PACK).parts


def labels(*meanings, language="en"):
    graph = FactGraph(PARTS, language)
    return [choice.label for choice in labelled(meanings, language, graph, ENTITIES)]


@pytest.mark.parametrize(
    ("meanings", "language", "told"),
    [
        ([JIN, LOVELYZ], "en", ["Jin", "Lovelyz"]),
        ([JIN, FILM], "en", ["Jin (soloist)", "Jin (film)"]),
        ([JIN, FILM], "ko", ["진 (솔로 가수)", "진 (영화)"]),
        ([JIN, OTHER_JIN], "en", ["Jin (BTS)", "Jin (Lovelyz)"]),
        ([JIN, OTHER_JIN, FILM], "en", ["Jin (BTS)", "Jin (Lovelyz)", "Jin (film)"]),
        ([JIN, SAME], "ko", ["진 (방탄소년단)", "진 (솔로 가수)"]),
        ([SEVEN, OTHER_SEVEN], "en", ["Seven (Lovelyz)", "SEVEN (BTS)"]),
        ([HANI, HANNI], "en", ["Hani", "Hanni"]),
        ([HANI, HANNI], "ko", ["하니 (Hani)", "하니 (Hanni)"]),
    ],
)
def test_namesakes_are_told_apart_by_the_first_thing_that_differs(meanings, language, told):
    assert labels(*meanings, language=language) == told


@given(st.lists(st.sampled_from(list(ENTITIES.values())), unique=True), st.sampled_from(["en", "ko"]))
def test_no_two_choices_look_the_same(meanings, language):
    assert len(set(labels(*meanings, language=language))) == len(meanings)


def test_two_people_of_one_name_are_asked_back_with_their_groups():
    notes = [
        a_note(number, f"{group.name} sing with Jin.", entities=(group.id, jin.id))
        for number, (group, jin) in enumerate([(BTS, JIN), (LOVELYZ, OTHER_JIN)], len(FACTS) + 1)
    ]
    index = an_index([*NOTES, *notes], list(ENTITIES.values()))
    asked_back = draft(a_pipeline(index), "who sings with Jin", Scope())

    assert isinstance(asked_back, WhichOne)
    assert {"Jin (BTS)", "Jin (Lovelyz)"} <= {choice.label for choice in asked_back.choices}
