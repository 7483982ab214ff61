"""What a note is looked at for before it is saved: whom it names, what it repeats, whether it is anybody's business."""

from __future__ import annotations

from dataclasses import replace

from bot.curation.private_life import Rule, rules_touched
from index.editing.naming import named_in
from index.editing.similar import Similar, similar
from index.engine import Engine
from index.knowledge_index import KnowledgeIndex
from index.pipeline import Pipeline
from knowledge.models import Scope, Snippet


class Scrutiny:
    """Reads notes with a guild's names and compares them with what it sees, in the engine's thread."""

    def __init__(self, index: KnowledgeIndex, pipeline: Pipeline, engine: Engine) -> None:
        self._index = index
        self._pipeline = pipeline
        self._engine = engine

    async def linked(self, guild: int, snippet: Snippet) -> Snippet:
        """The snippet with links to the entities that its texts name, besides those it has."""
        texts, scope = (snippet.text, snippet.text_ko), Scope(guild)
        named = await self._engine.insist(lambda: named_in(texts, self._index.vocabulary(scope)))
        return replace(snippet, entities=tuple(dict.fromkeys((*snippet.entities, *named))))

    async def alike(self, guild: int, snippet: Snippet) -> tuple[Similar, ...]:
        """What the guild sees that a linked snippet repeats or seems to contradict."""
        return await self._engine.insist(lambda: similar(self._pipeline, snippet, Scope(guild)))

    @staticmethod
    def rules(snippet: Snippet) -> tuple[Rule, ...]:
        """The rules about private life that its texts may touch."""
        return rules_touched(snippet.text, snippet.text_ko)
