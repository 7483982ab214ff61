"""Dates of any precision in words."""

from __future__ import annotations

import pytest

from bot.rendering.dates import in_words


@pytest.mark.parametrize(
    ("date", "english", "korean"),
    [
        ("2025-11-05", "5 November 2025", "2025년 11월 5일"),
        ("2025-02", "February 2025", "2025년 2월"),
        ("2025", "2025", "2025년"),
        ("2025-13", "2025-13", "2025-13"),
        ("last *year*", r"last \*year\*", r"last \*year\*"),
    ],
)
def test_a_date_says_no_more_than_its_source(catalogue, date, english, korean):
    assert in_words(date, catalogue.voice("en")) == english
    assert in_words(date, catalogue.voice("ko")) == korean
