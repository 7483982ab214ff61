"""`hallyu sync`: brings the data folder and Discord up to what is in this version."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.terminal import console, note, progress_bar
from bot.settings import Settings, load_settings


def sync(
    cache_only: Annotated[
        bool, typer.Option("--cache-only", help="Only embed the bundled pack into the cache; touch no data folder.")
    ] = False,
    commands: Annotated[
        bool, typer.Option("--commands", help="Send the slash commands to Discord again, too.")
    ] = False,
) -> None:
    """Bring the knowledge in the data folder up to the bundled files, and embed what is new."""
    from bot.compose import fill_cache

    settings = load_settings(for_discord=commands)
    if commands:
        settings.needed_token()
    with progress_bar("Embedding the pack") as progress:
        count = fill_cache(settings, note, progress)
    console().print(f"{count} texts of the bundled pack are embedded.")
    if not cache_only:
        asyncio.run(_sync(settings))
    if commands:
        asyncio.run(_sync_commands(settings))


async def _sync(settings: Settings) -> None:
    from bot.compose import sync_pack
    from knowledge.store import open_store

    async with open_store(settings.database) as store:
        change = await sync_pack(store)
    console().print(
        f"Knowledge in {settings.data_dir}: {change.added} added, {change.revised} revised, {change.retired} retired."
    )


async def _sync_commands(settings: Settings) -> None:
    from bot.running import send_commands

    await send_commands(settings)
    console().print("The commands are sent to Discord.")
