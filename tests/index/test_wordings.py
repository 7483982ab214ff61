"""How nearly a question is worded like ways to ask and near misses."""

from __future__ import annotations

import math

import pytest

from index.wordings import Compared, Wordings

ASKS = {7: [("who", "sing", "gold"), ("gold", "singer")], 3: [("when", "gold")], 5: []}
MISSES = [("who", "wrote", "gold"), ("where", "mine")]
KNOWN = Wordings(ASKS, MISSES)


def compare(*terms: str) -> Compared:
    compared = KNOWN.compare(set(terms))
    assert compared
    return compared


def test_the_same_words_are_as_near_as_can_be():
    compared = compare("who", "wrote", "gold")
    assert compared.missed == pytest.approx(1)
    assert compared.contrast(7) == pytest.approx(1 - compared.asked[1])


def test_the_nearest_way_to_ask_counts_by_revision():
    compared = compare("gold", "singer")
    assert compared.revisions.tolist() == [3, 7]
    assert compared.asked.tolist() == pytest.approx([compared.asked[0], 1])
    assert -1 < compared.contrast(7) < compared.contrast(3)


def test_it_is_the_cosine_of_tf_idf_vectors():
    """By hand: "gold" is in four of five questions, each other word in one, but "who" in two."""
    gold, who, rare = (math.log(1 + (5 - n + 0.5) / (n + 0.5)) for n in (4, 2, 1))
    asked = (gold**2 + who**2) / math.sqrt((gold**2 + who**2) * (gold**2 + who**2 + rare**2))
    compared = compare("who", "gold")
    assert compared.missed == pytest.approx(asked, rel=1e-5)


def test_unknown_words_make_a_question_less_like_any_other():
    plain, strange = compare("who", "gold"), compare("who", "gold", "zyx")
    assert 0 < strange.missed < plain.missed
    nothing = compare("zyx")
    assert nothing.missed == 0 == nothing.contrast(3)


def test_a_revision_that_nobody_asked_for_is_not_compared():
    compared = compare("gold")
    assert compared.contrast(5) is None is compared.contrast(8)


@pytest.mark.parametrize("known", [Wordings({}, MISSES), Wordings(ASKS, []), Wordings({}, [])])
def test_where_either_is_missing_nothing_is_told(known):
    assert known.compare({"gold"}) is None


def test_a_question_without_words_is_like_nothing():
    assert KNOWN.compare(set()) is None
