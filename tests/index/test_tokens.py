"""From text to index terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from index.stopwords import ENGLISH, KOREAN
from index.tokens import PARTICLE_WEIGHT, has_hangul, is_stop_word, normalise, terms, tokens


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Rosé", "rose"),
        ("ROSALÍA", "rosalia"),
        ("Beyoncé", "beyonce"),
        ("ＢＴＳ", "bts"),
        ("ﬁnal", "final"),
        ("Straße", "strasse"),
        ("①", "1"),
        ("don’t", "don't"),
        ("로제", "로제"),
        ("ㅎㅏㄴ", normalise("ㅎㅏㄴ")),
    ],
)
def test_accents_case_and_width_do_not_count(written, plain):
    assert normalise(written) == plain


@pytest.mark.parametrize("text", ["블랙핑크", "로제의 아파트", "Rosé", "España", "가나다"])
def test_composed_and_decomposed_texts_have_the_same_terms(text):
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(texts)
def test_any_text_normalises_the_same_composed_or_not(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@pytest.mark.parametrize("spelling", ["K-pop", "k-pop", "KPOP", "Kpop", "K pop", "K‑pop", "Ｋ－ＰＯＰ", "K–pop"])
def test_every_spelling_of_kpop_is_one_term(spelling):
    assert terms(f"the {spelling} industry") == terms("the kpop industry")


def test_an_initial_before_a_hyphen_belongs_to_the_name():
    assert terms("J-Hope") == terms("jhope")
    assert terms("a well-known label") == [*terms("a well known label")]


@pytest.mark.parametrize(("one", "other"), [("Rosé's", "Rosé"), ("the label’s", "the label"), ("fans'", "fans")])
def test_a_possessive_is_the_same_term(one, other):
    assert terms(one) == terms(other)


def test_latin_words_are_stemmed():
    assert terms("collaborations") == terms("collaborated")


def test_number_words_are_numbers():
    assert terms("seven members") == ["7", *terms("members")]


@pytest.mark.parametrize(
    ("text", "term"), [("1,000,000", "1000000"), ("3.5", "3.5"), ("2025,", "2025"), ("２０２５", "2025")]
)
def test_numbers_lose_their_separators(text, term):
    assert terms(text) == [term]


def test_hangul_becomes_bigrams_inside_each_word():
    assert terms("블랙핑크 로제") == ["블랙", "랙핑", "핑크", "로제"]


def test_a_single_syllable_is_a_term():
    assert terms("뷔") == ["뷔"]


@pytest.mark.parametrize("text", ["BTS의", "BTS가", "2025에"])
def test_the_particle_of_a_latin_name_or_number_is_no_term(text):
    assert terms(text) == terms(text[:-1])


def test_bigrams_that_touch_a_particle_weigh_less():
    weights = {token.term: token.weight for token in tokens("하이브에서")}
    assert weights == {"하이": 1.0, "이브": 1.0, "브에": PARTICLE_WEIGHT, "에서": PARTICLE_WEIGHT}


@pytest.mark.parametrize(("text", "term"), [("76일", "76일"), ("1위를", "1위"), ("1,000만", "1000만")])
def test_a_counted_unit_is_a_term_beside_its_number(text, term):
    found = terms(text)
    assert term in found
    assert term[:-1] in found


@pytest.mark.parametrize("text", ["宇多田ヒカル", "東京", "ひらがな"])
def test_chinese_and_japanese_become_bigrams(text):
    assert len(terms(text)) == len(text) - 1


@pytest.mark.parametrize("text", ["Привет", "Ελλάδα", "שלום", "สวัสดี"])
def test_other_scripts_give_terms(text):
    assert terms(text)


def test_a_mix_of_scripts_is_split_where_the_script_changes():
    assert terms("KATSEYE캣츠아이") == ["katsey", "캣츠", "츠아", "아이"]


@pytest.mark.parametrize("text", ["", " ", "!?…", "👍🏽", "\ud800", "\u202e", "\x00"])
def test_what_has_no_letter_or_digit_has_no_terms(text):
    assert terms(text) == []


@given(texts)
def test_every_token_names_the_characters_it_came_from(text):
    normalised = normalise(text)
    for token in tokens(normalised):
        assert token.term
        assert 0 <= token.start < token.end <= len(normalised)


@given(st.text("가나다라마바사하는이을 ", max_size=20))
def test_hangul_terms_stand_verbatim_in_the_text(text):
    assert all(text[token.start : token.end] == token.term for token in tokens(text))


@pytest.mark.parametrize("text", ["who", "what's", "누구", "알려줘"])
def test_question_words_are_stop_words(text):
    normalised = normalise(text)
    assert all(is_stop_word(token, normalised) for token in tokens(normalised))


@pytest.mark.parametrize("text", ["golden", "first", "not", "골든", "76일", "1위", "누구나"])
def test_words_that_change_what_is_asked_are_not(text):
    normalised = normalise(text)
    assert not any(is_stop_word(token, normalised) for token in tokens(normalised))


def test_a_stop_word_inside_a_longer_korean_word_is_not_one():
    text = "그룹"  # begins with the stop word 그
    assert not any(is_stop_word(token, text) for token in tokens(text))


def test_the_lists_are_in_the_form_that_texts_are_compared_in():
    assert all(normalise(word) == word for word in ENGLISH | KOREAN)


@pytest.mark.parametrize(("text", "there"), [("로제 APT", True), ("ㅋㅋ", False), ("宇多田", False), ("", False)])
def test_hangul_is_seen(text, there):
    assert has_hangul(text) is there
