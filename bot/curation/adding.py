"""The use case behind the form for a note: new or changed, checked, compared with what is on file, then saved."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Literal

from bot.curation.curating import Curating
from bot.curation.drafting import Form, Problem, as_json, form_of, read_form
from bot.curation.private_life import Rule
from bot.curation.scrutiny import Scrutiny
from bot.curation.sources import Pages
from index.editing.similar import Similar
from index.knowledge_index import KnowledgeIndex
from knowledge.curation import Act, Applied, Conflict, Decided, Edit, Outcome, Repeated, Version
from knowledge.models import Entity, Scope, Snippet, Status
from knowledge.queue import Proposal
from knowledge.store import Store

Choice = Literal["keep", "replace", "dispute", "mine"]
"""What becomes of a note that is like another one: both stay, it takes the other's place, both are marked as disputed;
or of one that somebody else has changed meanwhile: mine takes its place."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A form and what it is for, kept until it is saved: the version that the editor saw, the proposal that it
    approves, the questions that it answers. `rival` is the id of the note that it is like."""

    form: Form
    seen: int | None = None
    proposal: str | None = None
    questions: tuple[str, ...] = ()
    rival: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """It is on disk and in the next answer. `draft` leads back to the form; `again` says that it had been saved before
    `questions` which ones it
    answers and `proposal` which one it approves."""

    version: Version
    snippet: Snippet
    draft: str
    again: bool = False
    questions: tuple[str, ...] = ()
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Faulty:
    """It was not saved: what is wrong, all at once."""

    problems: tuple[Problem, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It was not saved yet: what is like it, and which rules about private life it may touch."""

    snippet: Snippet
    alike: tuple[Similar, ...]
    rules: tuple[Rule, ...]
    draft: str


@dataclass(frozen=True, slots=True)
class Clash:
    """It was not saved: somebody else has changed the note meanwhile; `now` is how it is."""

    snippet: Snippet
    now: Version | None
    draft: str


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to save: the form is older than 30 days, another person's, or its proposal was decided on."""

    decided: bool = False


Result = Saved | Faulty | Doubtful | Clash | Gone


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(slots=True)
class Adding:
    """Keeps what people write from the first form to the saved note, so that nothing is typed twice."""

    store: Store
    curating: Curating
    index: KnowledgeIndex
    scrutiny: Scrutiny
    pages: Pages
    today: Callable[[], date] = field(default=_today)

    async def begin(self, guild: int, user: int, pending: Pending) -> str:
        """Keeps a form that is about to be shown; its id."""
        draft = secrets.token_urlsafe(9)
        await self._keep(guild, user, draft, pending)
        return draft

    async def begin_edit(self, guild: int, user: int, snippet: str) -> tuple[str, Form] | None:
        """A form that holds what the guild sees of a snippet now; None where it sees none."""
        standing = await self.curating.standing(guild, snippet)
        if standing.snippet is None:
            return None
        form = form_of(standing.snippet)
        pending = Pending(form, standing.own.id if standing.own else None)
        return await self.begin(guild, user, pending), form

    async def begin_review(self, guild: int, user: int, proposal: Proposal) -> tuple[str, Form]:
        """A form that holds a proposal; saving it approves the proposal."""
        standing = await self.curating.standing(guild, proposal.snippet.id)
        form = form_of(proposal.snippet)
        pending = Pending(form, standing.own.id if standing.own else None, proposal.id)
        return await self.begin(guild, user, pending), form

    async def form(self, guild: int, user: int, draft: str) -> Form | None:
        """What a form holds that this person began."""
        pending = await self._pending(guild, user, draft)
        return pending.form if pending else None

    async def proposal(self, guild: int, saved: Saved) -> Proposal | None:
        """The proposal that a saved note approves, as it was decided on."""
        return await self.store.queue.proposal(guild, saved.proposal) if saved.proposal else None

    def names(self, guild: int) -> Mapping[str, Entity]:
        """The entities that the guild knows, by id."""
        return self.index.vocabulary(Scope(guild)).names.entities

    async def send(self, guild: int, user: int, draft: str, written: Mapping[str, str]) -> Result:
        """A form was sent. It is saved where nothing speaks against it; else the person is asked."""
        pending = await self._pending(guild, user, draft)
        if pending is None:
            return Gone()
        pending = replace(pending, form=await self._completed(pending.form.filled(written)))
        snippet = await self._read(guild, pending)
        await self._keep(guild, user, draft, pending)
        if not isinstance(snippet, Snippet):
            return Faulty(snippet, draft)
        alike = await self.scrutiny.alike(guild, snippet)
        rules = self.scrutiny.rules(snippet)
        if alike or rules:
            rival = alike[0].revision.snippet.id if alike else None
            await self._keep(guild, user, draft, replace(pending, rival=rival))
            return Doubtful(snippet, alike, rules, draft)
        return await self._save(guild, user, draft, pending, snippet)

    async def decide(self, guild: int, user: int, draft: str, choice: Choice) -> Result:
        """The person has looked at what is like it, or at the change of somebody else, and chosen."""
        pending = await self._pending(guild, user, draft)
        if pending is None:
            return Gone()
        snippet = await self._read(guild, pending)
        if not isinstance(snippet, Snippet):
            return Faulty(snippet, draft)
        if choice == "mine":
            standing = await self.curating.standing(guild, snippet.id)
            pending = replace(pending, seen=standing.own.id if standing.own else None)
        if pending.rival and choice in ("replace", "dispute"):
            return await self._against_rival(guild, user, draft, pending, snippet, choice)
        return await self._save(guild, user, draft, pending, snippet)

    async def _against_rival(
        self, guild: int, user: int, draft: str, pending: Pending, snippet: Snippet, choice: Choice
    ) -> Result:
        rival = await self.curating.standing(guild, pending.rival or "")
        if rival.snippet is None:  # it is gone meanwhile
            return await self._save(guild, user, draft, pending, snippet)
        seen = rival.own.id if rival.own else None
        if choice == "replace":
            edits = [Edit("snippet", rival.snippet.id, replace(snippet, id=rival.snippet.id), seen)]
        else:
            both = (replace(snippet, status=Status.DISPUTED), replace(rival.snippet, status=Status.DISPUTED))
            edits = [Edit("snippet", both[0].id, both[0], pending.seen), Edit("snippet", both[1].id, both[1], seen)]
        act = self._act(user, draft, pending, choice, batch=draft if choice == "dispute" else None)
        return self._result(await self.curating.apply(guild, edits, act), edits, draft, pending)

    async def _save(self, guild: int, user: int, draft: str, pending: Pending, snippet: Snippet) -> Result:
        edits = [Edit("snippet", snippet.id, snippet, pending.seen)]
        action = "edit" if pending.form.id and not pending.proposal else "approve" if pending.proposal else "add"
        outcome = await self.curating.apply(guild, edits, self._act(user, draft, pending, action))
        return self._result(outcome, edits, draft, pending)

    def _act(self, user: int, draft: str, pending: Pending, action: str, batch: str | None = None) -> Act:
        """The token holds the fields too, so that only the very same form counts as sent twice."""
        token = f"{draft}:{sha256(json.dumps(as_json(pending.form)).encode()).hexdigest()[:12]}:{action}"
        return Act(user, action, batch=batch, token=token, decides=pending.proposal, answers=pending.questions)

    @staticmethod
    def _result(outcome: Outcome, edits: list[Edit], draft: str, pending: Pending) -> Result:
        snippet = edits[0].content
        if not isinstance(snippet, Snippet):
            raise TypeError("a form always holds a snippet")
        match outcome:
            case Applied(versions=(first, *_)):
                return Saved(first, snippet, draft, questions=pending.questions, proposal=pending.proposal)
            case Repeated(version=Version() as version):
                return Saved(version, snippet, draft, again=True)
            case Conflict(now=now):
                return Clash(snippet, now, draft)
            case Decided():
                return Gone(decided=True)
        return Gone()

    async def _read(self, guild: int, pending: Pending) -> Snippet | tuple[Problem, ...]:
        form = pending.form
        before = (await self.curating.standing(guild, form.id)).snippet if form.id else None
        snippet = read_form(form, self.today().isoformat(), before)
        if not isinstance(snippet, Snippet):
            return snippet
        return await self.scrutiny.linked(guild, replace(snippet, entities=before.entities if before else ()))

    async def _completed(self, form: Form) -> Form:
        """The form with what the page itself says of its title, publisher and date."""
        if form.title and form.publisher:
            return form
        page = await self.pages.about(form.url)
        return replace(
            form,
            title=form.title or page.title,
            publisher=form.publisher or page.publisher,
            published=form.published or page.published,
        )

    async def _keep(self, guild: int, user: int, draft: str, pending: Pending) -> None:
        body = {**asdict(pending), "form": as_json(pending.form)}
        await self.store.queue.keep_draft(guild, user, draft, json.dumps(body, ensure_ascii=False))

    async def _pending(self, guild: int, user: int, draft: str) -> Pending | None:
        body = await self.store.queue.draft(guild, user, draft)
        if body is None:
            return None
        fields = json.loads(body)
        return Pending(**{**fields, "form": Form(**fields["form"]), "questions": tuple(fields["questions"])})
