import re
import string

import pytest

from knowledge.facts import RELATIONS, ValueType
from knowledge.kinds import KINDS, shown
from knowledge.models import Entity, Kind, Statement
from knowledge.telling import Telling, sentence

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity("duo", "group", "Duo", "듀오"),
        Entity("big-label", "company", "Big Label", "빅 레이블"),
        Entity("seoul-sound", "company", "Seoul Sound", "서울사운드"),
        Entity("golden", "song", "Golden", "골든"),
        Entity("the-film", "film", "The Film", "더 필름"),
        Entity("apt", "song", "APT."),
    )
}
NEEDED = (
    *("formed_through", "label", "parent", "acquired_by", "founded", "founder", "chief_executive", "debut_date"),
    *("member", "fandom", "performer", "featured_artist", "collaboration", "composer", "lyricist", "producer"),
    *("director", "from_work", "platform", "role", "affiliation", "based_in", "artist_of"),
)
VALUES = {
    ValueType.ENTITY: "big-label",
    ValueType.DATE: "2024-06-28",
    ValueType.NUMBER: "1200",
    ValueType.TEXT: "Duets",
}


def said(relation, value, since=None, until=None, *, others=(), subject="duo", korean=None, over=False):
    statement = Statement(subject, relation, value, since, until, others)
    return [sentence(statement, Telling(ENTITIES, korean or {}, over), language) for language in ("en", "ko")]


@pytest.mark.parametrize("relation", NEEDED)
def test_the_vocabulary_covers_what_profiles_need(relation):
    assert relation in RELATIONS


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS)
def test_templates_name_subject_and_value_and_nothing_unknown(relation):
    allowed = {"en": {"subject", "value", "is", "are", "has"}, "ko": {"subject", "value", "when"}}
    templates = (("en", relation.en), ("en", relation.several or relation.en))
    for language, template in (*templates, ("ko", relation.ko), ("ko", relation.ko_past)):
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert {"subject", "value"} <= names <= allowed[language]


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS)
def test_every_relation_reads_as_a_sentence_in_every_tense(relation):
    until = "2024-05" if relation.kind is Kind.STATE else None
    for dates in ((None, None), ("2020", None), ("2020", until), (None, until)):
        english, korean = said(relation.id, VALUES[relation.value], *dates, korean={"Duets": "듀엣"})
        assert re.fullmatch(r"[A-Z][^{}]*[^ .]\.", english), english
        assert re.fullmatch(r"[^{}]*[가-힣)]다\.", korean), korean
        assert "  " not in english + korean


@pytest.mark.parametrize("relation", [r for r in RELATIONS.values() if r.kind is Kind.STATE], ids=lambda r: r.id)
def test_a_state_says_whether_it_lasts(relation):
    value = VALUES[relation.value]
    now, since, past = (said(relation.id, value, *dates) for dates in ((None, None), ("2020", None), ("2020", "2023")))
    assert re.search(r"\b(is|has)\b", now[0])
    assert re.search(r"\bhas (been|had)\b.* since 2020\.", since[0])
    assert re.search(r"\b(was|had)\b.* from 2020 to 2023\.", past[0])
    assert "2020년부터 " in since[1]
    assert "2020년부터 2023년까지 " in past[1]
    assert past[1][-4:] != since[1][-4:]


@pytest.mark.parametrize(
    ("relation", "arguments", "english", "korean"),
    [
        ("label", ("big-label",), "Duo is signed to Big Label.", "듀오는 빅 레이블 소속이다."),
        (
            "label",
            ("big-label", "2023"),
            "Duo has been signed to Big Label since 2023.",
            "듀오는 2023년부터 빅 레이블 소속이다.",
        ),
        (
            "label",
            ("big-label", "2020-01", "2023-05-01"),
            "Duo was signed to Big Label from January 2020 to 1 May 2023.",
            "듀오는 2020년 1월부터 2023년 5월 1일까지 빅 레이블 소속이었다.",
        ),
        (
            "acquired_by",
            ("big-label", "2021-04"),
            "Duo was acquired by Big Label in April 2021.",
            "빅 레이블은 2021년 4월에 듀오를 인수했다.",
        ),
        ("debut_date", ("2024-06-28",), "Duo debuted on 28 June 2024.", "듀오는 2024년 6월 28일에 데뷔했다."),
        ("founded", ("2005",), "Duo was founded in 2005.", "듀오는 2005년에 설립되었다."),
        ("member_count", ("1200",), "Duo has 1,200 members.", "듀오는 멤버가 1,200명이다."),
        ("fandom", ("Duets",), "The fandom of Duo is called Duets.", "듀오의 팬덤 이름은 Duets다."),
        (
            "collaboration",
            ("seoul-sound",),
            "Duo collaborated with Seoul Sound.",
            "듀오는 서울사운드와 협업했다.",
        ),
        (
            "debut_work",
            ("golden",),
            'Duo debuted with "Golden".',
            "듀오는 〈골든〉으로 데뷔했다.",
        ),
    ],
)
def test_sentences_read_right(relation, arguments, english, korean):
    assert said(relation, *arguments) == [english, korean]


def test_a_song_and_a_film_carry_their_marks():
    assert said("from_work", "the-film", subject="golden") == [
        '"Golden" is a song from The Film.',
        "〈골든〉은 《더 필름》에 나오는 곡이다.",
    ]


def test_a_text_is_worded_per_language():
    assert said("role", "a composer", korean={"a composer": "작곡가"}) == ["Duo is a composer.", "듀오는 작곡가다."]


def test_a_state_that_is_over_reads_as_past_without_dates():
    assert said("label", "big-label", over=True) == ["Duo was signed to Big Label.", "듀오는 빅 레이블 소속이었다."]


def test_a_name_without_hangul_takes_its_particle_by_sound():
    assert said("release_date", "2024", subject="apt")[1] == "〈APT.〉는 2024년에 발매되었다."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_entity_can_be_named(kind):
    assert "Duo" in shown(Entity("duo", kind, "Duo"), "ko")


@pytest.mark.parametrize(
    ("relation", "others", "english", "korean"),
    [
        (
            "performer",
            ("seoul-sound",),
            "Duo is performed by Big Label and Seoul Sound.",
            "빅 레이블과 서울사운드가 부른",
        ),
        (
            "performer",
            ("seoul-sound", "apt"),
            'Duo is performed by Big Label, Seoul Sound and "APT.".',
            "빅 레이블, 서울사운드, 〈APT.〉가 부른",
        ),
        ("member", ("seoul-sound",), "Big Label and Seoul Sound are members of Duo.", "서울사운드는 듀오의 멤버이다."),
        (
            "partner",
            ("seoul-sound",),
            "Duo has partnerships with Big Label and Seoul Sound.",
            "빅 레이블과 서울사운드와",
        ),
        ("label", ("seoul-sound",), "Duo is signed to Big Label and Seoul Sound.", "빅 레이블과 서울사운드 소속이다."),
    ],
)
def test_values_that_hold_at_once_are_joined(relation, others, english, korean):
    said_english, said_korean = said(relation, "big-label", others=others)
    assert said_english == english
    assert korean in said_korean


def test_joined_values_agree_in_every_tense():
    tenses = (said("member", "big-label", *dates, others=("seoul-sound",)) for dates in (("2020",), ("2020", "2023")))
    assert [english for english, _ in tenses] == [
        "Big Label and Seoul Sound have been members of Duo since 2020.",
        "Big Label and Seoul Sound were members of Duo from 2020 to 2023.",
    ]


def test_two_roles_are_joined_as_roles():
    korean = {"a composer": "작곡가", "a singer": "가수"}
    assert said("role", "a composer", others=("a singer",), korean=korean) == [
        "Duo is a composer and a singer.",
        "듀오는 작곡가이자 가수다.",
    ]


@pytest.mark.parametrize("relation", [r for r in RELATIONS.values() if r.joins], ids=lambda r: r.id)
def test_english_that_bends_with_its_values_says_how(relation):
    verb_follows = re.match(r"\{value\} (\{is\}|is |\w+s )", relation.en)
    noun_precedes = re.search(r" a \w+ with \{value\}", relation.en)
    assert bool(verb_follows or noun_precedes) == bool(relation.several)
