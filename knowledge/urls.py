"""The addresses of sources: what a reader can open, and nothing else."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

LONGEST_URL = 512
"""Discord's limit for the address of a link button."""


def url_fault(url: str) -> str | None:
    """What is wrong with `url`, with the remedy, or None."""
    if any(character.isspace() or not character.isprintable() for character in url):
        return "holds a space or an invisible character. Remove it, or write %20."
    if len(url) > LONGEST_URL:
        return f"has {len(url)} characters, {LONGEST_URL} at most. Use the page's short address."
    try:
        parts = urlsplit(url)
        return _parts_fault(parts)
    except ValueError:
        return "is no address. Copy it from the browser, such as https://example.org/page."


def host_of(url: str) -> str:
    """The host of an address without `www.`; the address itself where it has none."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def _parts_fault(parts: SplitResult) -> str | None:
    if parts.scheme not in ("http", "https"):
        return "must begin with https:// or http://. Copy it from the browser."
    if "@" in parts.netloc:
        return "carries a name or password before the host. Remove it."
    host = parts.hostname or ""
    if "." not in host.strip(".") or parts.port == 0:
        return "has no public host, such as example.org. Copy it from the browser."
    return None
