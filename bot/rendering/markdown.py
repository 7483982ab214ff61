"""Foreign text made safe: shown letter for letter, never as Markdown, a mention, a link, an emoji or a timestamp.

`discord.utils.escape_markdown` leaves headings, timestamps, mentions and bare links alone, hence this one.
A backslash in front of punctuation is literal in Discord's Markdown; the zero-width space inside a mention is what
`discord.utils.escape_mentions` uses, since mentions are also looked for outside of Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

ELLIPSIS = "…"

_GAP = "\u200b"
_JOINERS = "\u200c\u200d"  # emoji sequences and some scripts need them
_ANYWHERE = re.compile(r"[\\`*_~|\[\]<>@/]|:(?=\S)")
_LINE_START = re.compile(r"^(?:(?P<number>\d+)(?=[.)](?:\s|$))|(?:-?#{1,3}|[+-])(?=\s|$))")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]]*(?=\s|$)")


def clean(text: str) -> str:
    """`text` on one line, without control, bidirectional and invisible characters; lone surrogates become U+FFFD."""
    shown = "".join(_shown(character) for character in text)
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def escape(text: str) -> str:
    """`text`, cleaned, so that Discord shows it literally wherever on a line it stands."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", clean(text))
    escaped = _LINE_START.sub(_escape_start, escaped)
    return _MENTION.sub("@" + _GAP, escaped)


def unescape(escaped: str) -> str:
    """The inverse of `escape`: `unescape(escape(text)) == clean(text)`."""
    return _ESCAPED.sub(r"\1", escaped.replace(_GAP, ""))


def length(text: str) -> int:
    """Length in UTF-16 units: the larger of the ways in which Discord's clients and servers count."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit(text: str, limit: int) -> str:
    """`escape(text)` within `limit` UTF-16 units, cut at a sentence or a word with "…" where it is longer."""
    if limit <= 0:
        return ""
    whole = clean(text)
    if len(whole) <= limit and length(escaped := escape(whole)) <= limit:
        return escaped
    room = limit - len(ELLIPSIS)
    whole = whole[: limit + 1]  # each character takes one unit or more
    longest = bisect_right(range(len(whole)), room, key=lambda size: length(escape(whole[:size]))) - 1
    return escape(_shortened(whole[: max(0, longest)])) + ELLIPSIS


def cut(text: str, limit: int) -> str:
    """`clean(text)` within `limit` UTF-16 units, for where Discord reads no Markdown, such as a choice."""
    whole = clean(text)
    if length(whole) <= limit:
        return whole
    fitting = bisect_right(range(limit + 1), limit - len(ELLIPSIS), key=lambda size: length(whole[:size])) - 1
    return whole[: max(0, fitting)].rstrip() + ELLIPSIS


def code(text: str, limit: int) -> str:
    """`text` as code, letter for letter but for backticks, within `limit` UTF-16 units between its own two."""
    return f"`{cut(text.replace('`', ''), limit)}`"


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    hidden = category == "Cc" or (category == "Cf" and character not in _JOINERS and not _is_tag(character))
    return "" if hidden else character


def _is_tag(character: str) -> bool:
    """Tag characters spell the flags of England, Scotland and Wales."""
    return "\U000e0020" <= character <= "\U000e007f"


def _escape_start(match: re.Match[str]) -> str:
    found = match.group()
    return found + "\\" if match["number"] else "\\" + found


def _shortened(text: str) -> str:
    """`text` up to its last sentence end, else up to its last space, unless that would lose more than half of it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in (ends[-1] if ends else 0, text.rfind(" ")):
        if end > len(text) // 2:
            return text[:end].rstrip()
    return text
