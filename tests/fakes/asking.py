"""An `Asking` that answers from a script and keeps its records in memory."""

from __future__ import annotations

from typing import Any, Literal

from bot.asking import Reply
from bot.conversations import Conversation
from fakes.answers import a_decline, a_revision
from index.results import Answer, Outcome
from knowledge.errors import Refused
from knowledge.models import Revision, Scope
from knowledge.store.interface import TopicCount


class ScriptedAsking:
    """`script` holds an outcome, or an exception to raise, by question; anything else is declined.

    `understood` is what a question is taken for. While `proves` is false, recorded answers no longer hold against what
    is known; while it is `crowded`, no question finds room.
    """

    def __init__(self) -> None:
        self.script: dict[str, Outcome | Exception] = {}
        self.asked: list[tuple[str, Scope]] = []
        self.votes: dict[tuple[str, int], int] = {}
        self.reasons: dict[tuple[str, int], str] = {}
        self.records: dict[str, tuple[Scope, Outcome]] = {}
        self.revisions: list[Revision] = [a_revision()]
        self.topic_counts: list[TopicCount] = []
        self.proves = True
        self.understood: dict[str, str] = {}
        self.crowded = False

    def expect(self, scope: Scope, asker: int) -> None:
        if self.crowded:
            raise Refused("refused.busy", "Too many questions at once.")

    async def ask(
        self, question: str, scope: Scope, meant: str | None = None, within: Conversation | None = None
    ) -> Reply:
        asked = f"{question} @{meant}" if meant else question
        self.asked.append((asked, scope))
        outcome = self.script.get(asked, a_decline("Charts"))
        if isinstance(outcome, Exception):
            raise outcome
        answer_id = f"answer-{len(self.asked):0>15}"
        self.records[answer_id] = (scope, outcome)
        return Reply(outcome, answer_id, 1.0, understood=self.understood.get(question, ""))

    def _on_record(self, answer_id: str, scope: Scope) -> Outcome | None:
        kept, outcome = self.records.get(answer_id, (None, None))
        return outcome if kept == scope else None

    async def snippets(self, answer_id: str, scope: Scope) -> list[Revision] | None:
        return self.revisions if self._on_record(answer_id, scope) else None

    async def receipt(self, answer_id: str, scope: Scope) -> dict[str, Any] | None:
        outcome = self._on_record(answer_id, scope)
        return outcome.receipt if outcome else None

    async def again(self, answer_id: str, scope: Scope) -> Answer | None:
        outcome = self._on_record(answer_id, scope)
        return outcome if isinstance(outcome, Answer) and self.proves else None

    async def vote(
        self, answer_id: str, user: int, value: Literal[1, -1], scope: Scope, reason: str | None = None
    ) -> bool:
        if self._on_record(answer_id, scope) is None:
            return False
        self.votes[answer_id, user] = value
        if reason:
            self.reasons[answer_id, user] = reason
        return True

    async def topics(self, scope: Scope) -> list[TopicCount]:
        return self.topic_counts
