"""A process that changes from one model to the next until it is killed.

python -m faults.reindexer FOLDER
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from fakes.embedder import FakeEmbedder
from fakes.reindexing import after, change, settings_in
from index import rebuilding
from index.embedding import Vectors
from knowledge.store import open_store_readonly

CHUNK = 8
SECONDS = 0.002
"""For a chunk, so that kills fall between chunks too."""


def slow(model: type[FakeEmbedder]) -> FakeEmbedder:
    """One that takes its time and says when a chunk is done."""

    class Slow(model):
        def encode(self, texts: Sequence[str]) -> Vectors:
            time.sleep(SECONDS)
            print("embedded", flush=True)
            return super().encode(texts)

    return Slow()


async def main(folder: Path) -> None:
    rebuilding.CHUNK = CHUNK
    settings = settings_in(folder)
    print("ready", flush=True)
    while True:
        async with open_store_readonly(settings.database) as store:
            used = await store.models.in_use()
        assert used is not None
        await change(settings, slow(after(used.fingerprint)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
