"""A web page as running text and its source.

This is the edge of the room: it runs `extraction` as a child process, with limits of memory and time and without the
bot's environment, since whoever wrote the page is not trusted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.dates import is_date, lies_ahead
from knowledge.importing import extraction, prose
from knowledge.importing.cleaning import clean
from knowledge.importing.proposals import Proposal
from knowledge.importing.results import Around, ImportRefused, LeftOut
from knowledge.limits import LONGEST_FIELD
from knowledge.models import Source
from knowledge.urls import host_of

_PROGRAM = Path(extraction.__file__)
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL")
"""What of the environment a Python needs to start; the token is not among it."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """The text of a page, as Markdown, and what holds around it: the page is its source."""

    name: str
    text: str
    around: Around

    def proposals(self) -> Iterator[Proposal | LeftOut]:
        """The notes in order. Addresses in the text are no sources: it was read on this page."""
        for found in prose.proposals(self.name, self.text, indented_code=False):
            yield replace(found, fields={**found.fields, "sources": []}) if isinstance(found, Proposal) else found


def web_page(name: str, data: bytes, around: Around) -> WebPage:
    """The page that `data` is, in whatever encoding. Raises `ImportRefused` for one without text, and for one that
    takes too much memory or time."""
    found = _found(name, data)
    text = found.get("text")
    if not text or not text.strip():
        raise ImportRefused("import.page_empty", name=name)
    return WebPage(name, text, replace(around, source=_source(found, around)))


def _found(name: str, data: bytes) -> Mapping[str, str | None]:
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    command = [sys.executable, "-I", "-B", str(_PROGRAM)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=extraction.SECONDS, env=environment, check=True
        )
        found: Mapping[str, str | None] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise ImportRefused("import.page_heavy", name=name) from None
    return found


def _source(found: Mapping[str, str | None], around: Around) -> Source | None:
    """What the page says of itself; the address is the one it was fetched from, where that is known. Another page that
    was named as the source is left as it is."""
    given = around.source
    if around.is_elsewhere:
        return given
    url = given.url if given else found.get("url")
    if not url:
        return None
    said = {key: clean(value).strip()[:LONGEST_FIELD] for key, value in found.items() if value and key != "text"}
    return Source(
        title=said.get("title") or (given.title if given else url),
        publisher=said.get("sitename") or (given.publisher if given else host_of(url)),
        url=url,
        published=_published(said.get("date"), around.today) or (given.published if given else None),
        read=given.read if given else None,
    )


def _published(date: str | None, today: str) -> str | None:
    """The date of the page, unless it is none or has not come yet."""
    return date if date and is_date(date) and not lies_ahead(date, today) else None
