"""`kill -9` at random moments of a change of model, while notes are added: one model is in use, all of its vectors are
there and right, and the change that ends is the one that was never broken off."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from fakes.embedder import FakeEmbedder
from fakes.reindexing import MODELS, add, after, begin, change, embed, faults_of, settings_in
from faults.process import run_and_kill
from index.pack_vectors import read_pack_vectors
from knowledge.backups import verify_live
from knowledge.store import open_store

MOST_STEPS = 30
"""Until a process is killed, counted in chunks that it embeds, so that it is far enough on a machine of any speed: up
to three changes of model."""

LONGEST_SECONDS = 0.1
"""After the last step: as long as some chunks, or as the swap that follows the last one."""

NOTES = 60


@dataclass(slots=True)
class Found:
    """What came of all kills."""

    times: int = 0
    under_way: int = 0
    """Of these, how many broke off vectors that were being made."""
    changed: int = 0
    """How many found another model in use than the kill before."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.times} times, {self.under_way} of them while vectors were made, {self.changed} after a change, "
            f"{len(self.faults)} faults"
        )


async def kill_reindexing(folder: Path, times: int, seed: int = 0) -> Found:
    """Kills a process that changes the model round and round; a bot adds a note after each kill."""
    settings, dice, found = settings_in(folder), random.Random(seed), Found()
    await begin(settings, FakeEmbedder(), NOTES)
    before = FakeEmbedder.fingerprint
    for number in range(times):
        steps, seconds = dice.randint(0, MOST_STEPS), dice.uniform(0, LONGEST_SECONDS)
        await run_and_kill("faults.reindexer", str(folder), steps=steps, seconds=seconds)
        found.times += 1
        found.under_way += bool(list((settings.data_dir / "reindex").glob("*/*.npy")))
        found.faults += [f"kill {number}: {c}" for c in verify_live(settings.database).checks if not c.fine]
        async with open_store(settings.database) as store:
            used = await store.models.in_use()
            if used is None or used.fingerprint not in MODELS:
                found.faults.append(f"kill {number}: {used} is in use")
                continue
            embedder = MODELS[used.fingerprint]()
            found.faults += [f"kill {number}: {fault}" for fault in await faults_of(settings, store, embedder)]
            found.changed += used.fingerprint != before
            before = used.fingerprint
            await add(store, [f"note-{number}"])
            await embed(settings, store, embedder)
    found.faults += await _compared(folder, after(before))
    return found


async def _compared(folder: Path, model: type[FakeEmbedder]) -> list[str]:
    """Whether what is half made leads to the same as nothing at all."""
    untouched = folder / "untouched"
    untouched.mkdir()
    for name in ("data", "cache"):
        shutil.copytree(folder / name, untouched / name, ignore=shutil.ignore_patterns("reindex"))
    ends = []
    for home in (folder, untouched):
        settings = settings_in(home)
        await change(settings, model())
        async with open_store(settings.database) as store:
            keys = [str(key) for key in await store.models.fingerprints()]
            pack = read_pack_vectors(settings.cache_dir, model.fingerprint)
            ends.append((await store.models.in_use(), sorted(keys), len(pack)))
            if faults := await faults_of(settings, store, model()):
                return faults
    return [] if ends[0] == ends[1] else [f"{ends[0]} after kills, {ends[1]} without"]
