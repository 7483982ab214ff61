"""Imports and exports from the terminal: beside a running bot, which takes an import over, or without one."""

from __future__ import annotations

from pathlib import Path

from bot.compose import Note, knowing, reading_store, sync_pack
from bot.curation.exporting import Export, Exporting
from bot.curation.importing import ImportReader, Preview, as_json
from bot.fetching import Fetching
from bot.inbox import Order, carry_out, hand_over, new_batch
from bot.settings import Settings
from bot.use_cases import curation
from knowledge.errors import HallyuError
from knowledge.models import Source
from knowledge.sources import source_at
from knowledge.store import Locked, open_store


async def preview_of(settings: Settings, source: str, guild: int, topic: str, page: str) -> Preview:
    """What a file or an address holds, compared with what the guild sees. `page` is the source of notes that name
    none. Raises `HallyuError`."""
    async with reading_store(settings) as store:
        reader = ImportReader(store, Fetching())
        if "://" in source:
            return await reader.read_page(guild, source, topic, _page(page))
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise HallyuError(f"{source} cannot be read ({error.strerror}). Check the path.") from error
        return await reader.read(guild, Path(source).name, data, topic, _page(page))


def _page(url: str) -> Source | None:
    return source_at(url) if url else None


async def carried_out(settings: Settings, preview: Preview, guild: int, note: Note, *, approved: bool) -> str:
    """Imports here, where no bot runs, or by the bot that does; what came of it, in a sentence."""
    order = Order(guild, as_json(preview.name, preview.snippets, preview.names), approved)
    try:
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, note, keeps=True) as known, curation(known) as use_cases:
                return await carry_out(order, use_cases.importing, new_batch())
    except Locked:
        note("A bot is running here; it takes the import over …")
        return await hand_over(settings.data_dir, order)


async def exported(settings: Settings, guild: int, *, overrides: bool) -> Export:
    """The guild's knowledge, or only what stands in place of bundled notes."""
    async with reading_store(settings) as store:
        exporting = Exporting(store)
        return await (exporting.overrides(guild) if overrides else exporting.everything(guild))
