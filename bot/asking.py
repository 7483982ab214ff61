"""The use case behind `/ask`, **Answer this** and `hallyu ask`: a question in a scope becomes a proved outcome."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from bot.conversations import Conversation, Conversations
from bot.watching.observing import NOBODY, Asked, Observer
from index.engine import Engine, Overloaded
from index.fair_queue import Party
from index.following import Exchange
from index.pipeline import Draft, Drafted
from index.proof import prove
from index.query import clean
from index.results import Answer, NoAnswer, Outcome
from knowledge.errors import HallyuError, Refused
from knowledge.models import AnswerRecord, Language, Quote, Revision, Scope
from knowledge.store import Store, TopicCount, Vote

LONGEST_QUESTION = 500
"""Characters of a question that is answered; `/ask` offers no more."""

_PRIVATE = "question"
"""The part of a receipt that repeats words of what was asked. It is shown to who asked and never stored; whom it was
about is."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An outcome, the id under which its receipt is kept, and how long it took in milliseconds. `open` says whether the
    question is kept for moderators, so that who asked can be told when it is answered. `understood` is what was asked
    where that was taken in part from the exchange before, else empty."""

    outcome: Outcome
    answer_id: str
    took_ms: float
    open: bool = False
    understood: str = ""


class OpenQuestions(Protocol):
    """Where a guild's questions without an answer go."""

    async def keeps(self, guild: int) -> bool:
        """Whether the guild wants them kept."""
        ...

    async def note(self, guild: int, id: str, text: str, language: Language) -> None: ...

    async def wait_for(self, guild: int, question: str, user: int) -> bool: ...


def _today() -> date:
    return datetime.now(UTC).date()


class Asking:
    """Answers questions and recalls earlier answers. `keeps` says whether answers are recorded for their buttons;
    `unanswered` takes the questions of guilds that had no answer."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        *,
        keeps: bool = True,
        today: Callable[[], date] = _today,
        unanswered: OpenQuestions | None = None,
        observer: Observer = NOBODY,
    ) -> None:
        self._observer = observer
        self._store = store
        self._engine = engine
        self._keeps = keeps
        self._today = today
        self._unanswered = unanswered
        self._recording: dict[str, asyncio.Task[None]] = {}
        self._conversations = Conversations()

    def keeping(self, unanswered: OpenQuestions) -> Asking:
        """The same, with somewhere for questions without an answer to go."""
        return Asking(
            self._store,
            self._engine,
            keeps=self._keeps,
            today=self._today,
            unanswered=unanswered,
            observer=self._observer,
        )

    def expect(self, scope: Scope, asker: int) -> None:
        """Raises `Refused` where a question would find no room now, so that it is said before anything is shown."""
        if not self._engine.has_room(Party(scope.guild, asker)):
            self._observer.asked(scope.guild, "busy")
            raise _busy()

    async def ask(
        self, question: str, scope: Scope, meant: str | None = None, within: Conversation | None = None
    ) -> Reply:
        """The proved outcome. `meant` is the entity that a shared name in the question stands for, as chosen from a
        `WhichOne`; `within` is the conversation that the question may go on with, and so whose turn it takes. Raises
        `Refused` for a question that is empty or too long, or when too many wait."""
        became: Asked = "failed"
        try:
            reply = await self._ask(question, scope, meant, within)
            became = _became(reply.outcome)
            self._observer.took("whole", reply.took_ms / 1000)
            return reply
        except Refused as refusal:
            became = "busy" if refusal.key == "refused.busy" else "refused"
            raise
        finally:
            self._observer.asked(scope.guild, became)

    async def _ask(self, question: str, scope: Scope, meant: str | None, within: Conversation | None) -> Reply:
        began = time.perf_counter()
        text = _checked(question)
        before = self._conversations.before(within) if within else None
        try:
            drafted = await self._engine.draft(text, scope, meant, before, within.person if within else None)
        except Overloaded:
            raise _busy() from None
        asked = str(drafted.receipt[_PRIVATE]["understood"])
        if within and (about := _about(drafted)):
            kept = before if asked == text and isinstance(drafted, NoAnswer) else None
            self._conversations.said(within, kept.after(asked, about) if kept else Exchange(asked, about))
        found = time.perf_counter()
        outcome = await self._proved(drafted, scope)
        self._observer.took("prove", time.perf_counter() - found)
        answer_id = secrets.token_urlsafe(16)
        stays_open = self._keeps and await self._stays_open(outcome, scope)
        if self._keeps:
            self._record(answer_id, scope, outcome, asked if stays_open else None)
        took_ms = (time.perf_counter() - began) * 1000
        return Reply(outcome, answer_id, took_ms, stays_open, asked if asked != text else "")

    async def snippets(self, answer_id: str, scope: Scope) -> list[Revision] | None:
        """The revisions under an answer that are live now; None when there is no such answer in this scope."""
        record = await self._recall(answer_id, scope)
        if record is None:
            return None
        ids = dict.fromkeys(quote.revision for quote in record.quotes)
        live = await self._store.revisions(scope, ids)
        return [live[i] for i in ids if i in live]

    async def receipt(self, answer_id: str, scope: Scope) -> dict[str, Any] | None:
        """Why it was answered like that, without the question's words; None as for `snippets`."""
        record = await self._recall(answer_id, scope)
        receipt: dict[str, Any] | None = json.loads(record.receipt) if record else None
        return receipt

    async def again(self, answer_id: str, scope: Scope) -> Answer | None:
        """An earlier answer, proved against what is live now; None when nothing of it is."""
        record = await self._recall(answer_id, scope)
        if record is None:
            return None
        draft = Draft(record.language, record.quotes, json.loads(record.receipt))
        outcome = await self._proved(draft, scope)
        return outcome if isinstance(outcome, Answer) else None

    async def vote(self, answer_id: str, user: int, value: Vote, scope: Scope, reason: str | None = None) -> bool:
        """Counts a member's vote, the last one of each; False when there is no such answer in this scope."""
        if await self._recall(answer_id, scope) is None:
            return False
        counted = await self._store.vote(answer_id, user, value, reason)
        if counted:
            self._observer.voted(scope.guild, value)
            self._observer.wrote("vote")
        return counted

    async def wait_for(self, answer_id: str, user: int, scope: Scope) -> bool:
        """Notes that somebody wants to be told when the question of an answer that said "I don't know" is answered;
        False when it is not open, or not in this scope."""
        if task := self._recording.get(answer_id):
            await asyncio.wait({task})
        if self._unanswered is None or scope.guild is None:
            return False
        return await self._unanswered.wait_for(scope.guild, answer_id, user)

    async def topics(self, scope: Scope) -> list[TopicCount]:
        """What can be asked about."""
        return await self._store.topics(scope)

    async def finish(self) -> None:
        """Waits until every answer given is on record."""
        if self._recording:
            await asyncio.wait(self._recording.values())

    async def _proved(self, drafted: Drafted, scope: Scope) -> Outcome:
        if not isinstance(drafted, Draft):
            return drafted
        live = await self._store.revisions(scope, {quote.revision for quote in drafted.quotes})
        answer = prove(drafted.quotes, live, drafted.language, self._today().isoformat(), drafted.receipt)
        if drafted.answers and answer:
            return answer
        return NoAnswer(drafted.language, drafted.closest, drafted.receipt, on_file=answer)

    async def _stays_open(self, outcome: Outcome, scope: Scope) -> bool:
        """Whether the question goes to the guild's moderators."""
        if self._unanswered is None or scope.guild is None or not isinstance(outcome, NoAnswer):
            return False
        return await self._unanswered.keeps(scope.guild)

    def _record(self, answer_id: str, scope: Scope, outcome: Outcome, question: str | None) -> None:
        """Writes beside the reply, which need not wait for the disk: whoever recalls the answer waits for it.
        `question` is the text of one that stays open."""
        kept = {key: value for key, value in outcome.receipt.items() if key != _PRIVATE}
        record = AnswerRecord(
            id=answer_id,
            scope=scope,
            language=outcome.language,
            quotes=_quotes(outcome),
            receipt=json.dumps(kept, ensure_ascii=False),
        )
        task = asyncio.get_running_loop().create_task(self._keep(record, question))
        self._recording[answer_id] = task
        task.add_done_callback(lambda _: self._recording.pop(answer_id, None))

    async def _keep(self, record: AnswerRecord, question: str | None) -> None:
        try:
            await self._store.record_answer(record)
            self._observer.wrote("answer")
            if question is not None and self._unanswered is not None and record.scope.guild is not None:
                await self._unanswered.note(record.scope.guild, record.id, question, record.language)
        except HallyuError as error:  # the answer stands; only its buttons will say that it is gone
            log.warning("answer.not_recorded: %s", error)
        except Exception:
            log.exception("answer.not_recorded")

    async def _recall(self, answer_id: str, scope: Scope) -> AnswerRecord | None:
        if task := self._recording.get(answer_id):
            await asyncio.wait({task})
        record = await self._store.answer(answer_id)
        return record if record and record.scope == scope else None


def _checked(question: str) -> str:
    text = clean(question)
    if not any(character.isalnum() for character in text):
        raise Refused("refused.empty", 'That is no question yet. Ask in words, such as "Who owns Ithaca Holdings?"')
    if len(text) > LONGEST_QUESTION:
        raise Refused("refused.too_long", f"That question is too long. Use at most {LONGEST_QUESTION} characters.")
    return text


def _busy() -> Refused:
    return Refused("refused.busy", "Too many questions at once. Try again in a moment.")


def _about(drafted: Drafted) -> tuple[str, ...]:
    """The entities that a question and its answer are about, those of both first."""
    asked: list[str] = drafted.receipt["names"]
    answered = drafted.about if isinstance(drafted, Draft) else ()
    return tuple(dict.fromkeys([*(e for e in asked if e in answered), *asked, *answered]))


def _became(outcome: Outcome) -> Asked:
    match outcome:
        case Answer():
            return "answered"
        case NoAnswer():
            return "declined"
        case _:
            return "which_one"


def _quotes(outcome: Outcome) -> tuple[Quote, ...]:
    shown = outcome.on_file if isinstance(outcome, NoAnswer) else outcome
    return tuple(line.quote for line in shown.lines) if isinstance(shown, Answer) else ()
