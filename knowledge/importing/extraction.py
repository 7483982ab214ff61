"""The program that finds the text of a web page, run as a process of its own: HTML of strangers on standard input, JSON
on standard output. Nothing imports it."""

from __future__ import annotations

import contextlib
import json
import sys

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; a page of 4 MB needs 260 MB."""
SECONDS = 10
"""Of work; a page of 1 MB takes two."""

_SHORTEST = "20"
"""Characters from which a text is taken for the page's; below it all text is taken, without its paragraphs."""


def main() -> None:
    """Takes the limits on, reads the page, writes what was found."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # where the system has no such limit, time is left
        _limit()
    json.dump(_found(sys.stdin.buffer.read()), sys.stdout)


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _found(page: bytes) -> dict[str, str | None]:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORTEST)
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    tree = trafilatura.load_html(page)
    if tree is None:
        return {}
    about = trafilatura.extract_metadata(tree)
    text = trafilatura.extract(
        tree,
        output_format="markdown",
        include_comments=False,
        include_tables=False,
        include_images=False,
        include_links=False,
        config=config,
    )
    return {"text": text, "title": about.title, "sitename": about.sitename, "date": about.date, "url": about.url}


if __name__ == "__main__":
    main()
