"""What a question demands of its answer, and which texts meet it."""

from __future__ import annotations

import pytest
from hypothesis import given

from fakes.nasty import texts
from index.demands import NONE, Demands, demands_of
from index.demands.advice import asks_advice, asks_permission, is_personal, states_permission
from index.demands.dates import asks_time, states_time
from index.demands.future import asks_future
from index.demands.letters import asks_letters, spells_out
from index.demands.quantities import Quantity, quantities_stated, quantity_asked
from index.demands.reasons import asks_reason, states_reason
from index.demands.somebody import asks_somebody, proper_words
from index.forms import asks_list
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
        ("아티스트 수는 얼마야", Quantity.NUMBER),
        ("2019년 며칠이야", None),
        ("몇 년 몇 월이에요", None),
        ("몇 년도였어", None),
        ("6월 몇일 발표야", None),
        ("가수는 얼마를 벌어", Quantity.AMOUNT),
        ("벌금 액수는 얼마야", Quantity.AMOUNT),
        ("며칠이 걸렸어", Quantity.DURATION),
        ("데뷔 며칠 뒤에 공연했어", Quantity.DURATION),
        ("몇일 연속 1위였어", Quantity.DURATION),
        ("몇 시즌까지 나왔어", Quantity.NUMBER),
        ("Who owns it?", None),
        ("how did they do it", None),
        ("몇 년에 데뷔했어?", None),
        ("몇 년생이야", None),
        ("얼마나 자주 올라와요?", None),
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
        ("Admission is free.", Quantity.AMOUNT),
        ("입장은 무료다.", Quantity.AMOUNT),
        ("It costs 20 EUR.", Quantity.AMOUNT),
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
    "question",
    ["Are they going to tour?", "when is the next album", "Who sings tonight?", "내년에 컴백해?", "오늘 누가 나와?"],
)
def test_something_to_come_is_asked_for(question):
    assert asks_future(normalise(question))


@pytest.mark.parametrize(
    "question",
    [
        "Who owns it?",
        "how is it next to the first",
        "언제 데뷔했어?",
        "goodwill",
        "",
        "how were they going to celebrate",
    ],
)
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


@pytest.mark.parametrize(
    "question",
    [
        "When did they leave?",
        "and since when is it so",
        "tell me when BTS debuted",
        "what year was it",
        "언제 나갔어?",
        "설립 연도가 궁금해",
        "설립년도가 뭐야",
        "몇 월이야",
        "22년 6월 며칠 발표야",
        "23년 몇월임",
        "몇일에 데뷔했어",
        "데뷔 날짜 알려줘",
        "무슨 요일에 해",
    ],
)
def test_a_date_is_asked_for(question):
    assert asks_time(normalise(question))


@pytest.mark.parametrize(
    "question",
    [
        "Who led it when it was founded?",
        "When a trainee leaves, what must they pay?",
        "When buying albums, what counts?",
        "when can i buy it",
        "whenever",
        "언제나 1위야?",
        "며칠 동안 갔어?",
        "미성년도 계약할 수 있어?",
        "2023년도 판매량 알려줘",
        "연도별 판매량",
        "몇 월급을 받아",
        "",
    ],
)
def test_no_date_is_asked_for(question):
    assert not asks_time(normalise(question))


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2019, they say.",
        "Paid quarterly.",
        "분기마다 정산한다.",
        "On 3 May they met.",
        "In the 19th century.",
        "Every Friday.",
        "3월에 나왔다.",
        "매년 열린다.",
        "Doors open at 19:30.",
        "It closes at 9 p.m. or at noon.",
        "Spoilers until 24 hours after the show.",
        "오전 7시에 연다.",
        "행사 전날까지 환불된다.",
        "일주일 안에 반납한다.",
        "사흘 뒤에 나온다.",
    ],
)
def test_a_text_gives_a_date_or_how_often_something_comes_round(text):
    assert states_time(text)


@pytest.mark.parametrize(
    "text",
    ["HYBE bought it.", "It may be so for 76 people.", "It took 3 hours.", "하이브가 인수했다.", "3시간 걸렸다.", ""],
)
def test_a_text_without_a_date_gives_none(text):
    assert not states_time(text)


def test_a_text_gives_a_reason_when_it_says_so_or_is_known_to_answer_why():
    assert states_reason("They left because of the row.", ())
    assert states_reason("갈등 때문에 나갔다.", ())
    assert states_reason("전기 시설이 잠겨서 미뤄졌다.", ())
    assert states_reason("폭우로 연기되었다.", ())
    assert states_reason("휴일이라서 쉰다.", ())
    assert not states_reason("서울에서 나갔다.", ())
    assert not states_reason("공연은 5월 3일로 연기되었다.", ())
    assert states_reason("They left in 2024.", ("why did they leave",))
    assert not states_reason("They left in 2024.", ("when did they leave",))


@pytest.mark.parametrize(
    "question", ["Who left?", "by whom was it made", "and who else", "누가 나갔어?", "대표가 누구야"]
)
def test_somebody_is_asked_for(question):
    assert asks_somebody(normalise(question))


@pytest.mark.parametrize("question", ["Do fans choose who wins?", "the whole album", "누구나 할 수 있어?", ""])
def test_nobody_is_asked_for(question):
    assert not asks_somebody(normalise(question))


@pytest.mark.parametrize(
    "question",
    [
        "Do I have to sing?",
        "How can I join?",
        "Did you leave?",
        "hey do you like it",
        "제가 데뷔할 수 있을까요?",
        "너는 뭐 좋아해",
    ],
)
def test_a_question_about_those_who_talk_is_personal(question):
    assert is_personal(normalise(question))


@pytest.mark.parametrize(
    "question",
    [
        "Can you tell me who left?",
        "do you know when they met",
        "May I ask who left?",
        "who left",
        "제가 궁금한 건 데뷔일",
        "",
    ],
)
def test_a_question_wrapped_in_politeness_is_not(question):
    assert not is_personal(normalise(question))


@pytest.mark.parametrize(
    "question", ["What is it like to be one?", "Is it worth it?", "주식 사도 돼?", "Should I buy it?"]
)
def test_advice_is_no_plain_fact(question):
    assert asks_advice(normalise(question))


def test_letters_are_spelt_out_by_a_text_that_says_so_or_is_known_to_answer_that():
    assert asks_letters(normalise("What does JYP stand for?"))
    assert asks_letters(normalise("YG는 무슨 약자야"))
    assert not asks_letters(normalise("Who stands there?"))
    assert spells_out("It took the initials of its founder.", ())
    assert spells_out("YG comes from Yanggun.", ("what does YG stand for",))
    assert not spells_out("It was founded in 1996.", ("when was it founded",))


@pytest.mark.parametrize("question", ["Can a child work at night?", "are idols allowed to drink", "밤에 일해도 돼?"])
def test_what_is_allowed_is_told_by_a_text_that_speaks_of_it(question):
    assert asks_permission(normalise(question))
    assert states_permission("They may work until midnight.")
    assert states_permission("밤 10시부터 오전 6시까지의 활동을 금지했다.")
    assert not states_permission("They worked until midnight on 8 May 2024, and in May.")


def test_korean_in_the_present_asks_for_what_is_to_come_and_how_one_does_it():
    assert asks_future(normalise("앨범은 언제 나와?"))
    assert not asks_future(normalise("앨범은 언제 나왔어?"))
    assert is_personal(normalise("팬클럽 가입 어떻게 해?"))
    assert not is_personal(normalise("정산은 어떻게 되나요"))


def test_a_question_for_nothing_in_particular_demands_nothing():
    assert demands_of(normalise("What is K-pop?")) == NONE == Demands()


@given(texts)
def test_any_text_can_be_read_for_demands(text):
    normalised = normalise(text)
    assert isinstance(demands_of(normalised), Demands)
    assert asks_list(normalised) in (True, False)
    assert quantity_asked(normalised) in (None, *Quantity)
    assert quantities_stated(text) <= set(Quantity)


def test_names_are_what_english_writes_with_a_capital_inside_a_sentence():
    text = "The Moonlight Fan Library in Busan opened in March. Kim Haneul's idea, It said."
    assert proper_words(text) == {"moonlight", "fan", "library", "busan", "haneul", "it"}


@pytest.mark.parametrize(
    ("question", "says", "says_not"),
    [
        ("when did it open", "It opened in 1900.", "It opened with a feast."),
        ("how many weeks did it last", "It lasted three weeks.", "It lasted 3,000 miles."),
        ("how much did it cost", "It cost 40 million won.", "It cost them dearly."),
        ("why did it close", "It closed because of a flood.", "It closed."),
        ("언제 열었어", "1900년에 열었다.", "잔치와 함께 열었다."),
        ("며칠 걸렸어", "하루 만에 끝났다.", "1900년 6월에 끝났다."),
        ("6월 며칠 발표야", "2022년 6월 5일에 발표했다.", "곧 발표했다."),
    ],
)
def test_a_sentence_says_what_is_demanded(question, says, says_not):
    demands = demands_of(normalise(question))
    assert demands.are_said_in(says)
    assert not demands.are_said_in(says_not)
    assert NONE.are_said_in(says_not)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("몇 살에 데뷔했어", "데뷔할 때 만 열다섯 살이었다."),
        ("how many songs are on it", "There are thirteen songs."),
        ("몇 번 모여요", "We meet once a week."),
    ],
)
def test_a_number_of_what_is_counted_is_a_number(question, text):
    assert demands_of(normalise(question)).are_met_by(text, ())


@pytest.mark.parametrize("text", ["Feel free to ask.", "무료함을 달래는 법."])
def test_what_is_free_in_another_sense_is_no_amount(text):
    assert Quantity.AMOUNT not in quantities_stated(text)
