"""A reading of Discord's Markdown: what in a text is more than the letters that it shows."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_ACTIVE = re.compile(
    r"""
      [*_~|`<>\[\]\\]                    # emphasis, spoilers, code, quotes, mentions, emoji, timestamps, links
    | @(?:everyone|here|[!&]?\d)         # looked for outside of Markdown too
    | \w+://                             # bare links
    | discord(?:app)?\.(?:gg|com)/       # invitations need no scheme
    | :[\w+-]+:                          # emoji by name
    | ^\s*(?:\#{1,3}|-\#|[-+]|\d+\.)(?=\s|$)  # headings, subtext, lists
    """,
    re.VERBOSE | re.MULTILINE,
)
_LINK = re.compile(r"\[[^\[\]]*\]\((?P<url>[^()\s]*)\)")
_OURS = re.compile(
    r"^(?:> |-\# |\#\#\# |(?:  )*- )|(?:\[\d+\])+(?!\()|\*\*|`(?=[0-9a-f/]|$)|(?<=[0-9a-z])`", re.MULTILINE
)


def active(text: str) -> list[str]:
    """The markup in a text that stands for nothing but itself."""
    return _ACTIVE.findall(_ESCAPED.sub("\ue000", text))


def foreign(text: str, links: set[str] = frozenset()) -> list[str]:
    """The markup on a page that is neither the page's own nor a link to one of `links`."""
    plain = _ESCAPED.sub("\ue000", text)
    strange = [url for url in _LINK.findall(plain) if url not in links]
    return strange + _ACTIVE.findall(_OURS.sub("", _LINK.sub("", plain)))
