"""Where the texts come from: publishers under one name, and sentences of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.errors import HallyuError
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.fault import Fault
from knowledge.urls import host_of

LONGEST_SHARED_RUN = 7
"""Words in a row that a text may share with its page."""

PORTALS = frozenset({"v.daum.net", "n.news.naver.com", "naver.com", "msn.com", "yahoo.com", "zum.com", "github.com"})
"""Hosts that show what others publish; the publisher is the one who wrote it."""

_LEADING = re.compile(r"^(?:www|m|en|m-en|news|mobile|amp|biz|star|pop|entertain)\.")
_WORD = re.compile(r"[\w'’]+")


def site_of(url: str) -> str:
    """The host of an address without what only says which edition or device it serves."""
    host = host_of(url)
    while (shorter := _LEADING.sub("", host)) != host and "." in shorter:
        host = shorter
    return host


def check_one_publisher_per_host(draft: Draft) -> Iterator[Fault]:
    """A host has one publisher, written in one way, so that publishers can be counted."""
    first: dict[str, str] = {}
    for source in draft.sources:
        site, publisher = site_of(source.entry.url), source.entry.publisher
        if site in PORTALS:
            continue
        known = first.setdefault(site, publisher)
        if known != publisher:
            yield source.fault("publisher", f"is {publisher}, but {site} is {known} elsewhere. Write one of them.")


def read_pages(folder: Path) -> dict[str, str]:
    """The saved texts of pages by the id of their source: `<id>.txt`, whatever stands above a line `---` left out.

    Raises `HallyuError` for a folder without any, and for a file that cannot be read.
    """
    pages = {}
    for path in sorted(folder.glob("*.txt")):
        head, line, body = _text_of(path).partition("\n---\n")
        pages[path.stem] = body if line else head
    if not pages:
        raise HallyuError(f"{folder} has no saved pages (SOURCE-ID.txt). Name the right folder.")
    return pages


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise HallyuError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise HallyuError(f"{path} is not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error


def check_own_words(draft: Draft, pages: Mapping[str, str]) -> Iterator[Fault]:
    """No run of eight words stands in a page of the snippet too, where the text of the page is at hand."""
    runs: dict[str, frozenset[tuple[str, ...]]] = {id: frozenset(_runs(text)) for id, text in pages.items()}
    for snippet in draft.snippets:
        for field, text in (("text", snippet.entry.text), ("text_ko", snippet.entry.text_ko)):
            for source in snippet.entry.sources:
                if text and (shared := next((run for run in _runs(text) if run in runs.get(source, ())), None)):
                    yield _copied(snippet, field, shared, source)


def _copied(snippet: FiledSnippet, field: str, run: tuple[str, ...], source: str) -> Fault:
    return snippet.fault(field, f"has eight words in a row from {source} ({' '.join(run)}). Say it in your own words.")


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    length = LONGEST_SHARED_RUN + 1
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
