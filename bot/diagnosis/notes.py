"""The model, the bundled notes, what is in the database, and whether the index can be made of it."""

from __future__ import annotations

import importlib.util
import os
from functools import partial

from bot.diagnosis.finding import Finding
from bot.models import mismatch, model_name, remedy, settle_model
from bot.settings import Settings
from index.calibration import calibrated_with
from index.embedding import ModelMissing, load_model_files
from index.embedding.counting import Counting
from index.knowledge_index import KnowledgeIndex
from index.loading import load_index
from index.near_misses import NearMisses
from index.pack_vectors import read_pack_vectors
from index.preparation import prepare
from knowledge.checking import check_everything
from knowledge.errors import HallyuError
from knowledge.models import Scope
from knowledge.near_misses import load_near_misses
from knowledge.pack import pack_digest
from knowledge.store import Model, model_in_use, open_store_readonly

_SYNC = "Run `hallyu sync`, or start the bot, which does it."


def model(settings: Settings) -> Finding:
    """Checks the checksums of the exported model, and that the knowledge is embedded by it."""
    name = model_name(settings)
    try:
        files = load_model_files(settings.cache_dir, name)
    except ModelMissing as missing:
        can_export = importlib.util.find_spec("sentence_transformers") is not None
        copy = "Copy the cache folder from a machine that exported it."
        return Finding(
            "Model", False, str(missing).split(". ")[0], "Run `hallyu model export`." if can_export else copy
        )
    here = Model(name, files.manifest.fingerprint)
    used = model_in_use(settings.database) if os.path.isfile(settings.database) else None
    if used and used.fingerprint != here.fingerprint:
        return Finding("Model", False, mismatch(settings, used, here).removesuffix("."), remedy(settings, used, here))
    measured = "" if name == calibrated_with() else f"; declines by thresholds measured with {calibrated_with()}"
    return Finding("Model", True, f"{name}, fingerprint {here.fingerprint}{measured}")


def cache(settings: Settings) -> Finding:
    try:
        fingerprint = load_model_files(settings.cache_dir, model_name(settings)).manifest.fingerprint
    except ModelMissing:
        return Finding("Cache", False, str(settings.cache_dir), "Export the model first.")
    count = len(read_pack_vectors(settings.cache_dir, fingerprint))
    said = f"{count} texts embedded in {settings.cache_dir}"
    return Finding("Cache", count > 0, said, "Run `hallyu sync --cache-only`.")


def corpus() -> Finding:
    faults = check_everything()
    said = f"{len(faults)} faults" if faults else "in order"
    return Finding("Corpus files", not faults, said, "Run `hallyu corpus check` to see them.")


async def knowledge(settings: Settings) -> Finding:
    if not os.path.exists(settings.database):
        return Finding("Knowledge", False, "not in the data folder yet", _SYNC)
    try:
        async with open_store_readonly(settings.database) as store:
            count = len(await store.live(Scope()))
            current = await store.pack_digest() == pack_digest()
    except HallyuError as error:
        return Finding("Knowledge", False, str(error), "Put back a backup, or move the database away.")
    said = f"{count} snippets and facts" + ("" if current else ", not up to date")
    return Finding("Knowledge", current, said, _SYNC)


async def index(settings: Settings) -> Finding:
    """Whether every text in the store has its vector of the model in use."""
    try:
        counting = Counting(load_model_files(settings.cache_dir, model_name(settings)).manifest)
        async with open_store_readonly(settings.database) as store:
            await settle_model(settings, store, counting, keeps=False)
            prepared = prepare(settings.cache_dir)
            near_misses = NearMisses(load_near_misses, prepared.wordings)
            built = KnowledgeIndex(prepared.lexicon, counting.dimension, prepared.contents, near_misses=near_misses)
            await load_index(
                built, store, counting, partial(read_pack_vectors, settings.cache_dir, counting.fingerprint)
            )
    except HallyuError:
        return Finding("Index", False, "cannot be built", "Put the model and the knowledge in order first.")
    said = f"{counting.count} texts have no vector of this model" if counting.count else "every text has its vector"
    return Finding("Index", not counting.count, said, "Run `hallyu sync`, or start the bot, which embeds them.")
