"""Years of two digits are read as what they stand for; other numbers are left alone."""

from __future__ import annotations

import pytest

from index.tokens import normalise
from index.years import with_whole_years


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("how many amas did bts win in 21 again??", "how many amas did bts win in 2021 again??"),
        ("who won in ’97", "who won in 1997"),
        ("shinee fanmeet in may 23, first one in yrs", "shinee fanmeet in may 2023, first one in yrs"),
        ("album sales since 19?", "album sales since 2019?"),
        ("exports of early 23", "exports of early 2023"),
        ("idols since june 98", "idols since june 1998"),
        ("sales until late 24", "sales until late 2024"),
        ("하이브가 23년에 스엠 공개매수", "하이브가 2023년에 스엠 공개매수"),
        ("23년 1~4월 수출", "2023년 1~4월 수출"),
        ("26년 4월에 몇 명", "2026년 4월에 몇 명"),
        ("25년 상반기 1위", "2025년 상반기 1위"),
        ("97년생 아이돌", "1997년생 아이돌"),
        ("96년도 데뷔", "1996년도 데뷔"),
    ],
)
def test_a_year_of_two_digits_is_written_out(asked, meant):
    assert with_whole_years(normalise(asked)) == normalise(meant)


@pytest.mark.parametrize(
    "asked",
    [
        "shows in 21 countries",
        "what happened on may 23",
        "copies that moved by december 10",
        "open from may 23 until june 04",
        "the concert of may 23, 2019",
        "songs of the '90s",
        "in 10 and 20 days",
        "10년 만에 컴백",
        "20년 동안 활동",
        "10년에 한 번",
        "13년 전속계약",
        "2023년 3월",
        "12년 5개월",
        "회원 45년에",
        "10년 말고 7년",
        "$'97",
    ],
)
def test_other_numbers_are_left_alone(asked):
    assert with_whole_years(normalise(asked)) == normalise(asked)
