"""How nearly a question is worded like ways to ask and near misses."""

from __future__ import annotations

import math

import pytest

from index.wordings import Compared, Wordings

SINGER, GOLD, WHEN = "who sings gold", "gold singer", "when was gold"
ASKS = {SINGER: ("who", "sing", "gold"), GOLD: ("gold", "singer", "gold"), WHEN: ("when", "gold")}
MISSES = [("who", "wrote", "gold"), ("where", "mine")]
KNOWN = Wordings.of(ASKS, MISSES)


def compare(*terms: str) -> Compared:
    compared = KNOWN.compare(set(terms))
    assert compared
    return compared


def test_the_same_words_are_as_near_as_can_be():
    assert compare("who", "wrote", "gold").missed == pytest.approx(1)
    assert compare("when", "gold").contrast([WHEN]) == pytest.approx(compare("when", "gold").missed - 1)


def test_the_nearest_way_to_ask_counts():
    compared = compare("gold", "singer")
    assert -1 < compared.contrast([SINGER, GOLD]) == compared.contrast([GOLD]) < compared.contrast([WHEN])


def test_it_is_the_cosine_of_tf_idf_vectors():
    """By hand: "gold" is in four of five questions, each other word in one, but "who" in two."""
    gold, who, rare = (math.log(1 + (5 - n + 0.5) / (n + 0.5)) for n in (4, 2, 1))
    asked = (gold**2 + who**2) / math.sqrt((gold**2 + who**2) * (gold**2 + who**2 + rare**2))
    compared = compare("who", "gold")
    assert compared.missed == pytest.approx(asked, rel=1e-5)
    assert compared.contrast([SINGER]) == pytest.approx(0, abs=1e-6)


def test_unknown_words_make_a_question_less_like_any_other():
    assert 0 < compare("who", "gold", "zyx").missed < compare("who", "gold").missed
    assert compare("zyx").missed == 0 == compare("zyx").contrast([WHEN])


def test_ways_to_ask_that_are_not_known_are_not_compared():
    assert compare("gold").contrast([]) is None is compare("gold").contrast(["who wrote gold"])
    assert compare("gold").contrast(["who wrote gold", WHEN]) == compare("gold").contrast([WHEN])


@pytest.mark.parametrize("known", [Wordings.of({}, MISSES), Wordings.of(ASKS, []), Wordings.of({}, [])])
def test_where_either_is_missing_nothing_is_told(known):
    assert known.compare({"gold"}) is None


def test_a_question_without_words_is_like_nothing():
    assert KNOWN.compare(set()) is None


def test_they_are_the_same_when_all_of_them_is():
    assert Wordings.of(ASKS, MISSES) == KNOWN != Wordings.of(ASKS, MISSES[:1])
    assert KNOWN != "gold"
