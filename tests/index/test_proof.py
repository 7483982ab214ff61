"""What is shown is cut out of the revision that is live now, with its sources and its date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.answers import a_source
from fakes.notes import a_note
from index.proof import is_stale, prove, proved
from knowledge.models import Kind, Quote, Source, Status

TODAY = "2026-11-23"


def old(today: str = TODAY, **fields: object) -> bool:
    return is_stale(a_note(1, "It is so.", **{"kind": Kind.STATE, **fields}), today)


def test_a_line_is_cut_out_of_its_revision():
    note = a_note(7, "One. Two.", "하나. 둘.")
    answer = prove([Quote(7, "en", 5, 9), Quote(7, "ko", 0, 3)], {7: note}, "en", TODAY, {})
    assert answer is not None
    assert [line.text for line in answer.lines] == ["Two.", "하나."]


def test_citations_are_numbered_through_and_each_line_names_its_own():
    one = a_note(1, "One.", sources=(a_source("https://a.example"), a_source("https://b.example")))
    other = a_note(2, "Two.", sources=(a_source("https://c.example"),), status=Status.DISPUTED)
    answer = prove([Quote(1, "en", 0, 4), Quote(2, "en", 0, 4)], {1: one, 2: other}, "en", TODAY, {})
    assert answer is not None
    assert [line.marks for line in answer.lines] == [(1, 2), (3,)]
    assert [(c.n, c.source.url[8], c.revision, c.status) for c in answer.citations] == [
        (1, "a", 1, Status.REPORTED),
        (2, "b", 1, Status.REPORTED),
        (3, "c", 2, Status.DISPUTED),
    ]
    assert answer.text == "One. [1][2] Two. [3]"


def test_a_guilds_own_notes_are_told_from_the_pack():
    answer = prove([Quote(1, "en", 0, 4)], {1: a_note(1, "Ours.", owner=71)}, "en", TODAY, {})
    assert answer is not None
    assert [citation.own for citation in answer.citations] == [True]


def test_what_is_not_live_any_more_is_left_out():
    quotes = [Quote(1, "en", 0, 4), Quote(2, "en", 0, 4)]
    answer = prove(quotes, {2: a_note(2, "Two.")}, "en", TODAY, {})
    assert answer is not None
    assert [(line.text, line.marks) for line in answer.lines] == [("Two.", (1,))]
    assert prove(quotes, {}, "en", TODAY, {}) is None


@given(st.integers(-3, 12), st.integers(-3, 12))
def test_a_span_that_does_not_lie_in_the_text_proves_nothing(start, end):
    text = proved(Quote(1, "en", start, end), {1: a_note(1, "123456789")})
    assert text == ("123456789"[start:end] if 0 <= start < end <= 9 else None)


def test_a_language_that_was_not_written_proves_nothing():
    assert proved(Quote(1, "ko", 0, 3), {1: a_note(1, "One.")}) is None


def test_the_date_is_the_oldest_of_what_is_cited():
    live = {1: a_note(1, "One.", as_of="2025-11-05"), 2: a_note(2, "Two.", as_of="2024-03")}
    answer = prove([Quote(1, "en", 0, 4), Quote(2, "en", 0, 4)], live, "en", TODAY, {})
    assert answer is not None
    assert answer.as_of == "2024-03"


@pytest.mark.parametrize(("kinds", "ages"), [((Kind.EVENT,), False), ((Kind.EVENT, Kind.STATE), True)])
def test_an_answer_ages_when_it_says_how_something_is(kinds, ages):
    live = {n: a_note(n, "One.", kind=kind) for n, kind in enumerate(kinds)}
    answer = prove([Quote(n, "en", 0, 4) for n in live], live, "en", TODAY, {})
    assert answer is not None
    assert answer.ages is ages


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [
        ("2025-11-22", True),
        ("2025-11-23", False),
        ("2025-10", True),
        ("2025-11", False),
        ("2024", True),
        ("2025", False),
        ("2026-11-23", False),
    ],
)
def test_a_state_is_old_after_a_year(as_of, stale):
    assert old(as_of=as_of) is stale


@pytest.mark.parametrize(
    ("until", "stale"),
    [("2026-11-22", True), ("2026-11-23", False), ("2026-10", True), ("2026-11", False), ("2026", False)],
)
def test_a_state_with_an_end_is_old_after_it_and_not_before(until, stale):
    assert old(as_of="2020", valid_until=until) is stale


def test_a_leap_day_is_a_day_too():
    assert old("2028-02-29", as_of="2027-02-28")
    assert not old("2028-02-29", as_of="2027-03-01")


def test_an_event_is_never_old_unless_it_was_marked_so():
    assert not old(kind=Kind.EVENT, as_of="1990")
    assert old(kind=Kind.EVENT, as_of="2026-11", status=Status.OUTDATED)


def test_a_snippet_without_a_source_has_no_marks():
    answer = prove([Quote(1, "en", 0, 4)], {1: a_note(1, "One.", sources=())}, "en", TODAY, {})
    assert answer is not None
    assert (answer.lines[0].marks, answer.citations) == ((), ())


def test_a_source_is_cited_as_it_stands():
    source = Source("A title", "A publisher", "https://a.example/?p=1", None, None)
    answer = prove([Quote(1, "en", 0, 4)], {1: a_note(1, "One.", sources=(source,))}, "en", TODAY, {})
    assert answer is not None
    assert [(c.source, c.quote, c.snippet) for c in answer.citations] == [(source, "One.", "note-1")]
