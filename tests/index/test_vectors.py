"""The vector index against numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import VectorIndex

ROUNDED = 1.001 / 63
"""Half a step of 6 bits from -1 to 1: what a component of a vector of up to 31 may change by, one of more by less."""


def rounded(dimension: int) -> float:
    """What a cosine may change by: every component of one side by half a step."""
    return math.sqrt(dimension) * ROUNDED


def unit_vectors(count: int, dimension: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 40), st.integers(1, 16), st.integers(0, 50), st.integers(0, 1000))
def test_the_nearest_are_those_that_numpy_finds(count, dimension, most, seed):
    vectors, query = unit_vectors(count, dimension, seed), unit_vectors(1, dimension, seed + 1)[0]
    found, _ = VectorIndex(vectors, vectors.shape[1]).nearest(query, most)
    cosines = vectors @ query
    assert len(set(found.tolist())) == len(found) == min(most, count)
    assert cosines[found] == pytest.approx(np.sort(cosines)[::-1][: len(found)], abs=2 * rounded(dimension))


@given(st.integers(1, 40), st.integers(1, 16), st.integers(0, 1000), st.data())
def test_cosines_are_given_for_the_rows_asked_for(count, dimension, seed, data):
    vectors, query = unit_vectors(count, dimension, seed), unit_vectors(1, dimension, seed + 1)[0]
    rows = np.array(data.draw(st.lists(st.integers(0, count - 1), max_size=8)), np.int64)
    assert VectorIndex(vectors, vectors.shape[1]).cosines(query, rows) == pytest.approx(
        vectors[rows] @ query, abs=rounded(dimension)
    )


def test_vectors_come_back_as_they_went_in():
    vectors = unit_vectors(5, 8, 0)
    index = VectorIndex(vectors, vectors.shape[1])
    assert len(index) == 5
    assert all(index.vector(row) == pytest.approx(vectors[row], abs=ROUNDED) for row in range(5))


def test_cosines_of_long_vectors_are_hardly_changed():
    vectors = unit_vectors(400, 384, 0)
    found = VectorIndex(vectors, 384).cosines(vectors[0], np.arange(400))
    assert np.std(found - vectors @ vectors[0]) < 3e-3


def test_a_component_that_is_too_large_is_cut_off():
    vector = np.zeros(384, np.float32)
    vector[0] = 1.0
    assert VectorIndex([vector], 384).vector(0)[0] == pytest.approx(5.6 / np.sqrt(384), abs=ROUNDED)


def test_vectors_are_rounded_once_however_often_they_are_moved():
    once = np.stack([VectorIndex(unit_vectors(5, 8, 0), 8).vector(row) for row in range(5)])
    twice = VectorIndex(once, once.shape[1])
    assert all(np.array_equal(twice.vector(row), once[row]) for row in range(5))


def test_it_keeps_its_own_copy():
    vectors = unit_vectors(3, 4, 0)
    kept = vectors[1].copy()
    index = VectorIndex(vectors, vectors.shape[1])
    vectors[:] = 0
    assert index.vector(1) == pytest.approx(kept, abs=ROUNDED)


def test_vectors_from_a_read_only_buffer_are_taken():
    stored = np.frombuffer(unit_vectors(2, 4, 0).astype("<f4").tobytes(), "<f4").reshape(2, 4)
    assert len(VectorIndex(stored, stored.shape[1])) == 2


def test_vectors_outlive_the_index_they_were_taken_from():
    vectors = unit_vectors(4, 384, 0)
    taken = [VectorIndex(vectors, vectors.shape[1]).vector(row) for row in range(4)]
    overwriting = [VectorIndex(unit_vectors(4, 384, seed), 384) for seed in range(1, 20)]
    assert len(overwriting) == 19
    assert np.stack(taken) == pytest.approx(vectors, abs=ROUNDED)
