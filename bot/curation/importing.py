"""The use case behind imports: a file or a page is read, compared with what is on file, and put up for review."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.curation.curating import Curating
from bot.curation.drafting import SERVER_NOTES, still_about
from bot.curation.scrutiny import Scrutiny
from bot.fetching import Fetching
from knowledge.curation import Act, Conflict, Edit
from knowledge.errors import HallyuError
from knowledge.importing import Around, Imported, LeftOut, parse
from knowledge.models import Entity, Scope, Snippet, Source, canonical
from knowledge.queue import Proposal
from knowledge.records import Decoder, entity_from
from knowledge.sources import source_at
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring: notes that are new, those that change one of the guild's own, those that come in the
    place of a bundled one, told by their ids, and how many are on file just so. `id` leads back to it."""

    id: str
    name: str
    new: tuple[Snippet, ...]
    changed: tuple[Snippet, ...]
    overriding: tuple[Snippet, ...]
    unchanged: int
    names: tuple[Entity, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """All that would be proposed."""
        return (*self.new, *self.changed, *self.overriding)

    @property
    def nothing(self) -> bool:
        return not (self.snippets or self.names)


@dataclass(frozen=True, slots=True)
class Landed:
    """What came of an import: notes that wait for review, and names that are known now. `batch` undoes it as one."""

    batch: str
    notes: int
    names: int


def _same(imported: Snippet, held: Snippet) -> bool:
    """Whether a note is on file just so. A file need not say what it is linked to: that was added here."""
    return replace(imported, entities=imported.entities or held.entities) == held


def _about(imported: Snippet, held: Snippet | None) -> Snippet:
    """The note as one of what is held under its id: a file cannot say which structured fact it takes the place of."""
    return replace(imported, statement=still_about(held, imported.text, imported.text_ko))


def _today() -> date:
    return datetime.now(UTC).date()


class ImportReader:
    """Reads files and pages and compares them with what a guild sees. Changes nothing; works beside a running bot."""

    def __init__(self, store: Store, fetching: Fetching, today: Callable[[], date] = _today) -> None:
        self._store = store
        self._fetching = fetching
        self._today = today

    async def read_page(self, guild: int, url: str, topic: str = "", source: Source | None = None) -> Preview:
        """Fetches and reads a page, which is itself the source of notes that name none, unless another is given.
        Raises `FetchRefused` and `ImportRefused`."""
        page = await self._fetching.fetch(url)
        today = self._today().isoformat()
        cited = replace(source, read=today) if source else source_at(page.url, today)
        return await self._read(guild, page.name, page.data, Around(today, topic or SERVER_NOTES, cited, bool(source)))

    async def read(self, guild: int, name: str, data: bytes, topic: str = "", source: Source | None = None) -> Preview:
        """Reads a file and compares it with what the guild sees. `source` is that of notes that name none. Raises
        `ImportRefused`."""
        return await self._read(guild, name, data, Around(self._today().isoformat(), topic or SERVER_NOTES, source))

    async def _read(self, guild: int, name: str, data: bytes, around: Around) -> Preview:
        imported = await asyncio.to_thread(parse, name, data, around)
        return await self._compared(guild, name, imported)

    async def _compared(self, guild: int, name: str, imported: Imported) -> Preview:
        scope = Scope(guild)
        bundled = {revision.snippet.id: revision.snippet for revision in await self._store.live(Scope())}
        live = await self._store.live(scope)
        seen = {revision.snippet.id: revision.snippet for revision in live}
        own = {revision.snippet.id for revision in live if revision.owner == guild}
        known = {entity.id: entity for entity in await self._store.entities(scope)}
        snippets = [_about(s, seen.get(s.id) or bundled.get(s.id)) for s in imported.snippets]
        other = [s for s in snippets if s.id not in seen or not _same(s, seen[s.id])]
        return Preview(
            id=secrets.token_urlsafe(9),
            name=name,
            new=tuple(s for s in other if s.id not in own and s.id not in bundled),
            changed=tuple(s for s in other if s.id in own),
            overriding=tuple(s for s in other if s.id not in own and s.id in bundled),
            unchanged=len(snippets) - len(other),
            names=tuple(entity for entity in imported.entities if known.get(entity.id) != entity),
            left_out=imported.left_out,
        )


class Importing:
    """Nothing of an import is in an answer before somebody has approved it."""

    def __init__(self, store: Store, curating: Curating, scrutiny: Scrutiny, reader: ImportReader) -> None:
        self._store = store
        self._curating = curating
        self._scrutiny = scrutiny
        self.reader = reader

    async def keep(self, guild: int, user: int, preview: Preview) -> None:
        """Keeps a preview until the person decides."""
        body = await asyncio.to_thread(as_json, preview.name, preview.snippets, preview.names)
        await self._store.queue.keep_draft(guild, user, preview.id, body)

    async def land_kept(self, guild: int, user: int, id: str) -> Landed | None:
        """Puts a preview that was kept into the queue; None where it is gone."""
        body = await self._store.queue.draft(guild, user, id)
        if body is None:
            return None
        _, snippets, names = await asyncio.to_thread(from_json, body)
        return await self.land(guild, snippets, names, Act(user, "import", batch=id, token=f"import:{id}"))

    async def land(self, guild: int, snippets: Sequence[Snippet], names: Sequence[Entity], act: Act) -> Landed:
        """Puts notes into the review queue, all or none, then takes names over. `act.batch` is what they have in
        common; the same batch lands once, also where the process ended between the two."""
        batch = act.batch or secrets.token_urlsafe(9)
        proposals = [
            Proposal(f"{batch}-{number}", "import", snippet, act.user, batch=batch)
            for number, snippet in enumerate(snippets)
        ]
        await self._store.queue.propose(guild, proposals, replace(act, batch=batch, token=None))
        while names:
            edits = [await self._named(guild, entity) for entity in names]
            if not isinstance(await self._curating.apply(guild, edits, act), Conflict):
                break  # else somebody has just changed one of them
        return Landed(batch, len(snippets), len(names))

    async def publish(self, guild: int, snippets: Sequence[Snippet], names: Sequence[Entity], act: Act) -> Landed:
        """Puts notes and names into answers at once, all or none, for who answers for the whole file. Raises
        `HallyuError` where somebody changes one of them meanwhile."""
        edits = [await self._named(guild, entity) for entity in names]
        for snippet in snippets:
            own = (await self._curating.standing(guild, snippet.id)).own
            linked = await self._scrutiny.linked(guild, snippet)
            edits.append(Edit("snippet", snippet.id, linked, own.id if own else None))
        outcome = await self._curating.apply(guild, edits, act)
        if isinstance(outcome, Conflict):
            raise HallyuError(f"{outcome.id} was changed meanwhile, so nothing was imported. Try again.")
        return Landed(act.batch or "", len(snippets), len(names))

    async def take_back(self, guild: int, batch: str, act: Act) -> int:
        """Takes what still waits of an import out of the queue, and back what came of it, its names and notes that were
        approved, unless they were changed again; how many notes waited."""
        count = await self._store.queue.withdraw(guild, batch, replace(act, batch=batch))
        await self._curating.undo_batch(guild, batch, replace(act, batch=f"undo-{batch}"))
        return count

    async def _named(self, guild: int, entity: Entity) -> Edit:
        own = await self._store.edits.name(guild, entity.id)
        return Edit("entity", entity.id, entity, own.id if own else None)


def as_json(name: str, snippets: Sequence[Snippet], names: Sequence[Entity]) -> str:
    """What is imported, as JSON."""
    lists = {"snippets": [canonical(s) for s in snippets], "names": [canonical(e) for e in names]}
    return json.dumps({"name": name, **lists}, ensure_ascii=False)


def from_json(body: str) -> tuple[str, list[Snippet], list[Entity]]:
    """The inverse of `as_json`."""
    fields, decoder = json.loads(body), Decoder()
    return fields["name"], [decoder.snippet(s) for s in fields["snippets"]], [entity_from(e) for e in fields["names"]]
