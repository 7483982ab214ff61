"""Ids are taken out of a question, words are left in."""

from __future__ import annotations

import pytest

from bot.incoming import bare


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@123456789012345678> who is RM?", "who is RM?"),
        ("<@!1> <@&2> <#3> <t:1700000000:R> </ask:123456789012345678> <id:home>", ""),
        ("<a:dance:123456789012345678>", ""),
        ("a < b and c > d, <b>bold</b>", "a < b and c > d, <b>bold</b>"),
        ("@everyone 골든?", "@everyone 골든?"),
    ],
)
def test_only_discords_own_markup_is_taken_out(text, question):
    assert bare(text) == question
