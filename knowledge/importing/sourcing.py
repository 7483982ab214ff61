"""The pages that a note of a file rests on."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from knowledge.importing.limits import MOST_FAULTS
from knowledge.importing.results import Around
from knowledge.models import Source
from knowledge.pack.draft import FiledSource
from knowledge.pack.fault import Fault
from knowledge.pack.schema import SourceEntry
from knowledge.pack.shape import shaped
from knowledge.urls import host_of

_NO_PAGE = "is no page. Write its address, or its fields, such as {url: https://…, title: …}."


class _Page(SourceEntry):
    """As in the corpus, with the space that somebody has put in quotes."""

    model_config = ConfigDict(str_strip_whitespace=False)


def sources_of(given: Any, around: Around) -> tuple[list[FiledSource], list[Fault]]:
    """The sources that a note names, as objects or bare addresses, else the one around it; and what is wrong with the
    first faulty one.

    A page without a title or a publisher is called by its address and its host.
    """
    sources: list[FiledSource] = []
    for number, page in enumerate(_listed(given) or _around(around.source), 1):
        name = f"source-{number}"
        fields = {"url": page} if isinstance(page, str) else page
        if not isinstance(fields, dict):
            return sources, [Fault("", name, "", _NO_PAGE)]
        entry = shaped(_Page, _titled(fields), "", name, most=MOST_FAULTS)
        if isinstance(entry, list):
            return sources, entry
        sources.append(FiledSource("", name, entry))
    return sources, []


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _around(source: Source | None) -> list[Any]:
    if source is None:
        return []
    fields = ("title", "publisher", "url", "published", "read")
    return [{name: value for name in fields if (value := getattr(source, name))}]


def _titled(page: dict[str, Any]) -> dict[str, Any]:
    url = page.get("url")
    return {"title": url, "publisher": host_of(url), **page} if isinstance(url, str) else page
