"""What a new revision of a note changed, of notes as the store gives them back."""

from __future__ import annotations

from dataclasses import replace

from bot.curation.differences import FieldChange, fields_changed
from knowledge.models import Kind, Snippet, Status, canonical
from knowledge.records import Decoder

NOTE = Snippet("n", "t", "Acme opened.", None, Kind.EVENT, "2024", Status.OFFICIAL, (), asks=("who opened", "when"))


def stored(note: Snippet) -> Snippet:
    return Decoder().snippet(canonical(note))


def test_one_way_to_ask_that_changed_is_named_alone():
    changed = stored(replace(NOTE, asks=("who opened", "where")))
    assert list(fields_changed(stored(NOTE), changed)) == [FieldChange("asks", ("when",), ("where",))]
    assert list(fields_changed(NOTE, changed)) == [FieldChange("asks", ("when",), ("where",))]


def test_what_is_equal_did_not_change():
    assert list(fields_changed(stored(NOTE), stored(NOTE))) == []
    assert list(fields_changed(NOTE, stored(NOTE))) == []


def test_a_first_way_to_ask_and_a_status():
    before = replace(NOTE, asks=(), status=Status.REPORTED)
    assert list(fields_changed(stored(before), stored(NOTE))) == [
        FieldChange("status", (Status.REPORTED,), (Status.OFFICIAL,)),
        FieldChange("asks", (), ("who opened", "when")),
    ]
