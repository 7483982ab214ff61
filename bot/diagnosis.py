"""What `hallyu doctor` looks at: one finding per part, each with its remedy."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from index.embedding import ModelMissing, load_model_files
from index.pack_vectors import read_pack_vectors
from knowledge.checking import check_everything
from knowledge.errors import HallyuError
from knowledge.models import Scope
from knowledge.pack import pack_digest
from knowledge.store import open_store_readonly, sqlite_version

LEAST_DISK = 200 * 1024 * 1024
"""Bytes that should be free beside the database."""

SAFE_SQLITE = (3, 51, 3)
"""First version without the WAL-reset bug, which needs two writing connections; Hallyu has only one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the diagnosis. `remedy` says what to do where it is not fine."""

    part: str
    fine: bool
    what: str
    remedy: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Looks at one part after the other and changes nothing."""
    yield _python()
    yield _sqlite()
    yield _data_folder(settings.data_dir)
    yield _disk(settings.data_dir)
    yield _model(settings)
    yield _cache(settings)
    yield _corpus()
    yield await _knowledge(settings)
    yield _token(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")


def _sqlite() -> Finding:
    version = sqlite_version()
    safe = tuple(int(part) for part in version.split(".")[:3]) >= SAFE_SQLITE
    return Finding("SQLite", True, version if safe else f"{version} (safe here: Hallyu writes through one connection)")


def _data_folder(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.path.exists(path))
    fine = nearest.is_dir() and os.access(nearest, os.W_OK)
    return Finding(
        "Data folder", fine, str(folder), f"{nearest} cannot be written. Change its owner, or set HALLYU_DATA_DIR."
    )


def _disk(folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.path.exists(path))
    free = shutil.disk_usage(nearest).free
    return Finding(
        "Disk", free >= LEAST_DISK, f"{free // 2**20} MB free", "Free some space: writes fail on a full disk."
    )


def _model(settings: Settings) -> Finding:
    try:
        files = load_model_files(settings.cache_dir, settings.model)
    except ModelMissing as missing:
        can_export = importlib.util.find_spec("sentence_transformers") is not None
        remedy = (
            "Run `hallyu model export`." if can_export else "Copy the cache folder from a machine that exported it."
        )
        return Finding("Model", False, str(missing).split(". ")[0], remedy)
    return Finding("Model", True, f"{settings.model}, fingerprint {files.manifest.fingerprint}")


def _cache(settings: Settings) -> Finding:
    try:
        fingerprint = load_model_files(settings.cache_dir, settings.model).manifest.fingerprint
    except ModelMissing:
        return Finding("Cache", False, str(settings.cache_dir), "Export the model first.")
    count = len(read_pack_vectors(settings.cache_dir, fingerprint))
    return Finding(
        "Cache", count > 0, f"{count} texts embedded in {settings.cache_dir}", "Run `hallyu sync --cache-only`."
    )


def _corpus() -> Finding:
    faults = check_everything()
    return Finding(
        "Corpus files",
        not faults,
        f"{len(faults)} faults" if faults else "in order",
        "Run `hallyu corpus check` to see them.",
    )


async def _knowledge(settings: Settings) -> Finding:
    remedy = "Run `hallyu sync`, or start the bot, which does it."
    if not os.path.exists(settings.database):
        return Finding("Knowledge", False, "not in the data folder yet", remedy)
    try:
        async with open_store_readonly(settings.database) as store:
            count = len(await store.live(Scope()))
            current = await store.pack_digest() == pack_digest()
    except HallyuError as error:
        return Finding("Knowledge", False, str(error), "Put back a backup, or move the database away.")
    return Finding(
        "Knowledge", current, f"{count} snippets and facts" + ("" if current else ", not up to date"), remedy
    )


def _token(settings: Settings) -> Finding:
    if faults := list(settings.faults()):
        return Finding("Discord token", False, "not usable", faults[0])
    token = settings.discord_token()
    return Finding(
        "Discord token", bool(token), "set" if token else "not set", "Run `hallyu run` to read how to get one."
    )
