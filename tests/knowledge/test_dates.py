from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import is_after, is_date, is_day, moment, period, read_date, spoken

partial_dates = st.dates(min_value=date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@pytest.mark.parametrize("text", ["2025", "2025-11", "2025-11-02", "2024-02-29"])
def test_accepts_a_year_a_month_and_a_day(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-1-2",
        "2025-11-02T10:00",
        "20251102",
        "٢٠٢٥",
        "2025-11-02\n",
        "0000",
    ],
)
def test_refuses_what_is_no_date(text):
    assert not is_date(text)


@given(st.text())
def test_any_text_is_judged_without_an_exception(text):
    assert is_date(text) in (True, False)


def test_only_a_full_date_is_a_day():
    assert is_day("2025-11-02")
    assert not is_day("2025-11")
    assert not is_day("2025-11-32")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025", "2025"),
        ("2025.11.5", "2025-11-05"),
        ("2025년 11월 5일", "2025-11-05"),
        ("5 November 2025", "2025-11-05"),
        ("Nov 5, 2025", "2025-11-05"),
        ("Sept. 5, 2025", "2025-09-05"),
        ("sep 2025", "2025-09"),
        ("May 2025", "2025-05"),
    ],
)
def test_reads_a_date_as_people_write_it(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize("text", ["2025-00", "2025-00-05", "2025.0.12", "2025년 0월 5일", "2025-11-00", "0 May 2025"])
def test_a_month_or_day_of_zero_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text", ["Maybe 2025", "Marvel 5, 2025", "5 Decades 2025", "Septic 2025", "Ma 2025", "Mai 2025"]
)
def test_a_word_that_only_begins_like_a_month_is_none(text):
    assert read_date(text) is None


@given(st.text())
def test_what_is_read_of_any_text_is_a_date(text):
    date = read_date(text)
    assert date is None or is_date(date)


@given(partial_dates, st.sampled_from(["en", "ko"]))
def test_a_date_is_read_back_from_how_a_sentence_writes_it(text, language):
    assert read_date(spoken(text, language)) == text


@given(partial_dates)
def test_a_date_is_never_after_itself_or_the_year_it_is_in(text):
    assert is_date(text)
    assert not is_after(text, text)
    assert not is_after(text, text[:4])
    assert not is_after(text[:4], text)


@given(partial_dates, partial_dates)
def test_of_two_dates_at_most_one_is_later(left, right):
    assert not (is_after(left, right) and is_after(right, left))


def test_a_later_day_is_after_an_earlier_month():
    assert is_after("2025-11-02", "2025-10")
    assert not is_after("2025-10-31", "2025-11")


@pytest.mark.parametrize(
    ("text", "english", "korean"),
    [
        ("2025-11-02", "2 November 2025", "2025년 11월 2일"),
        ("2025-11", "November 2025", "2025년 11월"),
        ("2025", "2025", "2025년"),
    ],
)
def test_a_sentence_writes_a_date_as_precisely_as_it_is_known(text, english, korean):
    assert spoken(text, "en") == english
    assert spoken(text, "ko") == korean


@given(partial_dates)
def test_every_part_of_a_date_is_said_in_both_languages(text):
    numbers = [str(int(part)) for part in text.split("-")]
    assert numbers[0] in spoken(text, "en").split()
    assert [part.rstrip("년월일") for part in spoken(text, "ko").split()] == numbers


def test_a_moment_comes_with_its_preposition():
    assert moment("2025-11-02", "en") == "on 2 November 2025"
    assert moment("2025-11", "en") == "in November 2025"
    assert moment("2025", "ko") == "2025년에"


@pytest.mark.parametrize(
    ("since", "until", "english", "korean"),
    [
        ("2023", None, "since 2023", "2023년부터"),
        (None, "2023-05", "until May 2023", "2023년 5월까지"),
        ("2020", "2023", "from 2020 to 2023", "2020년부터 2023년까지"),
        (None, None, "", ""),
    ],
)
def test_a_period_is_said_with_the_ends_that_are_known(since, until, english, korean):
    assert period(since, until, "en") == english
    assert period(since, until, "ko") == korean
