"""Mending what was mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from index.spelling import Speller
from index.tokens import normalise

SPELLER = Speller(["golden", "spotify", "record", "label", "who", "album", "albums", "owner", "it", "블랙핑크"])


def mend(text: str, known: frozenset[str] = frozenset()) -> str:
    return SPELLER.mend(text, known.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("glden", "golden"), ("goldenn", "golden"), ("gloden", "golden"), ("sptoify", "spotify"), ("alubm", "album")],
)
def test_a_slip_of_the_fingers_is_mended(typed, meant):
    assert mend(typed) == meant


def test_only_the_slip_changes_in_its_sentence():
    assert mend("wich label, glden?", frozenset({"wich"})) == "wich label, golden?"


def test_a_word_that_texts_use_stays():
    assert mend("goldren", frozenset({"goldren"})) == "goldren"


def test_a_known_word_stays_though_another_is_near():
    assert mend("album albums") == "album albums"


@pytest.mark.parametrize("text", ["xx", "zq", "zyzzyva", "블랙팽크", "76", ""])
def test_what_is_near_to_nothing_or_too_short_stays(text):
    assert mend(text) == text


def test_nothing_is_mended_towards_a_word_that_is_only_kept():
    speller = Speller(["rank"], kept=["bae"])
    assert speller.mend("bye bae rnak", lambda _: False) == "bye bae rank"


def test_a_word_as_near_to_two_others_stays():
    assert Speller(["ranking", "banking"]).mend("tanking", lambda _: False) == "tanking"


def test_a_word_is_only_mended_into_one_with_the_same_first_letter():
    assert Speller(["ranking", "banking"]).mend("rankign", lambda _: False) == "ranking"
    assert Speller(["ranking"]).mend("tanking", lambda _: False) == "tanking"


@given(texts)
def test_any_text_is_mended_word_by_word(text):
    normalised = normalise(text)
    mended = SPELLER.mend(normalised, lambda _: False)
    assert len(mended.split()) == len(normalised.split())
    assert SPELLER.mend(normalised, lambda _: True) == normalised


@given(st.sampled_from(["golden", "spotify", "record", "label"]), st.data())
def test_two_neighbouring_letters_after_the_first_may_be_swapped(word, data):
    at = data.draw(st.integers(1, len(word) - 2))
    assert mend(word[:at] + word[at + 1] + word[at] + word[at + 2 :]) == word
