"""What is posted of a guild's log: every change since the last post, those of one import as one.

The log on disk is what is posted from, and how far it was posted is on disk too. So no change has to wait for Discord,
whatever makes it, and what was changed just before the process ended is posted when it runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.curation.guilds import GuildLife
from knowledge.curation import Entry, Held, Version
from knowledge.models import Entity, Language, Snippet
from knowledge.store import Store

MOST = 20
"""Posts at once. Of a longer backlog the latest are posted; all of it stays in the log."""

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the log, or `count` of them that one import made. `content` is what it is about as it was last, or
    None where that is no note and no name."""

    entry: Entry
    count: int
    content: Snippet | Entity | None

    @property
    def content_id(self) -> str:
        """The id of what it is about; of a proposal that of the note proposed."""
        return self.content.id if self.content else self.entry.target

    def title_in(self, language: Language) -> str | None:
        """The text of the note, or the name, in the language where there is one."""
        match self.content:
            case Snippet():
                return self.content.text_in(language) or self.content.text or self.content.text_ko
            case Entity():
                return self.content.name_in(language)
        return None


class Logbook:
    """Says what is to be posted, and remembers what was."""

    def __init__(self, store: Store, guilds: GuildLife) -> None:
        self._store = store
        self._guilds = guilds

    def listen(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Calls `listener` with every guild whose log has grown, until what is returned is called."""
        return self._store.edits.listen(listener)

    async def posting(self) -> list[int]:
        """The guilds that have a log channel."""
        known = await self._store.settings.known()
        return [guild for guild in known if (await self._guilds.settings(guild)).log_channel is not None]

    async def unposted(self, guild: int) -> list[Change]:
        """The changes to be posted now in the guild's log channel, the oldest first."""
        channel = (await self._guilds.settings(guild)).log_channel
        mark = await self._store.settings.log_mark(guild)
        if channel is None:
            if mark:
                await self._store.settings.keep_log_mark(guild, "")
            return []
        before, _, entry = (mark or "").partition(":")
        entries = await self._since(guild, int(entry) if before == str(channel) else None)
        groups = _groups(entries)[:MOST]
        return [await self._change(guild, group) for group in reversed(groups)]

    async def posted(self, guild: int, channel: int, entry: int) -> None:
        """Everything up to this line of the log was posted in this channel, or cannot be."""
        await self._store.settings.keep_log_mark(guild, f"{channel}:{entry}")

    async def _since(self, guild: int, after: int | None) -> list[Entry]:
        """The lines after one, the latest first; in a channel that is new, from the line that set it on."""
        found: list[Entry] = []
        before: int | None = None
        while page := await self._store.edits.log(guild, _PAGE, before):
            for entry in page:
                if after is not None and entry.id <= after:
                    return found
                found.append(entry)
                if after is None and entry.action == "setup-log":
                    return found
            before = page[-1].id
        return found if after is not None else found[:1]

    async def _change(self, guild: int, group: Sequence[Entry]) -> Change:
        entry = group[0]
        return Change(entry, len(group), await self._content(guild, entry))

    async def _content(self, guild: int, entry: Entry) -> Snippet | Entity | None:
        if entry.revision is None:
            proposal = await self._store.queue.proposal(guild, entry.target)
            return proposal.snippet if proposal else (await self._store.edits.standing(guild, entry.target)).snippet
        version = await self._store.edits.version(guild, entry.revision)
        return await self._last(guild, version) if version else None

    async def _last(self, guild: int, version: Version) -> Snippet | Entity | None:
        """What the version holds; where it takes something away, what there was before it."""
        history = await self._store.edits.history(guild, version.type, version.record)
        held = [shown for earlier in history if earlier.number <= version.number and (shown := _shown(earlier.content))]
        if held or version.type == "entity":
            return held[-1] if held else None
        standing = await self._store.edits.standing(guild, version.record)
        return standing.bundled.snippet if standing.bundled else None


def _shown(content: Held | None) -> Snippet | Entity | None:
    return content if isinstance(content, Snippet | Entity) else None


def _groups(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Lines of the same batch and action together, in the place of the latest of them."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.batch, entry.action) if entry.batch else entry.id, []).append(entry)
    return list(groups.values())
