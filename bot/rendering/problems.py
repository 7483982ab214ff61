"""What keeps a form from being saved, for whoever filled it in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue import Voice
from bot.curation.drafting import Problem
from bot.rendering.markdown import fit

_WRITTEN = 100
"""UTF-16 units of what was written, where a sentence repeats it."""


def problem_lines(problems: Sequence[Problem], voice: Voice) -> str:
    """All of it at once, a line each."""
    return "\n".join(f"- {voice.say(problem.key, **_shown(problem))}" for problem in problems)


def _shown(problem: Problem) -> dict[str, object]:
    return {name: fit(value, _WRITTEN) if isinstance(value, str) else value for name, value in problem.fields.items()}
