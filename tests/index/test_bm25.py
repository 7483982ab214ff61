"""BM25 against a slow, plain reading of the formula."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import K1, TITLE_WEIGHT, B, Bm25, Fields, Statistics, inverse_document_frequency

words = st.sampled_from(["a", "b", "c", "d", "골든", "§golden"])
units = st.builds(Fields, st.lists(words, max_size=8), st.lists(words, max_size=3))
corpora = st.lists(units, max_size=6)


def frequency(unit: Fields, term: str) -> float:
    return list(unit.body).count(term) + TITLE_WEIGHT * list(unit.title).count(term)


def length(unit: Fields) -> float:
    return len(unit.body) + TITLE_WEIGHT * len(unit.title)


def plain(corpus: Sequence[Fields], unit: Fields, term: str) -> float:
    average = sum(map(length, corpus)) / len(corpus)
    tf = frequency(unit, term)
    return tf * (K1 + 1) / (tf + K1 * (1 - B + B * length(unit) / average)) if tf else 0.0


@given(corpora, words)
@settings(max_examples=40)
def test_scores_are_those_of_the_formula(corpus, term):
    index = Bm25(corpus)
    rows, scores = index.saturated(term, index.statistics.average_length)
    found = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    assert found == pytest.approx({row: s for row, unit in enumerate(corpus) if (s := plain(corpus, unit, term))})
    assert list(found) == index.rows(term).tolist() == sorted(found)
    assert (term in index) is bool(found)


@given(corpora, st.lists(words, min_size=1, max_size=3))
@settings(max_examples=40)
def test_units_that_hold_all_of_several_terms_are_counted(corpus, terms):
    assert Bm25(corpus).holding(terms) == sum({*unit.body, *unit.title}.issuperset(terms) for unit in corpus)


@given(corpora, corpora)
@settings(max_examples=30)
def test_statistics_of_two_parts_add_up_to_those_of_the_whole(one, other):
    together = Bm25(one).statistics + Bm25(other).statistics
    whole = Bm25([*one, *other]).statistics
    assert (together.units, together.length) == (whole.units, pytest.approx(whole.length))
    assert together.average_length == pytest.approx(whole.average_length)


@given(corpora, corpora, words)
@settings(max_examples=30)
def test_a_part_scores_with_the_statistics_of_the_whole(one, other, term):
    whole = Bm25([*one, *other])
    average = whole.statistics.average_length
    _, expected = whole.saturated(term, average)
    parts = [Bm25(corpus).saturated(term, average)[1] for corpus in (one, other)]
    assert np.concatenate(parts) == pytest.approx(expected)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_idf_is_that_of_the_formula_and_never_negative(units, holding):
    holding = min(units, holding)
    idf = inverse_document_frequency(units, holding)
    assert idf == pytest.approx(math.log(1 + (units - holding + 0.5) / (holding + 0.5)))
    assert idf >= 0


@given(st.integers(1, 1000))
def test_a_rarer_term_weighs_more(units):
    weights = [inverse_document_frequency(units, holding) for holding in range(units + 1)]
    assert weights == sorted(weights, reverse=True)


def test_repeating_a_term_saturates():
    index = Bm25([Fields(["a"] * n + ["b"] * (100 - n)) for n in (1, 10, 100)])
    _, scores = index.saturated("a", index.statistics.average_length)
    assert scores[0] < scores[1] < scores[2] < K1 + 1


def test_a_word_of_the_title_counts_though_the_body_lacks_it():
    index = Bm25([Fields(["a"], ["b"]), Fields(["a"])])
    assert index.rows("b").tolist() == [0]


def test_an_empty_index_answers_nothing():
    index = Bm25([])
    assert index.rows("a").tolist() == []
    assert index.saturated("a", 1.0)[0].tolist() == []
    assert index.statistics == Statistics(0, 0.0)
    assert index.statistics.average_length > 0


def test_indexes_that_number_their_terms_together_hold_only_their_own():
    columns: dict[str, int] = {}
    first, second = Bm25([Fields(["a", "b"])], columns), Bm25([Fields(["b", "c"])], columns)
    assert [term in first for term in "abc"] == [True, True, False]
    assert [term in second for term in "abc"] == [False, True, True]
    assert [second.rows(term).tolist() for term in "abc"] == [[], [0], [0]]
