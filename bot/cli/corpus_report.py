"""How the survey of a pack, and snippets beside their pages, look in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.pack import Survey
from knowledge.pack.draft import FiledSnippet
from knowledge.pack.survey import LARGEST_SHARE

PUBLISHERS_SHOWN = 15


def show_survey(found: Survey, out: Console) -> None:
    """Tables of areas and publishers, then the totals."""
    out.print(_areas(found))
    out.print(_publishers(found))
    out.print(f"Entities: {sum(found.entities.values())} ({_listed(found.entities)})")
    out.print(f"Status of the snippets: {_listed(found.statuses)}")
    out.print(
        f"{found.snippets} snippets and {found.facts} values of facts; {found.pages} pages cited by snippets, from "
        f"{len(found.publishers)} publishers, the largest with {found.largest_share:.1%} of them; "
        f"{_share(found.bilingual, found)} in both languages, {_share(found.read, found)} with every source read."
    )
    thin = [area.topic for area in found.areas if area.is_thin]
    out.print(Text(f"Thin: {', '.join(thin)}." if thin else "No area is thin.", style="yellow" if thin else "green"))
    if found.largest_share > LARGEST_SHARE:
        out.print(Text(f"One publisher has more than {LARGEST_SHARE:.0%} of the pages.", style="yellow"))


def show_beside_pages(snippets: Sequence[FiledSnippet], pages: Mapping[str, str], out: Console) -> None:
    """Each snippet, numbered, and under it what its pages say."""
    for number, snippet in enumerate(snippets, 1):
        entry = snippet.entry
        out.print(Text(f"{number}. {entry.id} ({snippet.topic}; {entry.kind}, {entry.status}, {entry.as_of})", "bold"))
        for text in (entry.text, entry.text_ko):
            out.print(Text(text or "-"), soft_wrap=True)
        for source in entry.sources:
            out.print(Text(f"[{source}]", style="cyan"))
            out.print(Text(pages.get(source, "(its page is not in this folder)").strip(), style="dim"), soft_wrap=True)
        out.print()


def _areas(found: Survey) -> Table:
    table = Table("area", *("snippets", "en", "ko", "states", "pages", "publishers"), "years", box=None)
    for column in table.columns[1:-1]:
        column.justify = "right"
    for area in found.areas:
        counts = (area.snippets, area.written["en"], area.written["ko"], area.states, area.pages, area.publishers)
        table.add_row(area.topic, *map(str, counts), _span(area.years), style="yellow" if area.is_thin else "")
    return table


def _publishers(found: Survey) -> Table:
    table = Table("publisher", "pages", "share", box=None)
    for publisher, pages in islice(found.publishers.items(), PUBLISHERS_SHOWN):
        table.add_row(publisher, str(pages), f"{pages / found.pages:.1%}")
    return table


def _span(years: Mapping[str, int]) -> str:
    """`1999–2026 (2025: 7)`: the first and the last year and the fullest one."""
    if not years:
        return "-"
    first, last, fullest = min(years), max(years), max(years, key=lambda year: years[year])
    return first if first == last else f"{first}–{last} ({fullest}: {years[fullest]})"


def _share(part: int, found: Survey) -> str:
    return f"{part / max(1, found.snippets):.0%}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
