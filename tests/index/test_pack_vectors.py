"""The cache of vectors: whole, or as good as absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import text_key
from index.pack_vectors import read_pack_vectors, vectors_as_bytes, vectors_path, write_pack_vectors

MODEL = "0123456789abcdef"
VECTORS = {
    text_key(text): np.full(4, number, np.float32) for number, text in enumerate(["one", "둘", "three"], start=1)
}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    write_pack_vectors(tmp_path / "cache", MODEL, VECTORS)
    return tmp_path / "cache"


def content(cache: Path) -> bytes:
    return vectors_path(cache, MODEL).read_bytes()


def damage(cache: Path, data: bytes) -> None:
    vectors_path(cache, MODEL).write_bytes(data)


def test_vectors_come_back_in_half_precision(cache):
    held = read_pack_vectors(cache, MODEL)
    assert len(held) == len(VECTORS)
    found = held.among([*VECTORS, text_key("four")])
    assert {key: vector.tolist() for key, vector in found.items()} == {k: v.tolist() for k, v in VECTORS.items()}
    assert all(vector.dtype == np.float16 for vector in found.values())


def test_nothing_is_written_and_read_too(tmp_path):
    write_pack_vectors(tmp_path, MODEL, {})
    assert len(read_pack_vectors(tmp_path, MODEL)) == 0


def test_writing_again_replaces_all_and_leaves_no_other_file(cache):
    write_pack_vectors(cache, MODEL, {text_key("four"): np.ones(4, np.float32)})
    assert list(read_pack_vectors(cache, MODEL).joined({})) == [text_key("four")]
    assert list(vectors_path(cache, MODEL).parent.iterdir()) == [vectors_path(cache, MODEL)]


def test_vectors_of_another_model_are_not_seen(cache):
    assert len(read_pack_vectors(cache, "fedcba9876543210")) == 0


def test_new_ones_stand_beside_the_old_and_win(cache):
    key = text_key("one")
    joined = read_pack_vectors(cache, MODEL).joined({key: np.zeros(4, np.float32)})
    assert set(joined) == set(VECTORS)
    assert joined[key].tolist() == [0, 0, 0, 0]


def test_a_missing_file_is_empty(tmp_path):
    assert len(read_pack_vectors(tmp_path, MODEL)) == 0


def test_any_flipped_bit_makes_it_empty(cache):
    whole = content(cache)
    for position in range(len(whole)):
        damage(cache, whole[:position] + bytes([whole[position] ^ 1 << position % 8]) + whole[position + 1 :])
        assert len(read_pack_vectors(cache, MODEL)) == 0, position


@pytest.mark.parametrize("kept", [0, 1, 31, 32, 33, 200, -1])
def test_a_truncated_file_is_empty(cache, kept):
    damage(cache, content(cache)[:kept])
    assert len(read_pack_vectors(cache, MODEL)) == 0


def test_a_file_with_something_after_it_is_empty(cache):
    damage(cache, content(cache) + b"\0")
    assert len(read_pack_vectors(cache, MODEL)) == 0


def test_a_folder_in_its_place_is_empty(tmp_path):
    vectors_path(tmp_path, MODEL).mkdir(parents=True)
    assert len(read_pack_vectors(tmp_path, MODEL)) == 0


def test_it_may_be_read_by_whoever_may_read_other_files(cache):
    """An image is built by one user and run by another."""
    (cache / "plain").touch()
    assert vectors_path(cache, MODEL).stat().st_mode == (cache / "plain").stat().st_mode


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    path = vectors_path(tmp_path, MODEL)
    path.mkdir(parents=True)
    with pytest.raises(OSError, match=path.name):
        write_pack_vectors(tmp_path, MODEL, VECTORS)
    assert list(path.parent.iterdir()) == [path]


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=8))
def test_the_store_gets_little_endian_floats(values):
    (stored,) = vectors_as_bytes({"key": np.array(values, np.float32)}).values()
    assert np.frombuffer(stored, "<f4").tolist() == values
