"""What became of a golden question."""

from __future__ import annotations

from enum import StrEnum

from index.results import Answer, Outcome
from knowledge.golden import GoldenQuestion


class Verdict(StrEnum):
    """`RIGHT`: answered with the key and a supporting snippet; `WRONG`: answered, but not that; `MISSED`: declined
    although it is on file; `DECLINED`: declined, rightly; `MADE_UP`: answered although it is not on file."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    DECLINED = "declined"
    MADE_UP = "made_up"

    @property
    def is_good(self) -> bool:
        return self in (Verdict.RIGHT, Verdict.DECLINED)


def judge(question: GoldenQuestion, outcome: Outcome | None) -> Verdict:
    """The verdict on a reply; `outcome` is None where the question was refused. Asking back is not answering."""
    if question.expect == "no_answer":
        return Verdict.MADE_UP if isinstance(outcome, Answer) else Verdict.DECLINED
    if not isinstance(outcome, Answer):
        return Verdict.MISSED
    supported = any(citation.snippet in question.snippets for citation in outcome.citations)
    return Verdict.RIGHT if supported and question.matched_by(outcome.text) else Verdict.WRONG
