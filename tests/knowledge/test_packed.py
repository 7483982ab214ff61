"""Packed texts: what a tuple of them is, in less memory."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from knowledge.models import Kind, Snippet, Status, canonical
from knowledge.packed import Packed
from knowledge.records import Decoder

texts = st.lists(st.text(st.characters()), max_size=5).map(tuple)
"""Halves of surrogate pairs, line breaks and NUL among them."""


@given(texts)
def test_texts_come_back_as_they_were(said):
    packed = Packed(said)
    assert packed == said
    assert said == packed
    assert (tuple(packed), len(packed), hash(packed), repr(packed)) == (said, len(said), hash(said), repr(said))
    assert Packed(said) == packed == copy.deepcopy(packed)
    assert bool(packed) == bool(said)


@given(texts, texts)
def test_other_texts_are_not_equal(some, others):
    assert (Packed(some) == Packed(others)) == (some == others)
    assert (Packed(some) == others) == (some == others)


def test_it_is_never_copied():
    packed = Packed(["one"])
    assert copy.deepcopy(packed) is packed


def test_a_list_is_no_more_equal_than_to_a_tuple():
    assert Packed(["one"]) != ["one"]


def test_single_texts_and_slices():
    packed = Packed(["one", "둘", "three"])
    assert (packed[1], packed[-1], packed[:2]) == ("둘", "three", ("one", "둘"))
    assert "둘" in packed
    assert "two" not in packed


def test_a_snippet_from_the_store_is_the_one_that_was_written():
    note = Snippet(
        "n", "t", "Acme opened.", None, Kind.EVENT, "2024", Status.OFFICIAL, (), asks=("who opened", "누가 열었어")
    )
    kept = Decoder().snippet(canonical(note))
    assert kept == note
    assert isinstance(kept.asks, Packed)
    assert (canonical(kept), hash(kept)) == (canonical(note), hash(note))


def test_a_snippet_without_ways_to_ask_holds_nothing():
    note = Snippet("n", "t", "Acme opened.", None, Kind.EVENT, "2024", Status.OFFICIAL, ())
    assert Decoder().snippet(canonical(note)).asks == ()
