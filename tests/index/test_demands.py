"""What a question demands of its answer, and which texts meet it."""

from __future__ import annotations

import pytest
from hypothesis import given

from fakes.nasty import texts
from index.demands import (
    Quantity,
    asks_future,
    asks_list,
    asks_reason,
    quantities_stated,
    quantity_asked,
    states_reason,
)
from index.tokens import normalise


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many days was it?", Quantity.NUMBER),
        ("몇 명이야?", Quantity.NUMBER),
        ("얼마나 팔렸어?", Quantity.NUMBER),
        ("how much did they earn", Quantity.AMOUNT),
        ("얼마야?", Quantity.AMOUNT),
        ("how long did it stay", Quantity.DURATION),
        ("how much time is left", Quantity.DURATION),
        ("골든은 며칠 동안 1위였어?", Quantity.DURATION),
        ("얼마나 오래 갔어?", Quantity.DURATION),
        ("Who owns it?", None),
        ("how did they do it", None),
        ("몇 년에 데뷔했어?", None),
        ("somehow many", None),
        ("", None),
    ],
)
def test_the_kind_of_quantity_that_is_asked_for(question, kind):
    assert quantity_asked(normalise(question)) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Three of them sing.", Quantity.NUMBER),
        ("half of it", Quantity.NUMBER),
        ("세 명이다.", Quantity.NUMBER),
        ("It cost 76 dollars.", Quantity.AMOUNT),
        ("one billion won each", Quantity.AMOUNT),
        ("3,180,000 copies", Quantity.AMOUNT),
        ("3조원을 썼다.", Quantity.AMOUNT),
        ("It stayed for 76 days.", Quantity.DURATION),
        ("seven years at most", Quantity.DURATION),
        ("until the autumn", Quantity.DURATION),
        ("76일 연속 1위", Quantity.DURATION),
    ],
)
def test_a_quantity_is_stated(text, kind):
    assert kind in quantities_stated(text)


@pytest.mark.parametrize(
    "text",
    ["It came out in 2025.", "on 5 November 2025", "November 5, 2025", "2025년 11월 5일에 나왔다.", "다섯 번째다."],
)
def test_a_date_or_a_rank_is_no_quantity(text):
    assert not quantities_stated(text) & {Quantity.NUMBER, Quantity.AMOUNT}


def test_an_amount_is_no_duration_and_a_duration_no_amount():
    assert Quantity.DURATION not in quantities_stated("It cost 76 dollars.")
    assert Quantity.AMOUNT not in quantities_stated("It stayed for 76 days.")


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


@pytest.mark.parametrize(
    "question", ["Why did they leave?", "how come", "what was the reason", "왜 나갔어?", "해체 이유"]
)
def test_a_reason_is_asked_for(question):
    assert asks_reason(normalise(question))


@pytest.mark.parametrize("question", ["Who left?", "whyever", "누가 나갔어?", "왜건", ""])
def test_no_reason_is_asked_for(question):
    assert not asks_reason(normalise(question))


def test_a_text_gives_a_reason_when_it_says_so_or_is_known_to_answer_why():
    assert states_reason("They left because of the row.", ())
    assert states_reason("갈등 때문에 나갔다.", ())
    assert states_reason("They left in 2024.", ("why did they leave",))
    assert not states_reason("They left in 2024.", ("when did they leave",))


@given(texts)
def test_any_text_can_be_read_for_demands(text):
    normalised = normalise(text)
    assert {asks_future(normalised), asks_list(normalised), asks_reason(normalised)} <= {True, False}
    assert quantity_asked(normalised) in (None, *Quantity)
    assert quantities_stated(text) <= set(Quantity)
