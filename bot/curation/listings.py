"""The lists of notes of the guilds that asked last, kept in memory and brought up to date when something changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.curation.listed import Listed, bundled_lines, lines_of
from knowledge.models import Scope
from knowledge.store import Store

KEPT = 20_000
"""Lines of guilds' own that are kept in all, of some 2 KB each; the bundled ones are kept once for all guilds."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The lines of a guild, the number of its own, the latest version among them, and what the store said of its
    changes when they were read."""

    changes: tuple[int, int]
    bundled: Mapping[str, Listed]
    lines: Sequence[Listed]
    own: int
    version: int

    def is_before(self, changes: tuple[int, int], bundled: Mapping[str, Listed]) -> bool:
        """Whether what came since can be added to it."""
        return self.bundled is bundled and self.changes[0] == changes[0] and self.changes[1] <= changes[1]


class Listings:
    """Reads what has changed since a list was read; decoding is done in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._bundled: Mapping[str, Listed] = {}
        self._digest: str | None = None
        self._reading = asyncio.Lock()

    async def of(self, guild: int) -> Sequence[Listed]:
        """What the guild sees or has taken away, the latest changes of its own first."""
        async with self._reading:  # who types in several fields at once waits for the same list
            changes = await self._store.edits.changes(guild)  # first: what comes after it is read the next time
            bundled = await self._pack()
            kept = self._kept.get(guild)
            if kept is None or kept.changes != changes or kept.bundled is not bundled:
                before = kept if kept and kept.is_before(changes, bundled) else None
                kept = self._kept[guild] = await self._read(guild, changes, bundled, before)
            self._kept.move_to_end(guild)
            self._forget()
            return kept.lines

    async def _read(
        self, guild: int, changes: tuple[int, int], bundled: Mapping[str, Listed], before: _Kept | None
    ) -> _Kept:
        since = before.version if before else 0
        holdings = await self._store.edits.holdings(guild, since)
        lines = await asyncio.to_thread(lines_of, holdings, bundled, before.lines if before else ())
        own = sum(line.origin != "bundled" for line in lines)
        return _Kept(changes, bundled, lines, own, holdings[0].version if holdings else since)

    async def _pack(self) -> Mapping[str, Listed]:
        digest = await self._store.pack_digest()
        if digest != self._digest:
            revisions = await self._store.live(Scope())
            self._bundled, self._digest = await asyncio.to_thread(bundled_lines, revisions), digest
        return self._bundled

    def _forget(self) -> None:
        """Lets go of the lists that nobody has asked for the longest, where there are too many lines."""
        while len(self._kept) > 1 and sum(kept.own for kept in self._kept.values()) > KEPT:
            self._kept.popitem(last=False)
