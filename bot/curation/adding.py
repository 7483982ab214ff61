"""The use case behind the form for a note: new or changed, checked, compared with what is on file, then saved."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from bot.curation.added import Choice, Clash, Doubtful, Faulty, Gone, Pending, Result, Saved, Unchanged
from bot.curation.curating import Curating
from bot.curation.drafting import Form, Problem, as_json, form_of, read_form, still_about
from bot.curation.scrutiny import Scrutiny
from bot.curation.sources import Pages
from index.knowledge_index import KnowledgeIndex
from knowledge.curation import Act, Applied, Conflict, Decided, Edit, Outcome, Repeated, Standing, Version
from knowledge.models import Entity, Hidden, Scope, Snippet, Status
from knowledge.queue import Proposal
from knowledge.store import Store


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
        return await self.begin(guild, user, Pending(form, _seen(standing))), form

    async def begin_review(self, guild: int, user: int, proposal: Proposal) -> tuple[str, Form]:
        """A form that holds a proposal; saving it approves the proposal."""
        standing = await self.curating.standing(guild, proposal.snippet.id)
        form = form_of(proposal.snippet)
        return await self.begin(guild, user, Pending(form, _seen(standing), proposal.id)), form

    async def form(self, guild: int, user: int, draft: str) -> Form | None:
        """What a form holds that this person began."""
        pending = await self._pending(guild, user, draft)
        return pending.form if pending else None

    async def proposal(self, guild: int, saved: Saved | Unchanged) -> Proposal | None:
        """The proposal that a saved note approves, as it was decided on."""
        return await self.store.queue.proposal(guild, saved.proposal) if saved.proposal else None

    def names(self, guild: int) -> Mapping[str, Entity]:
        """The entities that the guild knows, by id."""
        return self.index.entities(Scope(guild))

    async def drop(self, guild: int, user: int, draft: str) -> None:
        """Forgets what the person has written there."""
        await self.store.queue.drop_draft(guild, user, draft)

    async def send(self, guild: int, user: int, draft: str, written: Mapping[str, str]) -> Result:
        """A form was sent. It is saved where nothing speaks against it; else the person is asked."""
        pending = await self._pending(guild, user, draft)
        if pending is None:
            return Gone()
        pending = replace(pending, form=pending.form.filled(written))
        await self._keep(guild, user, draft, pending)  # first of all: what was typed is lost to nothing that follows
        pending = replace(pending, form=await self._completed(pending.form))
        await self._keep(guild, user, draft, pending)
        snippet = await self._read(guild, pending)
        if not isinstance(snippet, Snippet):
            return Faulty(snippet, draft)
        doubtful = await self._doubtful(guild, user, draft, pending, snippet)
        return doubtful or await self._save(guild, user, draft, pending, snippet)

    async def decide(self, guild: int, user: int, draft: str, choice: Choice) -> Result:
        """The person has looked at what is like it, or at the change of somebody else, and chosen."""
        pending = await self._pending(guild, user, draft)
        if pending is None:
            return Gone()
        snippet = await self._read(guild, pending)
        if not isinstance(snippet, Snippet):
            return Faulty(snippet, draft)
        if choice == "mine":
            pending = replace(pending, seen=_seen(await self.curating.standing(guild, snippet.id)))
            await self._keep(guild, user, draft, pending)
        if pending.rival and choice in ("replace", "dispute"):
            return await self._against_rival(guild, user, draft, pending, snippet, choice)
        return await self._save(guild, user, draft, pending, snippet)

    async def _doubtful(self, guild: int, user: int, draft: str, pending: Pending, snippet: Snippet) -> Doubtful | None:
        """What there is to be asked, with the note that it is like as it is now."""
        alike, rules = await self.scrutiny.alike(guild, snippet), self.scrutiny.rules(snippet)
        if not alike and not rules:
            return None
        rival = alike[0].revision.snippet.id if alike else None
        seen = _seen(await self.curating.standing(guild, rival)) if rival else None
        await self._keep(guild, user, draft, replace(pending, rival=rival, rival_seen=seen))
        return Doubtful(snippet, alike, rules, draft)

    async def _against_rival(
        self, guild: int, user: int, draft: str, pending: Pending, snippet: Snippet, choice: Choice
    ) -> Result:
        rival = await self.curating.standing(guild, pending.rival or "")
        if rival.snippet is None:  # it is gone meanwhile
            return await self._save(guild, user, draft, pending, snippet)
        if choice == "replace":
            edits = await self._replacing(guild, pending, snippet, rival.snippet)
        else:
            both = (replace(snippet, status=Status.DISPUTED), replace(rival.snippet, status=Status.DISPUTED))
            seen = _replaced(await self.curating.standing(guild, snippet.id), pending, user), pending.rival_seen
            edits = [Edit("snippet", each.id, each, version) for each, version in zip(both, seen, strict=True)]
        act = self._act(user, draft, pending, choice, batch=_batch(draft, pending) if len(edits) > 1 else None)
        outcome = await self.curating.apply(guild, edits, act)
        if isinstance(outcome, Conflict) and outcome.id == rival.snippet.id:  # it is not what the person looked at
            doubtful = await self._doubtful(guild, user, draft, pending, snippet)
            return doubtful or await self._save(guild, user, draft, pending, snippet)
        return self._result(outcome, edits, draft, pending)

    async def _replacing(self, guild: int, pending: Pending, snippet: Snippet, rival: Snippet) -> list[Edit]:
        """The text takes the place of another note; where it was one of its own before, that one goes. It answers the
        questions that were asked of the structured fact which it replaces, or was before."""
        statement = still_about(rival, snippet.text, snippet.text_ko) or snippet.statement
        edits = [Edit("snippet", rival.id, replace(snippet, id=rival.id, statement=statement), pending.rival_seen)]
        own = await self.curating.standing(guild, snippet.id)
        if own.snippet is not None:
            edits.append(Edit("snippet", snippet.id, Hidden(snippet.id) if own.bundled else None, pending.seen))
        return edits

    async def _save(self, guild: int, user: int, draft: str, pending: Pending, snippet: Snippet) -> Result:
        standing = await self.curating.standing(guild, snippet.id)
        if pending.proposal is None and not pending.questions and _is_bundled_text(standing, snippet):
            return Unchanged(snippet)
        seen = _replaced(standing, pending, user)
        edits = [Edit("snippet", snippet.id, snippet, seen)]
        action = "edit" if pending.form.id and not pending.proposal else "approve" if pending.proposal else "add"
        act = self._act(user, draft, pending, action)
        outcome = await self.curating.apply(
            guild, edits, act if seen == pending.seen else replace(act, action="restore")
        )
        return self._result(outcome, edits, draft, pending)

    def _act(self, user: int, draft: str, pending: Pending, action: str, batch: str | None = None) -> Act:
        """The token holds the fields and the versions that were seen too, so that only the very same form counts as
        sent twice."""
        fields = sha256(json.dumps(as_json(pending.form)).encode()).hexdigest()[:12]
        token = f"{draft}:{fields}:{action}:{pending.seen or 0}:{pending.rival_seen or 0}"
        return Act(user, action, batch=batch, token=token, decides=pending.proposal, answers=pending.questions)

    @staticmethod
    def _result(outcome: Outcome, edits: Sequence[Edit], draft: str, pending: Pending) -> Result:
        snippet = edits[0].content
        if not isinstance(snippet, Snippet):
            raise TypeError("a form always holds a snippet")
        match outcome:
            case Applied(versions=(first, *_), answered=answered):
                return Saved(first, snippet, draft, questions=answered, proposal=pending.proposal)
            case Applied(answered=answered):
                return Unchanged(snippet, answered, pending.proposal)
            case Repeated(version=Version() as version):
                return Saved(version, snippet, draft, again=True)
            case Repeated():
                return Unchanged(snippet)
            case Conflict(now=now):
                return Clash(snippet, now, draft)
            case Decided():
                return Gone(decided=True)

    async def _read(self, guild: int, pending: Pending) -> Snippet | tuple[Problem, ...]:
        before = await self._before(guild, pending)
        snippet = read_form(pending.form, self.today().isoformat(), before)
        if not isinstance(snippet, Snippet):
            return snippet
        return await self.scrutiny.linked(guild, replace(snippet, entities=before.entities if before else ()))

    async def _before(self, guild: int, pending: Pending) -> Snippet | None:
        """What the form was made from: a proposal, or what the guild sees of a note."""
        if pending.proposal:
            proposal = await self.store.queue.proposal(guild, pending.proposal)
            return proposal.snippet if proposal else None
        return (await self.curating.standing(guild, pending.form.id)).snippet if pending.form.id else None

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


def _seen(standing: Standing) -> int | None:
    """The guild's own latest version of what is shown."""
    return standing.own.id if standing.own else None


def _replaced(standing: Standing, pending: Pending, user: int) -> int | None:
    """The version in whose place a form's note comes: the one that its editor saw, or where a new note is one that the
    same person has removed, that removal."""
    own = standing.own
    removed = own is not None and own.content is None and own.author == user and standing.bundled is None
    return own.id if own and removed and not pending.form.id and pending.seen is None else pending.seen


def _batch(draft: str, pending: Pending) -> str:
    """What two notes that change together have in common; another one when the form is used again."""
    return f"{draft}-{pending.seen or 0}-{pending.rival_seen or 0}"


def _is_bundled_text(standing: Standing, snippet: Snippet) -> bool:
    """Whether a form says of a bundled note that nothing was changed about, what that says."""
    return (
        standing.own is None and standing.bundled is not None and form_of(standing.bundled.snippet) == form_of(snippet)
    )
