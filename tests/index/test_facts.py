"""Questions that structured facts answer: by one step or two, from either end, at a time, for several names."""

from dataclasses import replace

import pytest

from fakes.notes import a_note, a_pipeline, an_index, draft
from index.pipeline import Draft
from index.relations import VALUES
from index.results import NoAnswer, WhichOne
from knowledge.glossary import load_glossary
from knowledge.models import Entity, Kind, Scope, Statement
from knowledge.pack import load_pack
from knowledge.telling import Telling, sentence

ENTITIES = [
    Entity("newjeans", "group", "NewJeans", "뉴진스"),
    Entity("illit", "group", "ILLIT", "아일릿"),
    Entity("hanni", "soloist", "Hanni", "하니"),
    Entity("hani-exid", "soloist", "Hani", "하니"),
    Entity("exid", "group", "EXID", "이엑스아이디"),
    Entity("minji", "soloist", "Minji", "민지"),
    Entity("wonhee", "soloist", "Wonhee", "원희"),
    Entity("ador", "label", "ADOR", "어도어"),
    Entity("belift", "label", "BELIFT LAB", "빌리프랩"),
    Entity("hybe", "company", "HYBE", "하이브"),
    Entity("min-hee-jin", "person", "Min Hee-jin", "민희진"),
    Entity("kim-ju-young", "person", "Kim Ju-young", "김주영"),
    Entity("kakao", "company", "Kakao", "카카오"),
    Entity("sajaegi", "term", "sajaegi", "사재기"),
    Entity("debut", "term", "debut", "데뷔"),
    Entity("lloud", "label", "LLOUD", "라우드"),
    Entity("platform-m", "platform", "Emstage", "엠스테이지"),
    Entity("gala", "award", "Emstage Gala", "엠스테이지 갈라"),
    Entity("japan", "place", "Japan", "일본"),
]
STATEMENTS = [
    Statement("newjeans", "debut_date", "2022-07-22"),
    Statement("illit", "debut_date", "2024-03-25"),
    Statement("newjeans", "label", "ador", "2022"),
    Statement("illit", "label", "belift", "2023"),
    Statement("newjeans", "member", "minji", "2022", None, ("hanni",)),
    Statement("exid", "member", "hani-exid", "2012"),
    Statement("illit", "member", "wonhee", "2024"),
    Statement("ador", "founder", "min-hee-jin"),
    Statement("ador", "founded", "2021-11-12"),
    Statement("ador", "chief_executive", "min-hee-jin", "2021-11", "2024-08"),
    Statement("ador", "chief_executive", "kim-ju-young", "2024-08"),
    Statement("ador", "parent", "hybe", "2021-11"),
    Statement("belift", "parent", "hybe", "2018-09"),
    Statement("illit", "role", "a girl group"),
    Statement("sajaegi", "meaning", "buying one's own records"),
    Statement("minji", "label", "lloud", "2025"),
    Statement("gala", "organizer", "platform-m"),
    Statement("kakao", "acquired_by", "lloud", "2023-02"),
    Statement("hybe", "chair", "kim-ju-young"),
    Statement("exid", "debut_date", "2012"),
    Statement("hybe", "renamed_from", "Big Hit Entertainment", "2021-03"),
    Statement("lloud", "chief_executive", "min-hee-jin", None, "2024"),
]


def facts():
    telling = Telling({entity.id: entity for entity in ENTITIES})
    for number, statement in enumerate(STATEMENTS, 1):
        note = a_note(number, sentence(statement, telling, "en"), sentence(statement, telling, "ko"))
        held = replace(note.snippet, statement=statement, entities=(statement.subject, *statement.values))
        kind = Kind.EVENT if statement.relation in ("debut_date", "founder", "founded", "renamed_from") else Kind.STATE
        literal = statement.relation in ("debut_date", "founded", "role", "meaning", "renamed_from")
        values = (statement.subject,) if literal else held.entities
        yield replace(note, snippet=replace(held, kind=kind, as_of="2026-01", entities=values))


NOTES = list(facts())
PIPELINE = a_pipeline(an_index(NOTES, ENTITIES, glossary=load_glossary()))


def told(question):
    """The statements that are told, as `subject relation value`; None where the facts do not decide."""
    drafted = draft(PIPELINE, question, Scope())
    if not isinstance(drafted, Draft) or "facts" not in drafted.receipt:
        return drafted
    found = [NOTES[quote.revision - 1].snippet.statement for quote in drafted.quotes]
    return [f"{s.subject} {s.relation} {s.value}" for s in found if s]


def test_of_two_names_a_fact_without_a_date_does_not_tell_when():
    assert told("When did HYBE own ADOR?") == ["ador parent hybe"]
    assert told("When was ADOR founded by Min Hee-jin?") != ["ador founder min-hee-jin"]


@pytest.mark.parametrize(
    "question", ["what is it like to be sajaegi", "뉴진스 멤버 해도 돼?", "can I be a member of NewJeans"]
)
def test_facts_give_no_advice(question):
    assert not isinstance(told(question), list)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what exactly is sajaegi?", ["sajaegi meaning buying one's own records"]),
        ("Who are the members of NewJeans?", ["newjeans member minji"]),
        ("뉴진스 멤버는 누구야?", ["newjeans member minji"]),
        ("when did ILLIT debut", ["illit debut_date 2024-03-25"]),
        ("아일릿은 언제 데뷔했어?", ["illit debut_date 2024-03-25"]),
        ("who founded ADOR?", ["ador founder min-hee-jin"]),
        ("when was ADOR founded?", ["ador founded 2021-11-12"]),
        ("who owns ADOR", ["ador parent hybe"]),
        ("뉴진스 소속사 어디야", ["newjeans label ador"]),
        ("who is in NewJeans?", ["newjeans member minji"]),
        ("What company is NewJeans under?", ["newjeans label ador"]),
        ("어도어 설립 연도가 언제야?", ["ador founded 2021-11-12"]),
        ("what is ILLIT?", ["illit role a girl group", "illit member wonhee", "illit label belift"]),
        ("who is Wonhee", ["illit member wonhee"]),
        ("what is sajaegi?", ["sajaegi meaning buying one's own records"]),
        ("사재기가 뭐예요", ["sajaegi meaning buying one's own records"]),
    ],
)
def test_one_step_from_the_name(question, answer):
    assert told(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which group is Wonhee a member of?", ["illit member wonhee"]),
        ("원희는 어느 그룹 멤버야?", ["illit member wonhee"]),
        ("Which company did Min Hee-jin found?", ["ador founder min-hee-jin"]),
        ("which labels does HYBE own?", ["belift parent hybe", "ador parent hybe"]),
        ("which group is under BELIFT LAB", ["illit label belift"]),
        ("which girl groups are signed to BELIFT LAB", ["illit label belift"]),
    ],
)
def test_the_name_may_be_the_value(question, answer):
    assert sorted(told(question)) == sorted(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who founded the company behind NewJeans?", ["newjeans label ador", "ador founder min-hee-jin"]),
        ("뉴진스 소속사는 누가 설립했어?", ["newjeans label ador", "ador founder min-hee-jin"]),
        ("who is the CEO of NewJeans' label", ["newjeans label ador", "ador chief_executive kim-ju-young"]),
        ("when did Wonhee's group debut?", ["illit member wonhee", "illit debut_date 2024-03-25"]),
    ],
)
def test_two_steps_are_two_lines(question, answer):
    assert told(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who is the CEO of ADOR now", ["ador chief_executive kim-ju-young"]),
        ("who is ADOR's CEO?", ["ador chief_executive kim-ju-young"]),
        ("who was the former CEO of ADOR", ["ador chief_executive min-hee-jin"]),
        ("who was the CEO of ADOR in 2022", ["ador chief_executive min-hee-jin"]),
        ("어도어 대표는 누구야?", ["ador chief_executive kim-ju-young"]),
    ],
)
def test_time_chooses_among_what_held_in_turn(question, answer):
    assert told(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who owns HYBE?", None),
        ("하이브는 누가 소유하고 있어?", None),
        ("what is HYBE's parent company", None),
        ("하이브 모회사 어디야?", None),
        ("which company acquired HYBE?", None),
        ("what company was HYBE bought by?", None),
        ("하이브를 인수한 회사는?", None),
        ("what is ADOR's parent company", ["ador parent hybe"]),
        ("which company acquired Kakao?", ["kakao acquired_by lloud"]),
        ("카카오를 인수한 회사는?", ["kakao acquired_by lloud"]),
        ("who does LLOUD own?", ["kakao acquired_by lloud"]),
        ("LLOUD is the owner of which company?", ["kakao acquired_by lloud"]),
        ("which label founded by Min Hee-jin?", ["ador founder min-hee-jin"]),
        ("which company has LLOUD acquired?", ["kakao acquired_by lloud"]),
        ("라우드가 인수한 회사는?", ["kakao acquired_by lloud"]),
    ],
)
def test_who_does_something_is_not_answered_by_what_is_done(question, answer):
    assert (told(question) if answer else isinstance(told(question), list)) == (answer or False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("ILLIT debut", ["illit debut_date 2024-03-25"]),
        ("what was the debut date of ILLIT", ["illit debut_date 2024-03-25"]),
        ("아일릿 데뷔일", ["illit debut_date 2024-03-25"]),
        ("where did ILLIT debut?", None),
        ("아일릿 무슨 노래로 데뷔했어?", None),
        ("when did ILLIT debut in Japan?", None),
        ("when did EXID debut?", ["exid debut_date 2012"]),
        ("which month did EXID debut?", None),
        ("EXID 몇 월에 데뷔했어?", None),
        ("EXID랑 아일릿 각각 몇 월에 데뷔했어?", None),
    ],
)
def test_a_debut_is_a_date_where_nothing_else_is_asked(question, answer):
    assert (told(question) if answer else isinstance(told(question), list)) == (answer or False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2022년 어도어 대표는 누구였어?", ["ador chief_executive min-hee-jin"]),
        ("어도어 예전 대표 누구야?", ["ador chief_executive min-hee-jin"]),
        ("어도어 이전 대표는?", ["ador chief_executive min-hee-jin"]),
        ("who was the CEO of ADOR before?", ["ador chief_executive min-hee-jin"]),
        ("하이브 예전 이름이 뭐야?", ["hybe renamed_from Big Hit Entertainment"]),
        ("what was HYBE called before?", ["hybe renamed_from Big Hit Entertainment"]),
        ("who was the CEO of ADOR before Kim Ju-young?", None),
        ("the CEO of ADOR before Kim Ju-young", None),
        ("김주영 이전에 어도어 대표는 누구였어?", None),
        ("which groups besides ILLIT are under BELIFT LAB?", None),
        ("아일릿 말고 빌리프랩 소속 그룹은?", None),
        ("민지 전에 어디 소속이었어?", None),
        ("뉴진스 2021년 멤버는?", None),
        ("who was the chair of HYBE in 1999?", None),
        ("who is the chair of HYBE in 2099?", None),
        ("who was the CEO of LLOUD in 2021?", None),
        ("who was the CEO of LLOUD in 2024?", ["lloud chief_executive min-hee-jin"]),
    ],
)
def test_a_time_or_a_name_that_facts_cannot_tell_apart_is_left_to_the_search(question, answer):
    assert (told(question) if answer else isinstance(told(question), list)) == (answer or False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what's Minji's group?", ["newjeans member minji"]),
        ("민지의 그룹은 뭐야?", ["newjeans member minji"]),
        ("what is ADOR's group?", ["newjeans label ador"]),
        ("which group is Minji from?", ["newjeans member minji"]),
        ("what group does Minji belong to?", ["newjeans member minji"]),
        ("뉴진스 그룹 소속사 어디야?", ["newjeans label ador"]),
        ("what company is Minji under?", ["minji label lloud"]),
        ("which company is Minji's group under?", ["newjeans member minji", "newjeans label ador"]),
        ("어도어는 어느 회사 소속이야?", ["ador parent hybe"]),
        ("who organizes the Emstage Gala?", ["gala organizer platform-m"]),
        ("who is Kim Ju-young?", ["hybe chair kim-ju-young", "ador chief_executive kim-ju-young"]),
    ],
)
def test_what_is_told_is_of_the_kind_that_is_asked_for(question, answer):
    assert sorted(told(question)) == sorted(answer)


def test_the_artists_of_a_company_are_those_of_the_companies_it_owns():
    assert told("which groups are under HYBE") == [
        "ador parent hybe",
        "newjeans label ador",
        "belift parent hybe",
        "illit label belift",
    ]


def test_a_relation_that_is_not_on_file_is_declined_though_the_name_is_known():
    assert isinstance(draft(PIPELINE, "who is the leader of NewJeans?", Scope()), NoAnswer)


@pytest.mark.parametrize(
    ("left_out", "question"),
    [
        (8, "when was ADOR founded?"),  # by whom is on file
        (7, "who founded ADOR?"),  # when is on file
        (2, "what company is NewJeans under?"),  # since when it exists is on file
        (2, "뉴진스 어느 회사 소속이야?"),
    ],
)
def test_another_fact_about_the_name_is_no_answer(left_out, question):
    index = an_index(NOTES, ENTITIES, glossary=load_glossary())
    index.owner(0).remove(left_out + 1)
    assert isinstance(draft(a_pipeline(index), question, Scope()), NoAnswer)


@pytest.mark.parametrize("question", ["who founded HYBE?", "what was ADOR called before?", "when did HYBE debut?"])
def test_a_fact_about_somebody_else_is_no_answer(question):
    assert isinstance(draft(PIPELINE, question, Scope()), NoAnswer)


def test_two_names_are_compared_in_a_line_each():
    assert told("When did NewJeans and ILLIT debut?") == [
        "newjeans debut_date 2022-07-22",
        "illit debut_date 2024-03-25",
    ]
    assert told("뉴진스와 아일릿은 언제 데뷔했어?") == ["newjeans debut_date 2022-07-22", "illit debut_date 2024-03-25"]


def test_a_name_of_two_people_with_an_answer_each_is_asked_back():
    drafted = draft(PIPELINE, "하니는 어느 그룹 멤버야?", Scope())
    assert isinstance(drafted, WhichOne)
    assert {choice.entity for choice in drafted.choices} == {"hanni", "hani-exid"}
    chosen = draft(PIPELINE, "하니는 어느 그룹 멤버야?", Scope(), meant="hani-exid")
    assert isinstance(chosen, Draft)
    assert NOTES[chosen.quotes[0].revision - 1].snippet.statement == STATEMENTS[5]


@pytest.mark.parametrize(
    "question",
    [
        "who will be the next CEO of ADOR",
        "is Wonhee a member of NewJeans?",
        "who founded Kakao?",
        "what is the blood type of the members of NewJeans",
        "why did Min Hee-jin leave ADOR",
        "tell me about NewJeans",
        "who founded sajaegi?",
        "who is the manager of NewJeans?",
        "what is the sajaegi of NewJeans?",
    ],
)
def test_what_the_facts_do_not_say_is_left_to_the_search(question):
    drafted = draft(PIPELINE, question, Scope())
    assert "facts" not in drafted.receipt


def test_a_fact_that_was_withdrawn_is_told_no_more():
    index = an_index(NOTES, ENTITIES, glossary=load_glossary())
    index.owner(0).remove(2)
    drafted = draft(a_pipeline(index), "when did ILLIT debut", Scope())
    assert "facts" not in drafted.receipt


def test_how_many_there_are_said_to_be_does_not_keep_facts_from_answering():
    assert told("which two members are in NewJeans") == ["newjeans member minji"]


def test_who_left_is_not_answered_by_who_is_there():
    assert isinstance(told("which members left NewJeans"), NoAnswer)


def test_what_a_term_stands_for_is_what_it_means():
    assert told("what does sajaegi stand for") == ["sajaegi meaning buying one's own records"]


def test_every_value_in_the_pack_is_of_a_kind_that_its_relation_may_have():
    pack = load_pack()
    kinds = {entity.id: entity.kind for entity in pack.entities}
    told = [snippet.statement for snippet in pack.snippets if snippet.statement]

    assert {
        (statement.relation, kinds[value])
        for statement in told
        for value in statement.values
        if statement.relation in VALUES and value in kinds and kinds[value] not in VALUES[statement.relation]
    } == set()


@pytest.mark.parametrize(
    ("text", "linked", "outcome"),
    [("Kakao went public after years of talk.", (), NoAnswer), ("Kakao went public on KOSPI.", ("kospi",), Draft)],
)
def test_where_a_company_is_listed_is_told_only_by_what_names_a_market(text, linked, outcome):
    names = [*ENTITIES, Entity("kospi", "organization", "KOSPI", "코스피")]
    index = an_index([a_note(1, text, entities=("kakao", *linked))], names, glossary=load_glossary())

    assert isinstance(draft(a_pipeline(index), "what is Kakao listed on", Scope()), outcome)
