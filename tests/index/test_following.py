"""A question that goes on from the one before is read with the name that it leaves out; any other is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from fakes.notes import GLOSSARY, understood
from index.following import Exchange, Followed, go_on, points_back
from index.query import Query, clean
from knowledge.models import Entity

GROUP = Entity("aespa", "group", "aespa", "에스파")
OTHER_GROUP = Entity("newjeans", "group", "NewJeans", "뉴진스")
SONG = Entity("golden", "song", "Golden", "골든")
COMPANY = Entity("hybe", "company", "HYBE", "하이브")
PERSON = Entity("bang", "person", "Bang Si-hyuk", "방시혁")
DEBUT = Entity("debut", "term", "debut", "데뷔")
JAPAN = Entity("japan", "place", "Japan", "일본")
ENTITIES = {entity.id: entity for entity in (GROUP, OTHER_GROUP, SONG, COMPANY, PERSON, DEBUT, JAPAN)}


def read(question: str, meant: str | None = None) -> Query:
    return understood(question, *ENTITIES.values(), glossary=GLOSSARY)


def follow(question: str, *about: Entity, before: str = "Who?") -> Followed | None:
    exchange = Exchange(before, tuple(entity.id for entity in about))
    return go_on(read(question), exchange, ENTITIES, read)


@pytest.mark.parametrize(
    ("question", "about", "reads"),
    [
        ("and who produced it?", [SONG], "who produced Golden?"),
        ("When did they debut?", [GROUP], "When did aespa debut?"),
        ("what's their label", [GROUP], "what's aespa's label"),
        ("When was he born?", [COMPANY, PERSON], "When was Bang Si-hyuk born?"),
        ("where is her company", [COMPANY, PERSON], "where is Bang Si-hyuk's company"),
        ("Who signed her?", [PERSON], "Who signed Bang Si-hyuk?"),
        ("who runs that company?", [PERSON, COMPANY], "who runs HYBE?"),
        ("Who wrote this?", [SONG], "Who wrote Golden?"),
        ("they're signed to whom?", [GROUP], "aespa is signed to whom?"),
        ("And the leader?", [GROUP], "aespa: the leader?"),
        ("And the debut?", [GROUP], "aespa: the debut?"),
        ("그럼 소속사는 어디야?", [GROUP], "에스파: 소속사는 어디야?"),
        ("걔네 언제 데뷔했어?", [GROUP], "에스파 언제 데뷔했어?"),
        ("그 회사는 누가 세웠어?", [GROUP, COMPANY], "하이브는 누가 세웠어?"),
        ("그 노래를 누가 썼어?", [SONG], "골든을 누가 썼어?"),
        ("그건 누가 썼어?", [SONG], "골든은 누가 썼어?"),
        ("그는 몇 살이야?", [COMPANY, PERSON], "방시혁은 몇 살이야?"),
        ("그룹은 누가 만들었어?", [GROUP], None),
        ("거기 대표는 누구야?", [COMPANY], "하이브 대표는 누구야?"),
        ("그 그룹도 왔어?", [GROUP], "에스파도 왔어?"),
        ("이 회사에서도 나왔어?", [COMPANY], "하이브에서도 나왔어?"),
        ("그 회사 어디에 있어?", [COMPANY], "하이브 어디에 있어?"),
        ("Is it true that this group disbanded?", [GROUP], "Is it true that aespa disbanded?"),
        ("Do you know that group?", [GROUP], "Do you know aespa?"),
    ],
)
def test_what_is_left_out_is_filled_in_with_what_fits(question, about, reads):
    followed = follow(question, *about)

    assert (followed.text if followed else None) == reads


@pytest.mark.parametrize(
    "question",
    [
        "Is it hard to become an idol?",
        "How long does it take to debut?",
        "Is it true that trainees pay?",
        "What is a comeback?",
        "소속사가 뭐야?",
        "그냥 궁금해",
        "전속계약은 7년 이상 할 수 있어?",
        "그 이상은 안 돼?",
        "이 분야에서 제일 큰 데는?",
        "이 분야 매출은 얼마야?",
        "그 상황은 왜 생겼어?",
        "Is it true that idol contracts are seven years long?",
        "Do people say that group names are owned?",
        "이유가 뭐야?",
    ],
)
def test_a_question_that_leaves_nothing_out_is_left_alone(question):
    assert follow(question, GROUP, SONG, COMPANY, PERSON) is None


@pytest.mark.parametrize(
    ("question", "reads"),
    [
        ("So what is a debut?", None),
        ("Then how do groups choose debut songs?", None),
        ("And when was the first debut stage?", "aespa: when was the first debut stage?"),
        ("So how many members?", "aespa: how many members?"),
        ("So how many albums in Japan?", "aespa: how many albums in Japan?"),
        ("그럼 데뷔가 뭐야?", None),
        ("그럼 데뷔는 누가 결정해?", None),
        ("그럼 데뷔는 언제야?", "에스파: 데뷔는 언제야?"),
    ],
)
def test_after_so_a_question_about_a_word_of_the_field_stands_by_itself(question, reads):
    followed = follow(question, GROUP)

    assert (followed.text if followed else None) == reads


@pytest.mark.parametrize(
    ("question", "before", "reads"),
    [
        ("And in 2022?", "Who led aespa in 2021?", "Who led aespa in 2022?"),
        ("what about 2022", "Who leads aespa?", "Who leads aespa in 2022?"),
        ("And in '22?", "Who led aespa in 2021?", "Who led aespa in 2022?"),
        ("And in 2022?", "What did aespa win from 2019 to 2020?", None),
        ("2022년에는?", "2021년 에스파 리더는 누구야?", "2022년 에스파 리더는 누구야?"),
        ("그럼 2022년엔?", "에스파 리더는 누구야?", "2022년에 에스파 리더는 누구야?"),
        ("And the songs of 2022?", "Who leads aespa?", "aespa: the songs of 2022?"),
    ],
)
def test_the_question_before_is_asked_again_of_another_year(question, before, reads):
    followed = follow(question, GROUP, before=before)

    assert (followed.text if followed else None) == reads


def test_a_question_that_names_somebody_stands_by_itself():
    assert follow("and when did NewJeans leave it?", COMPANY) is None


def test_nothing_is_filled_in_that_does_not_fit():
    assert follow("When was he born?", SONG, COMPANY) is None
    assert follow("그 회사는 누가 세웠어?", SONG) is None


def test_a_word_of_the_language_is_nobody_to_go_on_about():
    assert follow("and when was it?", DEBUT) is None


@pytest.mark.parametrize(
    ("question", "before", "reads"),
    [
        ("And NewJeans?", "When did aespa debut?", "When did NewJeans debut?"),
        ("what about newjeans", "When did aespa debut?", "When did NewJeans debut?"),
        ("뉴진스는?", "에스파는 언제 나왔어?", "뉴진스는 언제 나왔어?"),
        ("And HYBE?", "When did aespa debut?", None),
        ("And aespa?", "When did aespa debut?", None),
        ("NewJeans", "When did aespa debut?", None),
    ],
)
def test_the_question_before_is_asked_again_of_another_of_the_kind(question, before, reads):
    followed = follow(question, before=before)

    assert (followed.text if followed else None) == reads


TITLED = Entity("self-titled", "album", "#NewJeans", "뉴진스", ("NewJeans",))
SINGER = Entity("bang-singer", "soloist", "Bang", "방시혁")
CHIEF = Entity("park", "person", "Park Jin", "박진")
SHARED = {entity.id: entity for entity in (TITLED, SINGER, CHIEF, *ENTITIES.values())}


def read_shared(question: str, meant: str | None = None) -> Query:
    return understood(question, *SHARED.values(), glossary=GLOSSARY)


@pytest.mark.parametrize(
    ("question", "before", "about", "means"),
    [
        ("And NewJeans?", "When did aespa debut?", ["aespa"], "newjeans"),
        ("뉴진스는?", "에스파는 언제 나왔어?", ["aespa"], "newjeans"),
        ("And aespa?", "When did NewJeans debut?", ["newjeans"], "aespa"),
        ("And aespa?", "When did NewJeans come out?", ["self-titled"], None),
        ("방시혁은?", "박진은 언제 나왔어?", ["park"], "bang"),
        ("방시혁은?", "에스파는 언제 나왔어?", ["aespa"], "bang-singer"),
    ],
)
def test_of_a_name_of_several_meanings_the_one_that_is_alike_is_meant(question, before, about, means):
    followed = go_on(read_shared(question), Exchange(before, tuple(about)), SHARED, read_shared)

    assert (followed.entity if followed else None) == means


def test_after_a_name_that_had_no_answer_the_question_before_can_still_be_asked_of_others():
    before = Exchange("When did aespa debut?", ("aespa",)).after("And HYBE?", ["hybe"])

    assert go_on(read("And NewJeans?"), before, ENTITIES, read) == Followed("When did NewJeans debut?", "newjeans")
    assert go_on(read("Who runs that company?"), before, ENTITIES, read) == Followed("Who runs HYBE?", "hybe")


def test_after_a_whole_question_that_had_no_answer_that_one_is_gone_on_from():
    before = Exchange("When did aespa debut?", ("aespa",)).after("Who likes HYBE?", ["hybe"])

    assert before == Exchange("Who likes HYBE?", ("hybe",))


def test_the_entity_that_is_meant_is_known():
    assert follow("who produced it?", SONG) == Followed("who produced Golden?", "golden")


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("When was she born?", True),
        ("who runs that company", True),
        ("걔 누구야?", True),
        ("그 그룹은 왜 해체했어?", True),
        ("그 회사엔 누가 있어?", True),
        ("그 회사에선 누가 대표야?", True),
        ("그 회사와의 계약은 언제까지야?", True),
        ("When was Bang Si-hyuk born and who knew him?", False),
        ("How do they choose trainees?", False),
        ("Is it true that idol contracts last?", False),
        ("전속계약은 7년 이상 할 수 있어?", False),
        ("이 상은 누가 받았어?", True),
        ("Who runs a company?", False),
    ],
)
def test_a_question_about_somebody_it_does_not_name_is_known(question, points):
    assert points_back(read(question), ENTITIES) is points


@given(texts, st.lists(st.sampled_from(list(ENTITIES.values())), max_size=3))
def test_no_question_raises(question, about):
    follow(clean(question), *about, before=question)
