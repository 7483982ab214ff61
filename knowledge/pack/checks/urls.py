"""The addresses of sources: what a reader can open, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault
from knowledge.urls import url_fault


def check_urls(draft: Draft) -> Iterator[Fault]:
    """A source's address is http or https, has a host, and carries no name, password or space."""
    for source in draft.sources:
        complaint = url_fault(source.entry.url)
        if complaint:
            yield source.fault("url", complaint)
