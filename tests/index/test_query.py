"""A question as it is read."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.nasty import texts
from fakes.notes import GLOSSARY, understood
from index.documents import entity_term
from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.query import clean, language_of, understand
from index.senses import SenseMatcher
from index.vocabulary import Vocabulary
from knowledge.glossary import load_glossary
from knowledge.models import Entity, Glossary, Pack, Term

ROSE = Entity("rose", "soloist", "Rosé", "로제")
GOLDEN_SONG = Entity("golden-song", "song", "Golden", "골든")
GOLDEN_ALBUM = Entity("golden-album", "album", "Golden", "골든")
BLACKPINK = Entity("blackpink", "group", "BLACKPINK", "블랙핑크")

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  who\towns\r\nit  ", "who owns it"),
        ("who\u200b owns\ufeff it", "who owns it"),
        ("\x1b[31mred\x00", "[31mred"),
        ("로제".encode().decode(), "로제"),
        (unicodedata.normalize("NFD", "로제 Rosé"), "로제 Rosé"),
        ("a\ue000b", "a b"),
        ("", ""),
        ("\u3000", ""),
    ],
)
def test_a_question_is_cleaned(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize("mark", sorted(BIDI))
def test_no_bidi_control_is_left(mark):
    assert clean(f"a{mark}b") == "ab"


@given(texts)
def test_what_is_cleaned_is_composed_visible_and_can_be_sent(text):
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode() == cleaned == unicodedata.normalize("NFC", cleaned)
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "language"),
    [("who owns it", "en"), ("골든은?", "ko"), ("What is 골든", "ko"), ("¿Quién?", "en"), ("ㅋㅋ", "en"), ("", "en")],
)
def test_hangul_anywhere_makes_a_question_korean(text, language):
    assert language_of(text) == language


def test_stop_words_and_question_words_are_no_content():
    assert understood("Who is it and where did they get this?").groups == ()
    assert understood("누구야").groups == ()


def test_content_words_are_groups_in_order_and_once():
    assert [group.terms for group in understood("silver gold silver").groups] == [("silver",), ("gold",)]


def test_a_group_keeps_its_word_as_it_is_written_but_latin_ones_in_english_questions_only():
    assert [group.word for group in understood("Singers of 76 charts").groups] == ["singers", "", "charts"]
    assert [group.word for group in understood("singers 기획사는").groups] == ["", "기획사", "기획사", "기획사"]


def test_a_name_is_a_group_with_its_entity():
    (group,) = [group for group in understood("Rosé?", ROSE).groups if group.entities]
    assert group.entities == ("rose",)
    assert entity_term("rose") in group.terms


@pytest.mark.parametrize("written", ["Rosé's", "Rosé’s", "ROSÉ'S"])
def test_a_name_with_a_possessive_s_is_still_asked_for(written):
    assert [g.entities for g in understood(f"{written} silver?", ROSE).groups] == [("rose",), ()]


def test_a_shared_name_names_them_all_until_one_is_meant():
    assert understood("golden", GOLDEN_SONG, GOLDEN_ALBUM).entities == ("golden-song", "golden-album")
    vocabulary = Vocabulary(EntityMatcher([GOLDEN_SONG, GOLDEN_ALBUM]), SenseMatcher(Lexicon.of(GLOSSARY)))
    assert understand("golden", vocabulary, lambda _: True, meant="golden-album").entities == ("golden-album",)


def test_a_word_of_the_glossary_is_a_group_with_its_sense():
    (group,) = understood("charts").groups
    assert group.sense == "chart"
    assert understood("차트").groups[0].sense == "chart"


def test_a_misspelt_name_is_read_as_the_name():
    vocabulary = Vocabulary(EntityMatcher([BLACKPINK]), SenseMatcher(Lexicon.of(GLOSSARY)))
    assert understand("blakcpink", vocabulary, lambda _: False).entities == ("blackpink",)
    assert understand("블랙팽크", vocabulary, lambda _: False).entities == ("blackpink",)


def test_a_word_in_use_is_not_taken_for_a_misspelt_name():
    vocabulary = Vocabulary(EntityMatcher([BLACKPINK]), SenseMatcher(Lexicon.of(GLOSSARY)))
    assert understand("blackpine", vocabulary, lambda _: True).entities == ()


def test_a_word_of_the_glossary_is_not_taken_for_a_misspelt_name_though_no_text_has_it():
    proof = Entity("proof", "album", "Proof")
    glossary = Glossary((Term("professor", "professor", ("prof",), (), question=False),))
    vocabulary = Vocabulary(EntityMatcher([proof]), SenseMatcher(Lexicon.of(glossary)))
    assert understand("prof", vocabulary, lambda _: False).entities == ()


def test_a_korean_question_has_a_gloss_and_an_english_one_has_none():
    assert understood("로제 차트", ROSE).gloss == "Rosé chart"
    assert understood("Rosé chart", ROSE).gloss == ""


@pytest.mark.parametrize(
    ("question", "entity"),
    [
        ("소녀시대는 언제 데뷔했어?", "girls-generation"),
        ("한국음악콘텐츠협회 설립 연도가 언제야?", "korea-music-content-association"),
        ("인기가요에서 1위 하려면?", "inkigayo"),
        ("이유정은 어느 그룹이야?", "yujeong-lightsum"),
    ],
)
def test_a_name_that_only_begins_with_a_word_of_the_glossary_is_a_name(pack_words, question, entity):
    assert entity in understand(question, pack_words, lambda _: True).entities


@pytest.mark.parametrize(
    ("question", "entity"), [("여자친구 있어도 돼?", "gfriend"), ("여기서 이동해도 돼?", "donghae")]
)
def test_a_name_that_is_a_word_of_the_glossary_with_an_ending_is_none_by_itself(pack_words, question, entity):
    assert entity not in understand(question, pack_words, lambda _: True).entities


@given(texts)
@settings(max_examples=40)
def test_any_text_is_understood_with_the_bundled_words(pack_words, text):
    query = understand(text, pack_words, lambda _: False)
    assert query.text == clean(text)
    assert all(group.terms and group.weight > 0 for group in query.groups)


@given(st.text("가나a1 '.-\u0301", max_size=60), st.booleans())
@settings(max_examples=40)
def test_any_mix_of_letters_and_marks_is_understood(pack_words, text, known):
    understand(text, pack_words, lambda _: known)


@pytest.mark.parametrize(
    "text", ["a", "가", "1", pytest.param("골든 ", marks=pytest.mark.slow), "\u0301", "\ud800", "👍🏽"]
)
def test_ten_thousand_characters_are_understood(pack_words, text):
    understand(text * (10_000 // len(text)), pack_words, lambda _: False)


@pytest.mark.parametrize("question", [f"Who is {' '.join(['A' * 160] * 3)}", "가" * 250 + "A" * 250, "A B C 1" * 70])
def test_a_question_of_long_words_in_capitals_is_read_at_once(question):
    began = time.thread_time()
    understood(question)
    assert time.thread_time() - began < 2


@pytest.fixture(scope="module")
def pack_words(pack: Pack) -> Vocabulary:
    return Vocabulary(EntityMatcher(pack.entities), SenseMatcher(Lexicon.of(load_glossary())))
