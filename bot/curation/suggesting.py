"""The use case behind `/suggest`: what a member proposes lands in the review queue, or it is said what keeps it out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from bot.curation.drafting import Form, Problem
from bot.curation.guilds import GuildLife
from knowledge.errors import Refused
from knowledge.models import Snippet
from knowledge.queue import Proposal
from knowledge.store import Store

MOST_WAITING = 10
"""Suggestions of one member that may wait at a time, so that nobody fills the queue alone."""

TELL = "tell"
"""The field in which a member says whether to hear what becomes of it: "yes" or "no"."""

Written = Mapping[str, str]
"""What was written into the form, by the name of the field."""


class ReadForm(Protocol):
    """Turns a form into a snippet, or into everything that is wrong with it; `today` is an ISO date."""

    def __call__(self, form: Form, today: str) -> Snippet | tuple[Problem, ...]: ...


@dataclass(frozen=True, slots=True)
class Received:
    """The suggestion waits for the moderators, since now or since the same form was sent before."""

    told: bool


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong with the form. It is kept under `token`, so that it can be opened again."""

    token: str
    problems: tuple[Problem, ...]


def new_token() -> str:
    """Names one opened form: sent twice, it is one suggestion."""
    return secrets.token_urlsafe(16)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


class Suggesting:
    """Takes suggestions of members."""

    def __init__(self, store: Store, guilds: GuildLife, read_form: ReadForm, today: Callable[[], str] = _today) -> None:
        self._store = store
        self._guilds = guilds
        self._read_form = read_form
        self._today = today

    async def check(self, guild: int, user: int) -> None:
        """Raises `Refused` where the guild takes no suggestions, or none more of this member for now."""
        if not (await self._guilds.settings(guild)).suggestions:
            raise Refused("suggest.off", "This server takes no suggestions.")
        if await self._store.queue.count_waiting(guild, author=user) >= MOST_WAITING:
            raise Refused("suggest.many", f"{MOST_WAITING} of your suggestions wait already.", most=MOST_WAITING)

    async def suggest(self, guild: int, user: int, token: str, written: Written) -> Received | Faulty:
        """Puts what was written into the queue. Raises `Refused` as `check` does."""
        if (before := await self._store.queue.proposal(guild, token)) is not None:
            return Received(before.tell)
        await self.check(guild, user)
        read = self._read_form(Form().filled(written), self._today())
        if not isinstance(read, Snippet):
            await self._store.queue.keep_draft(guild, user, token, json.dumps(dict(written), ensure_ascii=False))
            return Faulty(token, read)
        told = written.get(TELL) == "yes"
        await self._store.queue.propose(guild, [Proposal(token, "suggestion", read, user, told)])
        return Received(told)

    async def written(self, guild: int, user: int, token: str) -> Written:
        """What this member wrote into a form that had faults; empty where it is no longer kept."""
        body = await self._store.queue.draft(guild, user, token)
        fields: Written = json.loads(body) if body else {}
        return fields
