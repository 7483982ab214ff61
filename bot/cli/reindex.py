"""`hallyu reindex`: another embedding model, tried before it takes over."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.progress import told
from bot.cli.terminal import complain, console, note
from bot.memory import return_freed_memory, use_few_heaps
from bot.settings import Settings, load_settings
from knowledge.errors import HallyuError

if TYPE_CHECKING:
    from bot.reindexing import Marks, Reindexing
    from knowledge.store import Model, Store

NICENESS = 10
"""Whoever is asked beside it goes first."""


def reindex(
    model: Annotated[
        str | None, typer.Option("--model", help="The new model, a name or a folder; default: HALLYU_MODEL.")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="Go back to the model that was in use before.")] = False,
    discard_old: Annotated[
        bool, typer.Option("--discard-old", help="Delete the vectors of the model before; no way back then.")
    ] = False,
    questions: Annotated[
        bool, typer.Option("--questions/--no-questions", help="Ask both models the golden questions before.")
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", help="Change over even where the new model does worse.")] = False,
) -> None:
    """Change the embedding model: embed everything with it, compare the two, and change over.

    The bot may run while it embeds and compares. To change over it must be stopped: run the same command again then.
    Being stopped or killed loses nothing; the same command goes on where it was.

    Example: hallyu reindex --model ./my-model
    """
    if model and back:
        complain("Give --model or --back, not both.")
        raise typer.Exit(2)
    os.nice(NICENESS)
    use_few_heaps()
    settings = load_settings()
    if not (discard_old and not model and not back):
        done = asyncio.run(_change(settings, model, back, questions and not back, yes))
        if not done:
            raise typer.Exit(1)
    if discard_old:
        asyncio.run(_discard(settings))


async def _change(settings: Settings, model: str | None, back: bool, questions: bool, yes: bool) -> bool:
    """Whether the model is the one in use at the end."""
    from bot.compose import embedder_of, reading_store
    from bot.models import full_name, model_name
    from bot.reindexing import Reindexing, alone
    from knowledge.store import Model

    async with reading_store(settings) as store:
        used = await store.models.in_use() or _default(settings)
        former = await store.models.former()
        if back and former is None:
            raise HallyuError(f"No model was in use before in {settings.database}, or its vectors were deleted.")
        name = former.name if back and former else full_name(model) if model else model_name(settings)
        new = _fingerprinted(settings, name) or Model(name, embedder_of(name, settings, note).fingerprint)
        if used == new and await store.models.in_use():
            _say(f"{new} is in use already.")
            return True
        if used == new:  # nobody has settled on a model, and this one would be asked: there is none to compare it with
            used = None
        if back and former and former.fingerprint != new.fingerprint:
            raise HallyuError(f"{former} was in use before, but its export is now {new}. Change over by --model.")
        with alone(settings):
            before = await _marks_of(settings, used, store, new) if questions and used else None
            reindexing = Reindexing(settings, new, embedder_of(name, settings, note))
            with told("Embedding with the new model") as progress:
                await reindexing.build(store, progress)
            worse = questions and await _is_worse(reindexing, store, before)
            return await _change_over(settings, reindexing, used, worse and not yes)


async def _marks_of(settings: Settings, used: Model, store: Store, new: Model) -> dict[str, Marks]:
    """How the model in use answers, before the new one takes memory too; nothing where it cannot be asked."""
    from bot.compose import embedder_of
    from bot.reindexing import marks_of
    from knowledge.golden import load_golden

    if _fingerprinted(settings, used.name) != used:
        note(f"{used} cannot be compared: its export is no longer in {settings.cache_dir}.")
        return {}
    with told("Asking the model in use") as progress:
        marks = await marks_of(settings, new, store, embedder_of(used.name, settings, note), load_golden(), progress)
    return_freed_memory()
    return {f"in use: {used.name}": marks}


async def _is_worse(reindexing: Reindexing, store: Store, before: Mapping[str, Marks] | None) -> bool:
    """Shows how both models answer the golden questions."""
    from index.calibration import calibrated_with
    from knowledge.golden import load_golden

    with told("Asking the new model") as progress:
        after = await reindexing.marks(store, load_golden(), progress)
    console().print(_table({**(before or {}), f"new: {reindexing.model.name}": after}))
    if reindexing.model.name != calibrated_with():
        _say(f"Both are held to the thresholds that were measured with {calibrated_with()}.")
    return any(after.is_worse_than(marks) for marks in (before or {}).values())


def _default(settings: Settings) -> Model | None:
    """The model that a database in which nobody has settled on one would be asked with, if it has been exported."""
    from bot.models import model_name

    return _fingerprinted(settings, model_name(settings))


def _fingerprinted(settings: Settings, name: str) -> Model | None:
    """The model as it was exported under a name."""
    from index.embedding.files import ModelMissing, load_model_files
    from knowledge.store import Model

    try:
        return Model(name, load_model_files(settings.cache_dir, name).manifest.fingerprint)
    except ModelMissing:
        return None


async def _change_over(settings: Settings, reindexing: Reindexing, used: Model | None, must_ask: bool) -> bool:
    from bot.compose import sync_pack
    from bot.models import full_name
    from knowledge.store import Locked, open_store

    new = reindexing.model
    try:
        async with open_store(settings.database) as store:
            await sync_pack(store)
            texts = await reindexing.build(store)
            if must_ask and not _agreed():
                return False
            if used and not await store.models.in_use():
                await store.models.settle(used)
            await reindexing.swap(store, texts)
    except Locked:
        complain(
            f"{new} is ready, but a bot is running here. Stop it, run the same command again, which takes seconds, "
            "and start it. What is written until then is embedded too."
        )
        return False
    _say(f"{settings.database} is embedded by {new} now: {len(texts.all)} texts.")
    if settings.model and full_name(settings.model) != new.name:
        _say(f"Set HALLYU_MODEL={new.name}, or unset it, before you start the bot.")
    if used:
        _say(f"The vectors of {used} are kept. To go back: hallyu reindex --back")
    return True


def _agreed() -> bool:
    if not sys.stdin.isatty():
        complain("The new model does worse, so nothing was changed. To change over all the same: --yes.")
        return False
    return typer.confirm("The new model does worse. Change over all the same?")


def _table(columns: Mapping[str, Marks]) -> Table:
    table = Table("golden questions", *columns, box=None)
    for name in ("right", "wrong", "missed", "declined", "made_up"):
        table.add_row(name.replace("_", " "), *(str(getattr(marks, name)) for marks in columns.values()))
    table.add_row("ms of processor each", *(f"{marks.ms:.1f}" for marks in columns.values()))
    return table


async def _discard(settings: Settings) -> None:
    from knowledge.store import open_store

    async with open_store(settings.database) as store:
        count = await store.models.discard_former()
    _say(f"{count} vectors of other models are deleted; the database reuses their room.")


def _say(line: str) -> None:
    console().print(line, soft_wrap=True)
