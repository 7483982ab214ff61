"""Foreign text is shown letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.markdown import clean, code, escape, fit, length, unescape
from fakes.markup import active
from fakes.nasty import PIECES, texts


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("No. 1 for 76 days - in 2025 (a record).", "No. 1 for 76 days - in 2025 (a record)."),
        ("**bold** and _sly_", r"\*\*bold\*\* and \_sly\_"),
        ("# heading", r"\# heading"),
        ("-# small", r"\-# small"),
        ("1. item", r"1\. item"),
        ("0.512 and -5 #1", "0.512 and -5 #1"),
        ("> quote", r"\> quote"),
        ("[a](https://b.c)", r"\[a\](https\:\/\/b.c)"),
        ("@everyone", "\\@\u200beveryone"),
        ("a@b", r"a\@b"),
        ("<@123>", "\\<\\@\u200b123\\>"),
        ("<t:1:R>", r"\<t\:1\:R\>"),
        ("two\nlines\ttab", "two lines tab"),
        ("a\u202eb\u200bc\x00d\ud800", "abcd\ufffd"),
    ],
)
def test_markup_is_shown_and_not_obeyed(text, escaped):
    assert escape(text) == escaped


def test_in_code_nothing_is_escaped_and_nothing_ends_it():
    assert code("100-percent/debut_date", 100) == "`100-percent/debut_date`"
    assert code("a``b`_c_", 100) == "`ab_c_`"
    assert code("abcdef", 4) == "`abc…`"


@pytest.mark.parametrize("piece", PIECES)
def test_nothing_that_people_try_is_active(piece):
    assert active(escape(piece)) == []
    assert active("word " + escape(piece)) == []


@given(texts)
def test_no_text_at_all_is_active(text):
    assert active(escape(text)) == []


@given(texts)
def test_unescaping_gives_the_text_back(text):
    assert unescape(escape(text)) == clean(text)


@given(texts)
def test_cleaning_leaves_one_visible_line_that_can_be_sent(text):
    cleaned = clean(text)

    assert cleaned == clean(cleaned)
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode("utf-8", errors="strict")


@given(texts, st.integers(0, 400))
def test_a_text_is_cut_to_its_room_and_says_so(text, room):
    cut = fit(text, room)

    assert length(cut) <= room
    assert active(cut) == []
    assert cut == escape(text) or cut == "" or cut.endswith("…")


def test_a_text_is_cut_at_a_sentence_where_it_can():
    text = "The first sentence is short. The second one is too long to stay."

    assert fit(text, 50) == "The first sentence is short.…"


def test_a_text_without_a_sentence_end_is_cut_at_a_word():
    assert fit("many words in a row without an end", 20) == "many words in a row…"


def test_emoji_made_of_several_characters_stay_whole():
    assert escape("👩‍👩‍👧") == "👩‍👩‍👧"
