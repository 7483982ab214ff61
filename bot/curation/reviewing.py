"""The use case behind `/kb review`: proposals are decided on one after the other, those of an import also as one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.curation.curating import Curating
from bot.curation.private_life import Rule
from bot.curation.scrutiny import Scrutiny
from index.editing.similar import Similar
from knowledge.curation import Act, Applied, Conflict, Decided, Outcome, Standing, Version
from knowledge.queue import Proposal
from knowledge.store import Store

AT_ONCE = 50
"""Proposals of an import that are read from the queue at a time."""

WholeImport = Literal["approve", "withdraw"]
"""What can be done with all that waits of an import."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal to be decided on, what the guild sees under its id now, and how many wait: in all, and of the same
    import. `alike` is what it repeats or contradicts, `rules` those about private life that it may touch."""

    proposal: Proposal
    standing: Standing
    remaining: int
    of_import: int
    alike: tuple[Similar, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def seen(self) -> int | None:
        """The version in whose place it would come."""
        return self.standing.own.id if self.standing.own else None


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of approving a proposal; None where there is no such proposal."""

    proposal: Proposal | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the approval of an import is: how many notes came, how many were left waiting since something stood in
    their way, out of how many; and a version that came, by which all of it can be undone."""

    done: int
    left: int
    total: int
    version: int | None


class Reviewing:
    """Decides on what waits in the queue of a guild."""

    def __init__(self, store: Store, curating: Curating, scrutiny: Scrutiny) -> None:
        self._store = store
        self._curating = curating
        self._scrutiny = scrutiny

    async def next(self, guild: int, after: str | None = None) -> Waiting | None:
        """The proposal behind `after`, and behind the last one the first again."""
        queue = self._store.queue
        found = await queue.waiting(guild, 1, after=after) or (await queue.waiting(guild, 1) if after else [])
        return await self._around(guild, found[0]) if found else None

    async def waits(self, guild: int, id: str) -> Proposal | None:
        """The proposal, where nobody has decided on it yet."""
        proposal = await self._store.queue.proposal(guild, id)
        return proposal if proposal and proposal.state == "waiting" else None

    async def again(self, guild: int, id: str) -> Waiting | None:
        """The same proposal as it stands now, or the next where it no longer waits."""
        proposal = await self.waits(guild, id)
        return await self._around(guild, proposal) if proposal else await self.next(guild, id)

    async def approve(self, guild: int, id: str, seen: int | None, user: int) -> Approval:
        """Makes the proposal the guild's, in place of the version `seen` that the moderator saw, unless somebody has
        decided on it or changed that meanwhile."""
        proposal = await self.waits(guild, id)
        if proposal is None:
            return Approval(None, Decided())
        act = Act(user, "approve", batch=proposal.batch, decides=id)
        outcome = await self._curating.save(guild, await self._scrutiny.linked(guild, proposal.snippet), seen, act)
        if isinstance(outcome, Conflict) and await self.waits(guild, id) is None:
            outcome = Decided()  # what stands there now is the proposal itself
        return Approval(replace(proposal, state="approved"), outcome)

    async def reject(self, guild: int, id: str, reason: str, user: int) -> Proposal | None:
        """The rejected proposal; None where somebody has decided on it before."""
        proposal = await self.waits(guild, id)
        act = Act(user, "reject")
        if proposal is None or not await self._store.queue.reject(guild, id, reason or None, act, proposal.snippet.id):
            return None
        return replace(proposal, state="rejected", reason=reason or None)

    async def count(self, guild: int, batch: str) -> int:
        """How many of an import wait."""
        return await self._store.queue.count_waiting(guild, batch)

    async def approve_all(self, guild: int, batch: str, user: int) -> AsyncIterator[Progress]:
        """Approves an import note by note, so that questions are answered meanwhile. A note in whose way something
        stands, such as a change that somebody has made since the import, is left waiting. If it ends early, the rest
        waits as before."""
        progress = Progress(0, 0, await self.count(guild, batch), None)
        after: str | None = None
        while found := await self._store.queue.waiting(guild, AT_ONCE, batch, after):
            for proposal in found:
                progress = _counted(progress, await self._approve_one(guild, proposal, user))
                yield progress
            after = found[-1].id

    async def withdraw(self, guild: int, batch: str, user: int) -> int:
        """Takes what still waits of an import out of the queue; how many."""
        return await self._store.queue.withdraw(guild, batch, Act(user, "withdraw", batch=batch))

    async def _approve_one(self, guild: int, proposal: Proposal, user: int) -> Outcome:
        own = (await self._curating.standing(guild, proposal.snippet.id)).own
        if own is not None and await self._overtaken(guild, proposal, own):
            return Conflict(own.record, own)
        return (await self.approve(guild, proposal.id, own.id if own else None, user)).outcome

    async def _overtaken(self, guild: int, proposal: Proposal, own: Version) -> bool:
        """Whether the guild's own latest version says something else than when the proposal came, and than it."""
        if own.created_at <= proposal.created_at:
            return False
        history = await self._store.edits.history(guild, own.type, own.record)
        earlier = [version.content for version in history if version.created_at <= proposal.created_at]
        linked = await self._scrutiny.linked(guild, proposal.snippet)
        return own.content not in (earlier[-1] if earlier else None, linked)

    async def _around(self, guild: int, proposal: Proposal) -> Waiting:
        standing = await self._curating.standing(guild, proposal.snippet.id)
        remaining = await self._store.queue.count_waiting(guild)
        of_import = await self.count(guild, proposal.batch) if proposal.batch else 0
        snippet = await self._scrutiny.linked(guild, proposal.snippet)
        alike, rules = await self._scrutiny.alike(guild, snippet), self._scrutiny.rules(snippet)
        return Waiting(proposal, standing, remaining, of_import, alike, rules)


def _counted(progress: Progress, outcome: Outcome) -> Progress:
    if not isinstance(outcome, Applied):
        return replace(progress, left=progress.left + 1)
    version = outcome.versions[0].id if outcome.versions else progress.version
    return replace(progress, done=progress.done + 1, version=version)
