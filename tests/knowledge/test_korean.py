import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.korean import Word, final, particle

syllables = st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))


@given(st.text(syllables, max_size=5), syllables)
def test_hangul_has_a_final_consonant_when_it_decomposes_into_three_letters(before, last):
    letters = unicodedata.normalize("NFD", last)
    expected = "" if len(letters) == 2 else "ㄹ" if letters[2] == "\u11af" else "other"
    assert final(before + last) == expected


@given(st.text(max_size=20), st.sampled_from(["은/는", "이/가", "을/를", "과/와", "으로/로", "이다/다"]))
def test_any_word_gets_one_half_of_the_pair(word, pair):
    assert particle(word, pair) in pair.split("/")


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("하이브", "은/는", "는"),
        ("방탄소년단", "은/는", "은"),
        ("로제", "이/가", "가"),
        ("정국", "이/가", "이"),
        ("블랙핑크", "을/를", "를"),
        ("스트레이 키즈", "과/와", "와"),
        ("세븐틴", "과/와", "과"),
        ("서울", "으로/로", "로"),
        ("부산", "으로/로", "으로"),
        ("제주", "으로/로", "로"),
        ("〈골든〉", "은/는", "은"),
        ("《더 데뷔》", "을/를", "를"),
        ("브뤼셀 자유 대학교(VUB)", "은/는", "는"),
        ("아파트(APT.)", "이/가", "가"),
    ],
)
def test_particles_follow_hangul_past_closing_marks(word, pair, expected):
    assert particle(word, pair) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("BTS", ""),
        ("SM", "other"),
        ("JYP", ""),
        ("ENM", "other"),
        ("XL", "ㄹ"),
        ("R", "ㄹ"),
        ("KATSEYE", ""),
        ("HYBE", ""),
        ("Spotify", ""),
        ("Netflix", ""),
        ("Apple", "ㄹ"),
        ("Seoul", "ㄹ"),
        ("SEVENTEEN", "other"),
        ("BIGBANG", "other"),
        ("K-Pop", "other"),
        ("Music", "other"),
        ("Facebook", "other"),
        ("Rosé", ""),
        ("Billboard", ""),
        ("Milk", ""),
        ("GOT7", "ㄹ"),
        ("2NE1", "ㄹ"),
        ("Hot 100", "other"),
        ("Version 2", ""),
        ("1.3", "other"),
        ("", ""),
        ("…", ""),
        ("東京", ""),
    ],
)
def test_latin_words_and_digits_go_by_how_they_are_said(word, expected):
    assert final(word) == expected


def test_a_word_takes_its_particle_in_a_template():
    assert "{name:은/는} {name}".format(name=Word("하이브")) == "하이브는 하이브"
