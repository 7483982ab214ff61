"""What a question demands of its answer, and which texts meet it."""

from __future__ import annotations

import pytest
from hypothesis import given

from fakes.nasty import texts
from index.demands import asks_future, asks_list, asks_quantity, states_quantity
from index.tokens import normalise


@pytest.mark.parametrize(
    "question",
    ["How many days was it?", "how long did it stay", "how much", "골든은 며칠 동안 1위였어?", "몇 명이야?", "얼마야?"],
)
def test_a_quantity_is_asked_for(question):
    assert asks_quantity(normalise(question))


@pytest.mark.parametrize(
    "question", ["Who owns it?", "how did they do it", "몇 년에 데뷔했어?", "언제야?", "somehow many", ""]
)
def test_no_quantity_is_asked_for(question):
    assert not asks_quantity(normalise(question))


@pytest.mark.parametrize(
    "text", ["It stayed for 76 days.", "Three of them sing.", "half of it", "76일 연속 1위", "세 명이다."]
)
def test_a_quantity_is_stated(text):
    assert states_quantity(text)


@pytest.mark.parametrize(
    "text",
    ["It came out in 2025.", "on 5 November 2025", "November 5, 2025", "2025년 11월 5일에 나왔다.", "They sing."],
)
def test_a_date_is_no_quantity(text):
    assert not states_quantity(text)


@pytest.mark.parametrize(
    "question", ["Are they going to tour?", "when is the next album", "내년에 컴백해?", "앞으로 뭐 해?"]
)
def test_something_to_come_is_asked_for(question):
    assert asks_future(normalise(question))


@pytest.mark.parametrize("question", ["Who owns it?", "how is it next to the first", "언제 데뷔했어?", "goodwill", ""])
def test_nothing_to_come_is_asked_for(question):
    assert not asks_future(normalise(question))


@pytest.mark.parametrize(
    "question", ["Which companies own it?", "name three singers", "멤버들은 누구야?", "모두 알려줘"]
)
def test_several_things_are_asked_for(question):
    assert asks_list(normalise(question))


@pytest.mark.parametrize("question", ["Who owns it?", "골든은 누가 불렀어?", ""])
def test_one_thing_is_asked_for(question):
    assert not asks_list(normalise(question))


@given(texts)
def test_any_text_can_be_read_for_demands(text):
    normalised = normalise(text)
    for found in (asks_future, asks_list, asks_quantity, states_quantity):
        assert found(normalised) in (True, False)
