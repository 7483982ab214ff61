"""What opening a page ends in: the page, or why it was not opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from yarl import URL

from knowledge.errors import Refused

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "text/html": ".html",
        "text/plain": ".txt",
        "text/markdown": ".md",
        "text/csv": ".csv",
        "application/json": ".jsonl",
        "application/jsonl": ".jsonl",
        "application/x-ndjson": ".jsonl",
        "application/yaml": ".yaml",
        "application/x-yaml": ".yaml",
        "text/yaml": ".yaml",
        "text/x-yaml": ".yaml",
    }
)
"""The content types that are read, with the ending under which `knowledge.importing` knows them."""

LONGEST_NAME = 60
"""Characters of the name that a page gets as a file."""

_UNUSUAL = re.compile(r"[^\w.]+")

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "fetch.address": "That is no address of a public web page: copy it from the browser, such as {example}.",
        "fetch.unreachable": "{host} cannot be reached on the public web: check the address, or try again later.",
        "fetch.status": "{host} answers with status {status}: check that the page opens without signing in.",
        "fetch.type": "The page is of the type {type}, which cannot be read: give the address of a text or web page.",
        "fetch.too_large": "The page has more than {limit} MB: save the part that matters and import it as a file.",
        "fetch.too_slow": "{host} took more than {seconds} seconds: try again later, or import the page as a file.",
        "fetch.redirects": "{host} sends on to other addresses too often: give the address of the page itself.",
        "fetch.broken": "{host} broke off or sent what cannot be unpacked: try again later, or import it as a file.",
    }
)
"""Sentences by key, as in the catalogue, which has the Korean; each says what to do next."""


class FetchRefused(Refused):
    """A page that was not opened, or given up. `key` and `fields` are its sentence in the catalogue."""

    def __init__(self, key: str, **fields: str) -> None:
        super().__init__(key, ENGLISH[key].format(**fields), **fields)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found at `url`, the address after all redirects. `content_type` is one of `ENDINGS`."""

    url: str
    data: bytes
    content_type: str

    @property
    def name(self) -> str:
        """A file name that says what it is, for `knowledge.importing.parse`."""
        stem = _UNUSUAL.sub("-", PurePosixPath(URL(self.url).path).stem)[:LONGEST_NAME].strip("-")
        return (stem or "page") + ENDINGS[self.content_type]
