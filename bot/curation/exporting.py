"""The use case behind exports: a guild's knowledge as files that can be read, changed and imported again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.curation.drafting import SERVER_NOTES
from knowledge.curation import Version
from knowledge.exporting import corpus_yaml
from knowledge.models import Entity, Hidden, Scope, Snippet, Topic
from knowledge.store import Store

SERVER_TOPIC = Topic(SERVER_NOTES, "This server's notes", "이 서버의 노트")


@dataclass(frozen=True, slots=True)
class Export:
    """A file in the corpus's format and what is in it. `hidden` are the bundled notes that the guild hides, which the
    format cannot say. What stands in the place of a structured fact is in it as a note, under the id of the fact."""

    text: str
    notes: int
    names: int
    hidden: tuple[str, ...] = ()


class Exporting:
    """Reads only; it works beside a running bot."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def everything(self, guild: int) -> Export:
        """All of the guild's own notes, overrides included, and its names."""
        live = await self._store.live(Scope(guild))
        snippets = [revision.snippet for revision in live if revision.owner == guild]
        bundled = set(await self._store.entities(Scope()))
        names = [entity for entity in await self._store.entities(Scope(guild)) if entity not in bundled]
        return await self._export(guild, snippets, names, _hidden(await self._store.edits.overridden(guild)))

    async def overrides(self, guild: int) -> Export:
        """What the guild has in the place of bundled notes, ready for a pull request."""
        versions = await self._store.edits.overridden(guild)
        snippets = [version.content for version in versions if isinstance(version.content, Snippet)]
        return await self._export(guild, snippets, [], _hidden(versions))

    async def _export(
        self, guild: int, snippets: list[Snippet], names: list[Entity], hidden: tuple[str, ...]
    ) -> Export:
        topics = [count.topic for count in await self._store.topics(Scope(guild))]
        titled = {SERVER_NOTES: SERVER_TOPIC} | {topic.id: topic for topic in topics if topic.title != topic.id}
        notes = [replace(snippet, statement=None) for snippet in snippets]
        text = await asyncio.to_thread(corpus_yaml, notes, titled.values(), names)
        return Export(text, len(notes), len(names), hidden)


def _hidden(versions: Iterable[Version]) -> tuple[str, ...]:
    return tuple(version.record for version in versions if isinstance(version.content, Hidden))
