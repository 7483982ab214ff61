"""ISO dates of any precision in words, and moments that are near."""

from __future__ import annotations

import math
import re
from datetime import datetime

from bot.catalogue import Voice
from bot.rendering.markdown import fit

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def in_words(date: str, voice: Voice) -> str:
    """`2025-11-05` as "5 November 2025", `2025-11` as "November 2025"; what is no ISO date is shown as it is."""
    match = _ISO.fullmatch(date)
    if match is None:
        return fit(date, 40)
    year, month, day = match["year"], match["month"], match["day"]
    if month is None:
        return voice.say("date.year", year=year)
    name = voice.say(f"month.{int(month)}")
    if day is None:
        return voice.say("date.month", year=year, month=name)
    return voice.say("date.day", year=year, month=name, day=int(day))


def countdown(moment: datetime) -> str:
    """As "in 8 seconds": each person's Discord counts it down in their own language, and then up."""
    return f"<t:{math.ceil(moment.timestamp())}:R>"
