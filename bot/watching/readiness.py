"""What has to be in order for the bot to answer: `/readyz` and `/status` ask the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.watching.pulse import Pulse
from index.engine import Engine
from index.knowledge_index import KnowledgeIndex
from knowledge.errors import HallyuError
from knowledge.store import Store

DATABASE_SECONDS = 2.0

Parts = Mapping[str, Callable[[], Awaitable[bool]]]
"""The checks, by the name of the part."""


def parts_of(store: Store, index: KnowledgeIndex, engine: Engine, pulse: Pulse) -> Parts:
    """Database, index, model and gateway."""

    async def database() -> bool:
        return await can_be_read(store)

    async def documents() -> bool:
        return index.sizes[0] > 0

    async def model() -> bool:
        return engine.running

    async def gateway() -> bool:
        return pulse.connected

    return {"database": database, "index": documents, "model": model, "gateway": gateway}


async def can_be_read(store: Store) -> bool:
    """Whether the database answers in time."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            await store.pack_digest()
    except (HallyuError, TimeoutError):
        return False
    return True
