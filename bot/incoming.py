"""Discord's own markup taken out of a text before it is asked as a question."""

from __future__ import annotations

import re

_EMOJI = re.compile(r"<a?:(?P<name>\w{1,32}):\d{15,20}>")
_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:<>]{1,100}:|t:-?|id:)[\w:-]{1,24}>")


def bare(text: str) -> str:
    """`text` without mentions, timestamps and custom emoji: they are ids, which no question is about."""
    return _MENTION.sub(" ", _EMOJI.sub(" ", text)).strip()
