"""The list of sources under an answer: each page once, with the numbers that lead to it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue import Voice
from bot.rendering.dates import in_words
from bot.rendering.limits import within
from bot.rendering.markdown import fit
from bot.rendering.urls import domain, linkable
from index.results import Citation
from knowledge.models import Source, Status

_WORTH_SAYING = (Status.DISPUTED, Status.OUTDATED)


def source_lines(citations: Sequence[Citation], voice: Voice, room: int) -> list[str]:
    """One line a page, in the order of the numbers, within `room` characters; the last line says what is missing."""
    groups: dict[tuple[str, bool], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.source.url, citation.own), []).append(citation)
    lines = [_line(group, voice) for group in groups.values()]
    kept, missing = within(lines, room - 80)
    return [*kept, voice.say("source.more", count=missing)] if missing else kept


def marks(numbers: Sequence[int]) -> str:
    """Citation numbers as they stand in the text, `[1][2]`."""
    return "".join(f"[{n}]" for n in numbers)


def page_of(source: Source, voice: Voice) -> str:
    """Publisher, date, domain and link of a page, on one line; title and words of the link are never the publisher's
    to choose where they lead: the domain that is shown is computed from the address."""
    link = linkable(source.url)
    host = domain(source.url) or ""
    parts = [
        fit(source.publisher, 120) if source.publisher != host else None,
        in_words(source.published, voice) if source.published else None,
        fit(host, 100),
        f"[{voice.say('source.open')}]({link})" if link else None,
    ]
    return " · ".join(part for part in parts if part)


def _line(group: Sequence[Citation], voice: Voice) -> str:
    first = group[0]
    statuses = dict.fromkeys(citation.status for citation in group if citation.status in _WORTH_SAYING)
    labels = [voice.say("source.own" if first.own else "source.pack")]
    labels += [voice.say(f"status.{status}") for status in statuses]
    numbers = marks([citation.n for citation in group][:40])
    return f"{numbers} {page_of(first.source, voice)} · {', '.join(labels)}"
