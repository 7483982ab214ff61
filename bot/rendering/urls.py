"""Addresses of sources: what may be linked, and the domain that is shown beside it."""

from __future__ import annotations

from yarl import URL

LONGEST = 512
"""Characters; a longer address is not linked on a card, its domain is shown all the same."""

_IN_MARKDOWN = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "[": "%5B", "]": "%5D", "\\": "%5C"})


def linkable(address: str) -> str | None:
    """`address` so that it can stand in a masked link, or None if it is not a plain web address."""
    url = _parsed(address)
    if url is None:
        return None
    encoded = str(url).translate(_IN_MARKDOWN)
    plain = encoded.isascii() and encoded.isprintable() and " " not in encoded
    return encoded if plain and len(encoded) <= LONGEST else None


def domain(address: str) -> str | None:
    """The host that `address` leads to, in ASCII (so that look-alike letters show), without a leading "www."."""
    url = _parsed(address)
    return None if url is None or url.raw_host is None else url.raw_host.removeprefix("www.")


def _parsed(address: str) -> URL | None:
    try:
        url = URL(address)
        host = url.raw_host
    except ValueError:
        return None
    if url.scheme not in ("http", "https") or not host or url.raw_user or url.raw_password:
        return None
    return url
