"""Words of a question that are spelt in the other script in the notes of a server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from index.tokens import normalise
from index.transliterations import Pronunciations, Spelling, transliterations

ENGLISH_NOTES = Pronunciations(
    [
        "Larkin Studio is our biggest room. The captain of Downbeat keeps the key of the High Water room.",
        "Soraya's team reads the newsletter in June. We met Park Seo-yeon, Mari and Maria. A band of 별채 B홀.",
    ]
)
KOREAN_NOTES = Pronunciations(["오브렌의 리더 류하건은 온새미에서 연습해요.", "소이가 컴백했어요."])


def meant(question: str, notes: Pronunciations, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    normalised = normalise(question)
    found = transliterations(normalised, (), known.__contains__, notes.spelling)
    return [(normalised[one.start : one.end], one.spelling.written) for one in found]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("라킨은 어디예요?", [("라킨은", "larkin")]),
        ("다운비트 캡틴이 누구예요?", [("다운비트", "downbeat"), ("캡틴이", "captain")]),
        ("하이 워터 방 열쇠", [("하이 워터", "high water")]),
        ("하이워터 방 열쇠", [("하이워터", "high water")]),
        ("소라야가 누구예요", [("소라야가", "soraya")]),
        ("서연은 어디 있어요", [("서연은", "seo-yeon")]),
        ("마리아가 누구예요", [("마리아가", "maria")]),
        ("하이 WATER 방", [("하이", "high")]),
        ("별채 A홀은 얼마야", []),
        ("몇 명이나 나가", []),
        ("뉴스레터에서 봤어요", [("뉴스레터에서", "newsletter")]),
        ("주는 사람이 누구예요", []),
        ("방 열쇠는 어디 있어요?", []),
    ],
)
def test_a_hangul_word_stands_for_one_in_latin_letters(question, found):
    assert meant(question, ENGLISH_NOTES) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("who leads Obren?", [("obren", "오브렌")]),
        ("where does Hageon practise", [("hageon", "하건")]),
        ("is Ryu Hageon here", [("hageon", "하건")]),
        ("when did Soi's album come out", [("soi", "소이")]),
        ("where is onsaemi", [("onsaemi", "온새미")]),
        ("what is this", []),
    ],
)
def test_a_strange_word_in_latin_letters_stands_for_a_hangul_one(question, found):
    assert meant(question, KOREAN_NOTES) == found


def test_a_word_that_is_in_use_stands_for_itself():
    assert meant("who leads Obren?", KOREAN_NOTES, frozenset({"obren"})) == []


def test_what_is_taken_stands_for_nothing_else():
    question = normalise("라킨 열쇠")
    assert transliterations(question, ((0, 2),), lambda _: False, ENGLISH_NOTES.spelling) == []


def test_the_parts_of_a_spelling_are_shared_out_in_order():
    spelling = Spelling("오브렌", (("오브",), ("브렌",)), 1.0, 3)
    assert spelling.parts_of(0, 1) == (("오브",), ("브렌",))
    assert [spelling.parts_of(number, 2) for number in (0, 1)] == [(("오브",),), (("브렌",),)]
    assert [spelling.parts_of(number, 3) for number in (0, 1, 2)] == [(("오브",),), (("오브",),), (("브렌",),)]


@pytest.mark.parametrize(("said", "is_sure"), [("obren", True), ("obrin", False), ("soi", False)])
def test_only_what_is_heard_exactly_and_is_long_enough_is_surely_meant(said, is_sure):
    spelling = KOREAN_NOTES.spelling(said)
    assert spelling
    assert spelling.is_sure is is_sure


def test_the_parts_of_a_name_with_a_hyphen_are_its_index_terms():
    spelling = ENGLISH_NOTES.spelling("서연")
    assert spelling
    assert spelling.parts == (("seo",), ("yeon",))


@given(texts, st.lists(texts, max_size=5))
def test_any_question_is_read_beside_any_notes(question, notes):
    normalised = normalise(question)
    found = transliterations(normalised, (), lambda _: False, Pronunciations(notes).spelling)
    ends = [(one.start, one.end) for one in found]
    assert ends == sorted(ends)
    assert all(start < end <= len(normalised) for start, end in ends)
