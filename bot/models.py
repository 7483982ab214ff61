"""Which embedding model is in force: the one that the data folder is embedded by, unless the settings name another."""

from __future__ import annotations

import os

from bot.settings import Settings
from index.embedding import Embedder
from index.embedding.files import BUNDLED_MODEL
from knowledge.errors import HallyuError
from knowledge.store import Model, Store, model_in_use


def model_name(settings: Settings) -> str:
    """The model of the settings; where they name none, the one that the data folder is embedded by, or the bundled
    one."""
    if settings.model:
        return full_name(settings.model)
    used = model_in_use(settings.database) if os.path.isfile(settings.database) else None
    return used.name if used else BUNDLED_MODEL


def full_name(model: str) -> str:
    """A folder by its whole path, so that it is the same model from wherever it is named; names as they are."""
    return os.path.abspath(model) if model != BUNDLED_MODEL and os.path.isdir(model) else model


async def settle_model(settings: Settings, store: Store, embedder: Embedder, *, keeps: bool) -> None:
    """Holds a database to one model: the first that writes it settles which (`keeps`), and any other is refused.

    Raises `HallyuError` that names both and the remedy.
    """
    model = Model(model_name(settings), embedder.fingerprint)
    used = await store.models.in_use()
    if used is None:
        await _refuse_others(settings, store, model)
        if keeps:
            await store.models.settle(model)
    elif used.fingerprint != model.fingerprint:
        raise HallyuError(f"{mismatch(settings, used, model)} {remedy(settings, used, model)}")


def mismatch(settings: Settings, used: Model, model: Model) -> str:
    """That the database is embedded by `used` while `model` would be asked, in a sentence."""
    return f"{settings.database} is embedded by {used}, but the model here is {model}, and the two must not be mixed."


def remedy(settings: Settings, used: Model, model: Model) -> str:
    """What an admin can do about it."""
    if settings.model and used.name != model.name:
        return f"Stay with the first: HALLYU_MODEL={used.name}. Or change over: run `hallyu reindex`."
    return "Change over: run `hallyu reindex`."


async def _refuse_others(settings: Settings, store: Store, model: Model) -> None:
    """A database of before it said which model is in use may hold the vectors of one."""
    others = await store.models.fingerprints()
    if others and model.fingerprint not in others:
        used = Model("another model", ", ".join(sorted(others)))
        raise HallyuError(f"{mismatch(settings, used, model)} Change over: run `hallyu reindex`.")
