"""The lines of an answer with their citation marks."""

from __future__ import annotations

from bot.rendering.citations import marks
from bot.rendering.markdown import ELLIPSIS, escape, fit, length
from index.results import Answer, Line

_LEAST = 80
"""UTF-16 units; a line is not begun in less room than this."""


def answer_text(answer: Answer, room: int) -> tuple[str, bool]:
    """One line a statement, in `room` UTF-16 units, and whether all of the answer is in it."""
    shown: list[str] = []
    for line in answer.lines:
        whole = f"{escape(line.text)} {_marks(line)}"
        if length(whole) + 1 <= room:
            shown.append(whole)
            room -= length(whole) + 1
        else:
            shown.append(_cut(line, room))
            return "\n".join(shown), False
    return "\n".join(shown), True


def _cut(line: Line, room: int) -> str:
    left = room - length(_marks(line)) - 2
    return f"{fit(line.text, left)} {_marks(line)}" if left >= _LEAST else ELLIPSIS


def _marks(line: Line) -> str:
    return marks(line.marks[:20])
