"""Questions without an answer: kept for a guild's moderators without who asked them, and grouped by meaning."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.curation.guilds import GuildLife
from index.embedding import Vectors
from index.grouping import grouped
from knowledge.curation import Act
from knowledge.models import Language
from knowledge.queue import Asker, OpenQuestion
from knowledge.store import Store

MOST = 2000
"""The latest questions that are grouped."""


class Embeds(Protocol):
    """Gives the vectors (float32, length 1) of those texts whose script the model knows, by text."""

    async def vectors(self, texts: Sequence[str]) -> Mapping[str, Vectors]: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean the same, the latest first."""

    questions: tuple[OpenQuestion, ...]

    @property
    def id(self) -> str:
        """That of the question which stands for all."""
        return self.questions[0].id

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(question.id for question in self.questions)

    @property
    def waiting(self) -> int:
        """How many people want to be told."""
        return sum(question.waiting for question in self.questions)


class Unanswered:
    """Keeps what could not be answered, where the guild wants that, until it is answered or dismissed."""

    def __init__(self, store: Store, guilds: GuildLife, embeds: Embeds) -> None:
        self._store = store
        self._guilds = guilds
        self._embeds = embeds

    async def keeps(self, guild: int) -> bool:
        """Whether the guild wants its unanswered questions kept."""
        return (await self._guilds.settings(guild)).unanswered

    async def note(self, guild: int, id: str, text: str, language: Language) -> None:
        """Keeps a question under the id of the answer which said that there is none, unless that was turned off while
        it was being answered."""
        if await self.keeps(guild):
            await self._store.queue.note_question(guild, OpenQuestion(id, text, language, ""))

    async def wait_for(self, guild: int, question: str, user: int) -> bool:
        """Notes that somebody wants to be told; False when the question is no longer open."""
        return await self._store.queue.wait_for(guild, question, user)

    async def groups(self, guild: int, moderator: int) -> list[Group]:
        """The open questions, those asked most often first. What belongs together is kept for the moderator who sees
        it, so that a button under a question is about the group that it was shown for."""
        questions = (await self._store.queue.questions(guild))[:MOST]
        texts = [question.text for question in questions]
        vectors = await self._embeds.vectors(texts)
        found = await asyncio.to_thread(grouped, texts, vectors)
        groups = [Group(tuple(questions[position] for position in group)) for group in found]
        seen = [group.ids for group in groups if len(group.ids) > 1]
        await self._store.queue.keep_draft(guild, moderator, _draft(guild, moderator), json.dumps(seen))
        return sorted(groups, key=lambda group: (-len(group.questions), -group.waiting))

    async def group(self, guild: int, moderator: int, question: str) -> Group | None:
        """What is still open of the group that the moderator saw under a question, that one first; None where nothing
        is."""
        body = await self._store.queue.draft(guild, moderator, _draft(guild, moderator))
        seen: list[list[str]] = json.loads(body) if body else []
        ids = next((ids for ids in seen if question in ids), [question])
        still = [kept for kept in await self._store.queue.questions(guild) if kept.id in ids]
        return Group(tuple(sorted(still, key=lambda kept: kept.id != question))) if still else None

    async def dismiss(self, guild: int, moderator: int, question: str) -> int:
        """Closes the group of a question that will not be answered; how many were open."""
        group = await self.group(guild, moderator, question)
        return await self._store.queue.dismiss(guild, group.ids, Act(moderator, "dismiss"), question) if group else 0

    async def askers(self, guild: int, ids: Sequence[str]) -> list[Asker]:
        """Whom to tell that these questions have been answered."""
        return await self._store.queue.askers(guild, ids)


def _draft(guild: int, moderator: int) -> str:
    return f"groups:{guild}:{moderator}"
