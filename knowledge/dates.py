"""Partial dates, `YYYY[-MM[-DD]]`: whether they are real, which one is later, and how a sentence says them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.models import Language

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def is_date(text: str) -> bool:
    """Whether `text` is a day, a month or a year that exists."""
    match = _FORM.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_WRITTEN = (
    re.compile(r"(?P<year>\d{4})(?:\s*[-./]\s*(?P<month>\d{1,2})(?:\s*[-./]\s*(?P<day>\d{1,2}))?)?\.?", re.ASCII),
    re.compile(r"(?P<year>\d{4})년(?:\s*(?P<month>\d{1,2})월(?:\s*(?P<day>\d{1,2})일)?)?", re.ASCII),
    re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})", re.ASCII),
)


def read_date(text: str) -> str | None:
    """The date that a person has written, in any usual form (2025-11-05, 2025.11.5, 2025년 11월 5일, 5 November 2025,
    Nov 5, 2025, November 2025, 2025), as `YYYY[-MM[-DD]]`; None for what is no date."""
    for form in _WRITTEN:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        parts = match.groupdict()
        month = _month(parts["name"]) if "name" in parts else parts["month"]
        if "name" in parts and month is None:
            return None
        written = "-".join([parts["year"], *(f"{int(part):02}" for part in (month, parts["day"]) if part is not None)])
        return written if is_date(written) else None
    return None


def _month(name: str) -> int | None:
    """The number of the month that is called so, in full or by its first three letters or more: Nov, Sept."""
    return next((number for number, full in enumerate(_MONTHS, 1) if full.lower().startswith(name.lower())), None)


def is_day(text: str) -> bool:
    """Whether `text` is a date down to the day."""
    return len(text) == len("YYYY-MM-DD") and is_date(text)


def is_after(left: str, right: str) -> bool:
    """Whether `left` is certainly later than `right`: what only one of them states is not compared."""
    shared = min(len(left), len(right))
    return left[:shared] > right[:shared]


def lies_ahead(day: str, today: str) -> bool:
    """Whether a date has not come yet anywhere; `today` is the day in UTC, and in Korea tomorrow comes nine hours
    earlier."""
    return is_after(day, (date.fromisoformat(today) + timedelta(days=1)).isoformat())


def spoken(text: str, language: Language) -> str:
    """The date as a sentence writes it: `2 November 2025`, `2025년 11월 2일`; a partial date stays partial."""
    parts = [int(part) for part in text.split("-")]
    if language == "ko":
        return " ".join(f"{part}{unit}" for part, unit in zip(parts, "년월일", strict=False))
    year, *rest = parts
    words = [str(year)]
    if rest:
        words.insert(0, _MONTHS[rest[0] - 1])
    if len(rest) > 1:
        words.insert(0, str(rest[1]))
    return " ".join(words)


def moment(text: str, language: Language) -> str:
    """When something happened: `on 2 November 2025`, `in 2025`, `2025년 11월에`."""
    if language == "ko":
        return f"{spoken(text, language)}에"
    return f"{'on' if is_day(text) else 'in'} {spoken(text, language)}"


def period(since: str | None, until: str | None, language: Language) -> str:
    """From when until when: `since 2023`, `from 2020 to 2023`, `2020년부터 2023년까지`; empty if both are unknown."""
    start, end = (spoken(text, language) if text else "" for text in (since, until))
    if language == "ko":
        return " ".join(phrase for phrase in (start and f"{start}부터", end and f"{end}까지") if phrase)
    if start and end:
        return f"from {start} to {end}"
    return f"since {start}" if start else end and f"until {end}"
