"""What Discord and the terminal call: everything that Hallyu can do beside answering, on top of a running engine.

Apart from `bot.compose`, so that `hallyu ask` does not load what only curation needs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.asking import Asking
from bot.compose import Knowing
from bot.curation.adding import Adding
from bot.curation.curating import Curating
from bot.curation.exporting import Exporting
from bot.curation.guilds import GuildLife
from bot.curation.importing import Importing, ImportReader
from bot.curation.publishing import Publisher
from bot.curation.sources import WebPages
from bot.fetching import Fetching


@dataclass(frozen=True, slots=True)
class UseCases:
    """One of each."""

    asking: Asking
    guilds: GuildLife
    curating: Curating
    adding: Adding
    importing: Importing
    exporting: Exporting


@asynccontextmanager
async def curation(known: Knowing, fetching: Fetching | None = None) -> AsyncIterator[UseCases]:
    """Builds the use cases; leaving waits for what they have begun. `fetching` opens pages of the web."""
    store, fetching = known.store, fetching or Fetching()
    publisher = Publisher(store, known.index, known.engine, known.embedder)
    curating = Curating(store, publisher)
    try:
        yield UseCases(
            asking=known.asking,
            guilds=GuildLife(store),
            curating=curating,
            adding=Adding(store, curating, known.index, known.pipeline, known.engine, WebPages(fetching)),
            importing=Importing(store, curating, ImportReader(store, fetching)),
            exporting=Exporting(store),
        )
    finally:
        await publisher.finish()
