"""A source of which nothing is known but its address."""

from __future__ import annotations

from knowledge.errors import HallyuError
from knowledge.models import Source
from knowledge.urls import host_of, url_fault


def source_at(url: str, read: str | None = None) -> Source:
    """The page at `url`, for which its domain stands. Raises `HallyuError` for what no reader could open."""
    if fault := url_fault(url):
        raise HallyuError(f"{url[:80]} {fault}")
    host = host_of(url)
    return Source(host, host, url, read=read)
