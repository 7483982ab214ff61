"""The English and the Korean text of a snippet say the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knowledge.pack.draft import Draft
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault
from knowledge.quantities import Quantities, quantities


def check_bilingual(draft: Draft) -> Iterator[Fault]:
    """Every snippet is written in both languages."""
    for snippet in draft.snippets:
        for field, text in (("text", snippet.entry.text), ("text_ko", snippet.entry.text_ko)):
            if text is None and not waived(snippet, "bilingual"):
                yield snippet.fault(field, "is missing. Write it, so that the snippet answers in both languages.")


def check_numbers_agree(draft: Draft) -> Iterator[Fault]:
    """Both texts hold the same numbers and dates."""
    for snippet in draft.snippets:
        entry = snippet.entry
        if entry.text is None or entry.text_ko is None or waived(snippet, "numbers"):
            continue
        english, korean = quantities(entry.text, "en"), quantities(entry.text_ko, "ko")
        for field, here, there in (("text_ko", english, korean), ("text", korean, english)):
            if lacking := _lacking(here, there):
                other = "text" if field == "text_ko" else "text_ko"
                yield snippet.fault(field, f"lacks {', '.join(lacking)}, which {other} has. Make them agree.")


def _lacking(here: Quantities, there: Quantities) -> list[str]:
    """What `here` states and `there` does not, as people read it. A day of a month may be a bare number there: in
    "from 1 to 11 November" only one of them stands beside the month."""
    bare = there.perhaps | {Decimal(day) for _, day in there.days}
    numbers = sorted(here.numbers - bare)
    months = sorted(here.months - there.months)
    days = sorted((month, day) for month, day in here.days - there.days if Decimal(day) not in bare)
    return [
        *(f"{number.normalize():,f}" for number in numbers),
        *(f"month {month}" for month in months),
        *(f"day {day} of month {month}" for month, day in days),
    ]
