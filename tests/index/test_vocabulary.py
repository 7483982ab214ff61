"""Words that mean the same, in both languages, and the rough English of a Korean question."""

from __future__ import annotations

import pytest

from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.senses import SenseMatcher
from index.tokens import normalise
from index.vocabulary import Vocabulary
from knowledge.glossary import load_glossary
from knowledge.models import Entity, Glossary, Pack, Term

CHART = Term("chart", "chart", ("chart",), ("차트-",), question=False)
TOP = Term("top-spot", "number one", ("number one", "no. 1", "top spot"), ("1위-",), question=False)
FIRST = Term("first", "first", ("first",), ("첫",), question=False)
ACQUIRE = Term("acquire", "acquired", ("acquire", "buy"), ("인수",), question=False)
HOW_MANY = Term("how-many", "how many", ("how many",), ("몇-",), question=True)
GOLDEN = Entity("golden", "song", "Golden", "골든")
SPOTIFY = Entity("spotify", "platform", "Spotify", "스포티파이")

WORDS = Vocabulary(
    EntityMatcher([GOLDEN, SPOTIFY]), SenseMatcher(Lexicon.of(Glossary((CHART, TOP, FIRST, ACQUIRE, HOW_MANY))))
)


def senses(text: str, words: Vocabulary = WORDS) -> list[str]:
    return [sense.term.id for sense in words.read(text).senses]


def gloss(question: str, words: Vocabulary = WORDS) -> str:
    normalised = normalise(question)
    return words.gloss(words.reading(normalised, words.names.mentions_in(normalised)))


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("charts", "chart"),
        ("CHARTED", "chart"),
        ("차트에서는", "chart"),
        ("No. 1", "top-spot"),
        ("no 1", "top-spot"),
        ("the number one song", "top-spot"),
        ("1위를", "top-spot"),
        ("acquiring", "acquire"),
        ("인수했어", "acquire"),
        ("인수한", "acquire"),
        ("인수를", "acquire"),
    ],
)
def test_a_sense_is_found_in_every_form(text, sense):
    assert senses(text) == [sense]


@pytest.mark.parametrize("text", ["", "number two", "uncharted", "인수봉", "첫사랑", "spot"])
def test_other_words_have_no_sense(text):
    assert senses(text) == []


TWICE = Entity("twice", "group", "TWICE", "트와이스")
TWO_TIMES = Term("two-times", "twice", ("twice",), ("두 번",), question=False)
NAMED = Vocabulary(EntityMatcher([TWICE]), SenseMatcher(Lexicon.of(Glossary((TWO_TIMES,)))))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Claims for the TWICE order close soon.", True),
        ("The order for Twice closes soon.", True),
        ("We meet twice a year.", False),
        ("Twice a year we meet.", False),
        ("We meet. Twice a year we sing.", False),
        ("“Twice a year”, they said.", False),
        ("TWICE!", True),
        ("트와이스 공구", True),
        ("K-pop night: songs by TWICE, then a quiz.", True),
        ("Theme: Twice", True),
        ("- Twice a week\n- on Fridays", False),
        ("APPLY TWICE IF YOU MUST.", False),
        ("aPPLY 2TIMES! TWICE, 3X A WEEK.", False),
        ("APPLY NOW: TWICE is here.", True),
    ],
)
def test_a_word_that_a_note_writes_as_a_name_is_one(text, named):
    assert NAMED.read_as_written(text).content.entities == (("twice",) if named else ())


def test_the_longest_phrase_wins():
    words = Vocabulary(
        EntityMatcher([]), SenseMatcher(Lexicon.of(Glossary((Term("one", "one", ("one",), (), question=False), TOP))))
    )
    assert senses("number one", words) == ["top-spot"]
    assert senses("one", words) == ["one"]


def test_a_sense_names_the_characters_it_stands_on():
    text = normalise("the top spot again")
    (sense,) = WORDS.reading(text, ()).senses
    assert text[sense.start : sense.end] == "top spot"


def test_english_and_korean_words_of_one_sense_share_an_index_term():
    assert set(WORDS.read("a chart").content.terms) & set(WORDS.read("차트").content.terms) == {"~chart"}


def test_question_words_leave_no_index_term():
    assert not any(term.startswith("~") for term in WORDS.read("how many 몇 개").content.terms)


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("골든은 스포티파이 차트에서 1위야?", "Golden Spotify chart number one"),
        ("BTS는 몇 명이야?", "bts how many"),
        ("골든 2025", "Golden 2025"),
        ("뭐라도", ""),
        ("2025", ""),
    ],
)
def test_a_korean_question_reads_as_rough_english(question, english):
    assert gloss(question) == english


def test_a_syllable_that_may_be_a_name_is_not_told_as_one():
    han = Entity("han", "person", "Han", "한")
    words = Vocabulary(EntityMatcher([han, GOLDEN]), SenseMatcher(Lexicon.of(Glossary((CHART, FIRST)))))
    assert gloss("골든이 첫 차트에 든 한 주", words) == "Golden first chart"


def test_the_bundled_glossary_glosses_a_real_question(pack: Pack):
    words = Vocabulary(EntityMatcher(pack.entities), SenseMatcher(Lexicon.of(load_glossary())))
    english = gloss("하이브가 인수한 회사는 어디야?", words)
    assert english.startswith("HYBE")
    assert "acquire" in english
    assert not any("가" <= c <= "힣" for c in english)


def test_every_form_of_the_bundled_glossary_is_found_as_its_own_sense():
    glossary = load_glossary()
    words = Vocabulary(EntityMatcher([]), SenseMatcher(Lexicon.of(glossary)))
    missed = [
        (term.id, form)
        for term in glossary.terms
        for form in (*term.en, *term.ko)
        if term.id not in senses(form.removesuffix("-"), words)
    ]
    assert missed == []
