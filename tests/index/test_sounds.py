"""Words that sound alike in Hangul and in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from index.sounds import FOREIGN_NAMES, FOREIGN_WORDS, KOREAN_WORDS, Least, PhoneticIndex, Sound
from index.tokens import normalise

PAIRS = [
    ("larkin", "라킨"),
    ("downbeat", "다운비트"),
    ("castlegate", "캐슬게이트"),
    ("stonebarrow", "스톤배로우"),
    ("northern", "노던"),
    ("priscilla", "프리실라"),
    ("photobook", "포토북"),
    ("ledger", "레저"),
    ("newsletter", "뉴스레터"),
    ("spring tide", "스프링 타이드"),
    ("high water", "하이 워터"),
    ("gold stamp", "골드스탬프"),
    ("ganghwa lane", "강화레인"),
    ("jongno", "종로"),
    ("yeoreum", "여름"),
    ("eunjae", "은재"),
    ("gyeongmin", "경민"),
    ("chaewon", "채원"),
    ("mahwi", "마휘"),
    ("soi", "소이"),
    ("neouljae", "너울재"),
    ("ji-hwan", "지환"),
    ("smith", "스미스"),
    ("christine", "크리스틴"),
    ("hannah", "한나"),
    ("gina", "지나"),
]


@pytest.mark.parametrize(("latin", "hangul"), PAIRS)
def test_a_name_is_found_in_the_other_script_among_all_of_them(latin, hangul):
    assert PhoneticIndex([one for one, _ in PAIRS], FOREIGN_NAMES).nearest(hangul).words == (latin,)


@pytest.mark.parametrize(
    ("latin", "hangul"), [pair for pair in PAIRS if pair[0] in ("mahwi", "soi", "eunjae", "jongno")]
)
def test_a_korean_name_in_latin_letters_is_found_in_hangul(latin, hangul):
    assert PhoneticIndex([other for _, other in PAIRS], KOREAN_WORDS).nearest(latin).words == (hangul,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("라킨", "larson"),
        ("다운비트", "downtown"),
        ("소이", "sia"),
        ("미치루", "matcha"),
        ("서하", "suho"),
    ],
)
def test_what_only_begins_alike_is_not_meant(one, other):
    assert not PhoneticIndex([other], FOREIGN_NAMES).nearest(one).words


def test_names_that_sound_the_same_are_all_meant():
    assert PhoneticIndex(["offbeat", "upbeat", "downbeat"], FOREIGN_NAMES).nearest("업비트").words == (
        "upbeat",
        "offbeat",
    )


def test_a_word_that_is_no_name_must_be_heard_exactly_unless_it_is_long():
    words = PhoneticIndex(["reading", "ridden", "captain", "nine"], FOREIGN_WORDS)
    assert words.nearest("리딩").words == ("reading",)
    assert words.nearest("캡틴").words == ("captain",)
    assert words.nearest("년은").words == ()


def test_words_of_other_consonants_are_not_alike_at_all():
    assert Sound.of("라킨").likeness(Sound.of("lapin")) == 0.0
    assert Sound.of("라킨").likeness(Sound.of("larkin")) == 1.0


@pytest.mark.parametrize(("consonants", "least"), [(1, 0.4), (2, 0.3), (3, 0.2), (4, 0.1), (9, 0.1)])
def test_the_least_likeness_falls_with_the_consonants(consonants, least):
    assert Least(one=0.4, two=0.3, three=0.2, more=0.1).of(consonants) == least


@given(texts)
def test_any_text_has_a_sound_that_is_like_itself(text):
    sound = Sound.of(normalise(text))
    assert set(sound.consonants) <= set(sound.whole)
    assert sound.likeness(sound) == 1.0


@given(st.lists(texts, max_size=8), texts)
def test_what_is_meant_is_one_of_the_words(words, said):
    words = [normalise(word) for word in words]
    assert set(PhoneticIndex(words, FOREIGN_NAMES).nearest(normalise(said)).words) <= set(words)
