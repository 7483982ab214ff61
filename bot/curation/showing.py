"""One note with all that is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.curation.listed import Origin
from index.knowledge_index import KnowledgeIndex
from knowledge.curation import Standing, Version
from knowledge.models import Entity, Revision, Scope, Snippet, Topic
from knowledge.queue import Opinions
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """A note as a guild sees it, or saw it last where it is removed. `latest` is the version of it that is meant,
    `seen` the id of the guild's own latest one, whatever it holds, and `bundled` the text that was overridden."""

    snippet: Snippet
    origin: Origin
    latest: Version | Revision
    seen: int | None
    bundled: Snippet | None
    names: tuple[Entity, ...]
    topic: Topic | None
    opinions: Opinions


async def shown(store: Store, index: KnowledgeIndex, guild: int, id: str) -> Shown | None:
    """None for what the guild neither sees nor has taken away."""
    standing = await store.edits.standing(guild, id)
    origin = _origin(standing)
    snippet = standing.snippet
    if origin == "removed":
        snippet = standing.bundled.snippet if standing.bundled else await _last(store, guild, id)
    latest = standing.bundled if origin == "bundled" else standing.own
    if origin is None or snippet is None or latest is None:
        return None
    entities = index.entities(Scope(guild))
    return Shown(
        snippet=snippet,
        origin=origin,
        latest=latest,
        seen=standing.own.id if standing.own else None,
        bundled=standing.bundled.snippet if standing.bundled and origin == "overridden" else None,
        names=tuple(entities[entity] for entity in snippet.entities if entity in entities),
        topic=index.topics.get(snippet.topic),
        opinions=await store.queue.opinions(guild, id),
    )


def _origin(standing: Standing) -> Origin | None:
    if standing.live is None:
        return "bundled" if standing.bundled else "removed" if standing.own else None
    if not isinstance(standing.live.content, Snippet):
        return "removed"
    return "overridden" if standing.bundled else "own"


async def _last(store: Store, guild: int, id: str) -> Snippet | None:
    """The text that the guild took away last."""
    history = await store.edits.history(guild, "snippet", id)
    texts = [version.content for version in history if isinstance(version.content, Snippet)]
    return texts[-1] if texts else None
