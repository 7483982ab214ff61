"""Imports and exports from the terminal: beside a running bot, which takes an import over, or without one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from bot.compose import Note, knowing, reading_store, sync_pack
from bot.curation.exporting import Export, Exporting
from bot.curation.importing import ImportReader, Preview, as_json
from bot.fetching import Fetching
from bot.inbox import Order, carry_out, hand_over, new_batch
from bot.settings import Settings
from bot.use_cases import curation
from knowledge.errors import HallyuError
from knowledge.importing.contents import check_size
from knowledge.importing.limits import LARGEST_FILE
from knowledge.models import Source
from knowledge.sources import source_at
from knowledge.store import Locked, open_store

TRIES = 60
"""Of handing an import over, 10 s each: a bot that starts takes orders once its index is built."""


async def preview_of(settings: Settings, source: str, guild: int, topic: str, page: str) -> Preview:
    """What a file or an address holds, compared with what the guild sees. `page` is the source of notes that name
    none. Raises `HallyuError`."""
    async with reading_store(settings) as store:
        reader = ImportReader(store, Fetching())
        if "://" in source:
            return await reader.read_page(guild, source, topic, _page(page))
        return await reader.read(guild, Path(source).name, _bytes_of(Path(source)), topic, _page(page))


def _bytes_of(path: Path) -> bytes:
    """What a file holds, of which no more is read than may be imported. Raises `HallyuError`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise HallyuError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    check_size(path.name, max(size, len(data)))
    return data


def _page(url: str) -> Source | None:
    return source_at(url) if url else None


async def carried_out(settings: Settings, preview: Preview, guild: int, note: Note, *, approved: bool) -> str:
    """Imports here, where no bot runs, or by the bot that does; what came of it, in a sentence.

    Raises `HallyuError` where the import fails, and where neither can be done.
    """
    order = Order(guild, as_json(preview.name, preview.snippets, preview.names), approved)
    batch = new_batch()
    try:
        return await _carried_out_here(settings, batch, order, note)
    except Locked:
        note("Another Hallyu writes here. If it is the bot, it takes the import over …")
    for _ in range(TRIES):
        said = await hand_over(settings.data_dir, batch, order, note)
        if said is not None:
            return said
        with suppress(Locked):
            return await _carried_out_here(settings, batch, order, note)
    raise HallyuError(
        "Another Hallyu writes here and does not take the import over, so nothing was imported. If it is the bot: is "
        "it up to date? Restart it and try again. If it is another command, wait until it has ended."
    )


async def _carried_out_here(settings: Settings, batch: str, order: Order, note: Note) -> str:
    """Raises `Locked` where another process writes."""
    async with open_store(settings.database) as store:
        await sync_pack(store)
        async with knowing(settings, store, note, keeps=True) as known, curation(known) as use_cases:
            return await carry_out(order, use_cases.importing, batch)


async def exported(settings: Settings, guild: int, *, overrides: bool) -> Export:
    """The guild's knowledge, or only what stands in place of bundled notes."""
    async with reading_store(settings) as store:
        exporting = Exporting(store)
        return await (exporting.overrides(guild) if overrides else exporting.everything(guild))
