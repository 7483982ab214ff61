"""The use case behind `/kb list`, `search`, `show` and `stale`, and behind every field in which a note is chosen."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from itertools import islice

from bot.curation.filters import Filter, is_overdue
from bot.curation.listed import IN_FORCE, ORIGINS, Listed, Origin, beginning
from bot.curation.listings import Listings
from bot.curation.showing import Shown, shown
from bot.curation.typed import as_line, words_of
from bot.rendering.custom_ids import CARRIED
from bot.rendering.markdown import clean as plain
from bot.rendering.markdown import cut, length
from index.engine import Engine, Overloaded
from index.fair_queue import Party
from index.features import Hit
from index.knowledge_index import KnowledgeIndex
from index.pipeline import Pipeline
from index.query import clean
from knowledge.errors import Refused
from knowledge.models import Language, Scope, Topic
from knowledge.store import Store

ON_A_PAGE = 10
SUGGESTED = 25
"""Choices that Discord shows below a field, of `LABEL` characters each, which are also the most of an id."""
LABEL = 100

LONGEST_TOPIC = 60
"""Characters of the id of a new topic."""

LONGEST_SEARCH = 500
MOST_WORDS = 12
"""Words of what is typed that are looked for."""

MOST_HITS = 50
COVERED_FROM = 1 / 3
"""The least share of what is searched for that a note holds, unless it is alike as a whole."""
ALIKE_FROM = 0.5
"""Cosine from which a note is alike: words that mean nothing reach 0.45 with the bundled model."""


@dataclass(frozen=True, slots=True)
class Page:
    """Ten notes of a list, which has `total`; `number` counts from 1. A list without notes has one empty page."""

    notes: Sequence[Listed]
    number: int
    pages: int
    total: int


def _today() -> date:
    return datetime.now(UTC).date()


class Finding:
    """Finds the notes that a guild sees, and those that it has taken away."""

    def __init__(
        self,
        store: Store,
        index: KnowledgeIndex,
        pipeline: Pipeline,
        engine: Engine,
        today: Callable[[], date] = _today,
    ) -> None:
        self._store = store
        self._index = index
        self._pipeline = pipeline
        self._engine = engine
        self._today = today
        self._listings = Listings(store)

    async def suggest(
        self,
        guild: int,
        typed: str,
        most: int = SUGGESTED,
        *,
        language: Language = "en",
        origins: Sequence[Origin] = IN_FORCE,
    ) -> list[tuple[str, str]]:
        """Notes as (label, id), while one is typed: the one whose id it is, then those in whose id and texts each word
        begins another one, the guild's latest changes first."""
        found = beginning(await self._listings.of(guild), _words(typed))
        found = [line for line in found if line.origin in origins and len(line.id) <= LABEL]
        id = typed.strip()
        exact = [line for line in found if line.id == id]
        alike = islice((line for line in found if line.id != id), most - len(exact))
        return [(cut(line.text_in(language), LABEL) or line.id, line.id) for line in (*exact, *alike)]

    async def topics(self, guild: int, typed: str, language: Language = "en") -> list[tuple[str, str]]:
        """Topics as (title, id), while one is typed, the largest first."""
        words = _words(typed)
        topics = [count.topic for count in await self._store.topics(Scope(guild)) if len(count.topic.id) <= LABEL]
        found = [topic for topic in topics if all(f" {word}" in _said(topic) for word in words)]
        return [(cut(topic.title_in(language), LABEL) or topic.id, topic.id) for topic in found[:SUGGESTED]]

    async def topic(self, guild: int, written: str | None) -> str:
        """The id of the topic that somebody wrote, by its id or its title in either language, else that of a new one;
        empty where nothing is written. Raises `Refused` where no id can be made of it."""
        if written is None or not written.strip():
            return ""
        words = words_of(written)
        for count in await self._store.topics(Scope(guild)):
            topic = count.topic
            if words in (words_of(topic.id), words_of(topic.title), words_of(topic.title_ko)):
                return topic.id
        id = "-".join(words)[:LONGEST_TOPIC].rstrip("-")
        if not (id and id.isascii()):
            raise Refused("note.no_topic", "That is no topic, and no name for a new one.", written=written)
        return id

    async def page(self, guild: int, filter: Filter, number: int = 1) -> Page:
        """A page of what a filter admits; beyond the end the last one."""
        lines = await self._listings.of(guild)
        by_author = await self._store.edits.latest_of(guild, filter.author) if filter.author is not None else ()
        today = self._today()
        return _paged([line for line in lines if filter.admits(line, today, by_author)], number)

    async def stale(self, guild: int, number: int = 1) -> Page:
        """A page of the states that are past their date or a year old: the guild's own first, the oldest first."""
        today = self._today().isoformat()
        overdue = [line for line in await self._listings.of(guild) if _is_stale(line, today)]
        overdue.sort(key=lambda line: (ORIGINS.index(line.origin), line.valid_until or line.as_of))
        return _paged(overdue, number)

    async def search(self, guild: int, text: str, origin: Origin | None = None, number: int = 1) -> Page:
        """A page of the notes that mean what is searched for, then of those that hold all of its words. Raises
        `Refused` for a text that is too long, or when too many questions wait."""
        wanted = clean(text)
        if len(wanted) > LONGEST_SEARCH:
            raise Refused("finding.too_long", f"Search for at most {LONGEST_SEARCH} characters.", most=LONGEST_SEARCH)
        origins = (origin,) if origin else IN_FORCE
        lines = {line.id: line for line in await self._listings.of(guild) if line.origin in origins}
        words = _words(wanted)
        ids = [hit.document.revision.snippet.id for hit in await self._hits(guild, wanted)] if words else []
        ids += [line.id for line in beginning(lines.values(), words)] if words else []
        return _paged([lines[id] for id in dict.fromkeys(ids) if id in lines], number)

    async def show(self, guild: int, snippet: str) -> Shown | None:
        """A note in full; None for what the guild neither sees nor has taken away."""
        return await shown(self._store, self._index, guild, plain(snippet))

    async def carry(self, guild: int, user: int, text: str) -> str:
        """What a button carries for a text; one that is too long for that is kept as a draft of the person's."""
        if length(text) <= CARRIED:
            return f"={text}"
        id = urlsafe_b64encode(sha256(f"{guild} {user} {text}".encode()).digest())[:12].decode()
        await self._store.queue.keep_draft(guild, user, id, text)
        return f"~{id}"

    async def carried(self, guild: int, user: int, carried: str) -> str | None:
        """The text that a button carries; None where the draft is another person's, or gone after 30 days."""
        if carried.startswith("="):
            return carried[1:]
        return await self._store.queue.draft(guild, user, carried[1:])

    async def _hits(self, guild: int, text: str) -> Iterable[Hit]:
        """What the index finds, in its own thread."""
        search = partial(self._pipeline.hits, text, Scope(guild), MOST_HITS)
        try:
            hits = await self._engine.run(search, Party(guild))
        except Overloaded:
            raise Refused("refused.busy", "Too many questions at once. Try again in a moment.") from None
        return [hit for hit in hits if hit.scores.coverage >= COVERED_FROM or hit.scores.dense >= ALIKE_FROM]


def _words(typed: str) -> list[str]:
    return words_of(typed[:LONGEST_SEARCH])[:MOST_WORDS]


def _said(topic: Topic) -> str:
    return as_line((topic.id, topic.title, topic.title_ko))


def _is_stale(line: Listed, today: str) -> bool:
    return line.origin in IN_FORCE and is_overdue(line, today)


def _paged(lines: Sequence[Listed], number: int) -> Page:
    pages = max(1, -(-len(lines) // ON_A_PAGE))
    number = min(max(number, 1), pages)
    return Page(lines[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, pages, len(lines))
