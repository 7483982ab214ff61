"""All of Hallyu but Discord and the model: real database, real index, a few notes to ask about."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path

from bot.asking import Asking
from bot.compose import Knowing
from bot.curation.curating import Curating
from bot.curation.sources import About
from bot.loop_lag import LoopLag
from bot.settings import Settings
from bot.use_cases import UseCases, curation
from bot.watching.observing import NOBODY, Observer
from bot.watching.pulse import Pulse
from bot.watching.status import Status
from bot.watching.tallying import Tallying
from fakes.answers import GOLDEN, GOLDEN_KO, a_revision
from fakes.embedder import FakeEmbedder
from index.confidence import Basis, Confidence
from index.engine import HALLYU, QUEUE, Engine
from index.evidence import Evidence
from index.fair_queue import Party
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import load_index
from index.pack_vectors import PackVectors
from index.pipeline import Pipeline
from knowledge.curation import Act, Applied, Outcome, Version
from knowledge.models import LANGUAGES, Entity, Glossary, Pack, Snippet, Term, Topic
from knowledge.store import Store, open_store
from knowledge.store.sqlite.clock import utc_now

GLOSSARY = Glossary((Term("day", "day", ("day",), ("며칠", "일-"), question=False),))
ENGLISH = "How many days in a row was Golden No. 1 on Spotify?"
KOREAN = "골든은 스포티파이에서 며칠 연속 1위였어?"
UNKNOWN = "What does the weather in Seoul taste like?"

_BASE = a_revision().snippet
GOLDEN_NOTE = replace(_BASE, text=GOLDEN, text_ko=GOLDEN_KO, entities=("golden", "spotify"), asks=(ENGLISH, KOREAN))
PACK = Pack(
    topics=(Topic("charts", "Charts", "차트"),),
    entities=(
        Entity("golden", "song", "Golden", "골든"),
        Entity("spotify", "platform", "Spotify", "스포티파이"),
        Entity("tiger-tea", "soloist", "Tiger Tea", "호랑이차"),
    ),
    snippets=(GOLDEN_NOTE,),
    digest="small",
)


class NoPages:
    """Reads no page, as where nothing can be fetched."""

    async def about(self, url: str) -> About:
        return About()


BY_MIN = Act(user=7, action="edit")
_MISSED = ("names", "words", "other")
_COVERED = Evidence(**{each.name: -10.0 if each.name in _MISSED else 0.0 for each in fields(Evidence)})
_MODEL = Confidence(bias=6.0, weights=_COVERED, threshold=0.5)
DECISION = {language: dict.fromkeys(Basis, _MODEL) for language in LANGUAGES}
"""Answers with whatever holds the names and two fifths of the words of the question, so that these tests do not hang on
what was measured."""


def a_snippet(id: str, text: str, *asks: str, entities: tuple[str, ...] = ()) -> Snippet:
    """A note of a guild, in English."""
    return replace(_BASE, id=id, text=text, text_ko=None, asks=asks, entities=entities)


@dataclass(frozen=True, slots=True)
class Small:
    """The parts, as the composition root builds them."""

    store: Store
    index: KnowledgeIndex
    engine: Engine
    use_cases: UseCases
    embedder: FakeEmbedder
    status: Status
    tallying: Tallying

    @property
    def asking(self) -> Asking:
        return self.use_cases.asking

    @property
    def curating(self) -> Curating:
        return self.use_cases.curating

    async def add(self, snippet: Snippet, guild: int = 10) -> Version:
        """Saves a snippet of a guild, in the place of what it has under that id."""
        outcome = await self.curating.save(guild, snippet, await self._seen(guild, snippet.id), BY_MIN)
        assert isinstance(outcome, Applied)
        return outcome.versions[0]

    async def remove(self, snippet: str, guild: int = 10) -> Outcome:
        """Takes a snippet out of the guild's answers."""
        return await self.curating.remove(guild, snippet, await self._seen(guild, snippet), BY_MIN)

    async def _seen(self, guild: int, snippet: str) -> int | None:
        own = (await self.curating.standing(guild, snippet)).own
        return own.id if own else None


@asynccontextmanager
async def small_knowing(
    database: Path,
    *,
    keeps: bool = True,
    patience: float = 20.0,
    today: Callable[[], date] | None = None,
    clock: Callable[[], datetime] = utc_now,
    observer: Observer = NOBODY,
) -> AsyncIterator[Small]:
    """Opens the database, which knows the small pack then, and whatever guilds have added to it before."""
    embedder = FakeEmbedder()
    index = KnowledgeIndex(Lexicon.of(GLOSSARY), embedder.dimension)
    async with open_store(database, clock) as store:
        await store.sync(PACK)
        await load_index(index, store, embedder, lambda: PackVectors({}))
        pipeline = Pipeline(index, embedder, DECISION)
        with Engine(pipeline, patience) as engine:
            tallying = Tallying(store, clock)
            asking = Asking(store, engine, keeps=keeps, observer=tallying, **({"today": today} if today else {}))
            known = Knowing(store, index, pipeline, engine, asking, embedder, observer)
            status = Status(
                known,
                Settings(_env_file=None).model_copy(update={"data_dir": database.parent}),
                Pulse(LoopLag()),
                tallying,
                clock,
            )
            async with curation(known, NoPages(), clock) as use_cases:
                yield Small(store, index, engine, use_cases, embedder, status, tallying)
            await asking.finish()


@asynccontextmanager
async def crowded(engine: Engine, party: Party = HALLYU) -> AsyncIterator[None]:
    """Keeps the engine at one job, with as many of a party's behind it as may wait."""
    busy, gate = threading.Event(), threading.Event()

    def work() -> None:
        busy.set()
        gate.wait()

    first = asyncio.create_task(engine.run(work))
    await asyncio.to_thread(busy.wait)
    waiting = [asyncio.create_task(engine.run(gate.wait, party)) for _ in range(QUEUE)]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        gate.set()
        await asyncio.gather(first, *waiting)
