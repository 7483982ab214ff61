"""What Discord and the terminal call: everything that Hallyu can do beside answering, on top of a running engine.

Apart from `bot.compose`, so that `hallyu ask` does not load what only curation needs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.asking import Asking
from bot.compose import Knowing
from bot.curation.adding import Adding
from bot.curation.complaining import Complaining
from bot.curation.correcting import Correcting
from bot.curation.curating import Curating
from bot.curation.drafting import read_form
from bot.curation.exporting import Exporting
from bot.curation.finding import Finding
from bot.curation.guilds import GuildLife
from bot.curation.importing import Importing, ImportReader
from bot.curation.logbook import Logbook
from bot.curation.members import Members
from bot.curation.names import Names
from bot.curation.naming import Naming
from bot.curation.publishing import Publisher
from bot.curation.question_vectors import QuestionVectors
from bot.curation.reviewing import Reviewing
from bot.curation.scrutiny import Scrutiny
from bot.curation.setting import Setting
from bot.curation.sources import Pages, WebPages
from bot.curation.suggesting import Suggesting
from bot.curation.unanswered import Unanswered
from bot.fetching import Fetching


@dataclass(frozen=True, slots=True)
class UseCases:
    """One of each."""

    asking: Asking
    publisher: Publisher
    guilds: GuildLife
    curating: Curating
    adding: Adding
    importing: Importing
    exporting: Exporting
    setting: Setting
    logbook: Logbook
    members: Members
    correcting: Correcting
    finding: Finding
    names: Names
    naming: Naming
    suggesting: Suggesting
    reviewing: Reviewing
    unanswered: Unanswered
    complaining: Complaining


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def curation(
    known: Knowing, pages: Pages | None = None, now: Callable[[], datetime] = _now
) -> AsyncIterator[UseCases]:
    """Builds the use cases; leaving waits for what they have begun. `pages` tells what a page says of itself."""
    store, fetching = known.store, Fetching()
    publisher = Publisher(store, known.index, known.engine, known.embedder)
    curating = Curating(store, publisher, known.observer)
    guilds = GuildLife(store, publisher, now)
    pages, names = pages or WebPages(fetching), Names(known.index)
    unanswered = Unanswered(store, guilds, QuestionVectors(known.engine, known.embedder))
    asking = known.asking.keeping(unanswered)
    scrutiny = Scrutiny(known.index, known.pipeline, known.engine)
    try:
        yield UseCases(
            asking=asking,
            publisher=publisher,
            guilds=guilds,
            curating=curating,
            adding=Adding(store, curating, known.index, scrutiny, pages),
            importing=Importing(store, curating, scrutiny, ImportReader(store, fetching)),
            exporting=Exporting(store),
            setting=Setting(store, guilds),
            logbook=Logbook(store, guilds),
            members=Members(store),
            correcting=Correcting(store, curating, names),
            finding=Finding(store, known.index, known.pipeline, known.engine),
            names=names,
            naming=Naming(store, curating, names, known.index),
            suggesting=Suggesting(store, guilds, read_form),
            reviewing=Reviewing(store, curating, scrutiny),
            unanswered=unanswered,
            complaining=Complaining(store),
        )
    finally:
        await asking.finish()
        await publisher.finish()
