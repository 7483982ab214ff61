"""What a question counts is counted in the text, too."""

from __future__ import annotations

import pytest

from index.demands.units import unit_asked
from index.tokens import normalise


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many weeks was it first", "It was first for three weeks in a row."),
        ("How many copies did it sell?", "It sold 3,482,598 copies."),
        ("how many copies were sold", "some 34.94 million albums"),
        ("how many trainees are there", "There were 963 trainees in 2024."),
        ("how many plays did it have", "It passed 850 million streams."),
        ("How tall is Jin?", "Jin is 179 cm tall."),
        ("초동 몇 장이야", "첫 주 31만 3000장이 팔렸다."),
        ("몇 주 있었어", "16주 연속 머물렀다."),
        ("몇 번 탔대", "3328회 방송됐다."),
        ("몇퍼 들어가", "음원이 55% 반영됐다."),
        ("며칠 동안 1위였어?", "76일 연속 1위"),
        ("며칠 뒤에 정산해줘요?", "It pays 45 days after the end of the quarter."),
        ("how many copies did it sell", "690,000장이 팔렸다."),
        ("how many songs are on it", "There are thirteen songs."),
        ("몇 곡 들어있어", "It has thirteen songs."),
        ("몇 살에 데뷔했어", "데뷔할 때 만 열다섯 살이었다."),
        ("몇 번 모여요", "We meet once a week."),
        ("몇 위야", "차트 2위로 뽑혔다."),
        ("몇 곡 불렀어", "세 곡을 불렀다."),
    ],
)
def test_a_text_that_counts_the_same_answers(question, text):
    unit = unit_asked(normalise(question))
    assert unit is not None
    assert unit.is_met_by(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many weeks was it first", "It was No. 1 in 2020 and sold 300,000 copies."),
        ("how many shareholders are there", "It was the second-largest shareholder with 9.66 percent."),
        ("how many awards did it win", "At the 32nd Music Awards it won."),
        ("How tall is Jin?", "A card of Jin sold for 1.9 million won."),
        ("초동 몇 장이야", "연간 앨범 순위에서 9위에 올랐다."),
        ("몇 곡 불렀어", "1만 명 앞에서 불렀다."),
        ("며칠 뒤에 정산해줘요?", "It takes 18 percent of receipts."),
        ("how many copies are left", "한 세부 사항만 남았다."),
        ("how many weeks was it", "데뷔 10주년이었다."),
        ("how many minutes is it", "다섯 분기 연속이었다."),
        ("how many days did it take", "3월 5일에 나왔다."),
        ("몇 번 했어요", "The fan club concert had 120 guests."),
    ],
)
def test_another_number_does_not(question, text):
    unit = unit_asked(normalise(question))
    assert unit is not None
    assert not unit.is_met_by(text)


@pytest.mark.parametrize("question", ["How many members are there?", "몇 년에 데뷔했어?", "며칠에 나왔어", "who", ""])
def test_what_is_not_listed_counts_nothing(question):
    unit = unit_asked(normalise(question))
    assert unit is None or not unit.is_met_by("It came out in spring.")


def test_a_text_without_the_noun_may_say_it_in_other_words_and_a_sentence_that_counts_it_is_surer():
    unit = unit_asked(normalise("how many plays did it have"))
    assert unit is not None
    assert unit.is_met_by("It passed 850 million streams.")
    assert not unit.is_counted_in("It passed 850 million streams.")
    assert unit.is_counted_in("It had 850 million plays.")
