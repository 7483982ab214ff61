"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]〉》」』]*(?=\s|$)|\n+")
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|feat|ft|No|Nos|Vol|Inc|Ltd|Co|Corp|Bros|cf|ca|approx|est|pp|al|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_KOREAN_DATE = re.compile(r"\d{4}\.\s?\d{1,2}\.(?:\s?\d{1,2}\.)?")
_CLOSING_QUOTES = "\"'”’"


def sentence_spans(text: str) -> list[Span]:
    """Half-open character spans of the sentences, without the white space around them, in order.

    A full stop ends no sentence after an initial or a common abbreviation ("U.S. charts", "No. 1"), nor inside or
    after a date such as "2025. 11. 5.".
    """
    spans: list[Span] = []
    dates = [date.span() for date in _KOREAN_DATE.finditer(text)]
    start = 0
    for end in _END.finditer(text):
        stop = end.end()
        if _goes_on(text, start, end) or any(a < stop <= b for a, b in dates):
            continue
        _append(spans, text, start, stop)
        start = stop
    _append(spans, text, start, len(text))
    return spans


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    following = text[end.end() :].lstrip()[:1]
    if end.group()[-1] in _CLOSING_QUOTES:  # '"Really?" she asked.'
        return following.islower()
    if end.group() != "." or not following:
        return False
    return bool(_ABBREVIATIONS.search(text[start : end.end()])) or following.islower()


def _append(spans: list[Span], text: str, start: int, stop: int) -> None:
    piece = text[start:stop]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        spans.append((left, right))
