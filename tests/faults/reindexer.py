"""A process that changes from one model to the other and back until it is killed.

python -m faults.reindexer FOLDER
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from fakes.embedder import FakeEmbedder, OtherEmbedder
from fakes.reindexing import change, settings_in
from index import rebuilding
from index.embedding import Vectors
from knowledge.store import open_store_readonly

CHUNK = 8
SECONDS = 0.002
"""For some texts, so that kills fall between them too."""


class Slow(FakeEmbedder):
    """The first model, which takes its time."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        time.sleep(SECONDS)
        return super().encode(texts)


class SlowOther(OtherEmbedder):
    """The other model, which takes its time."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        time.sleep(SECONDS)
        return super().encode(texts)


async def main(folder: Path) -> None:
    rebuilding.CHUNK = CHUNK
    settings = settings_in(folder)
    print("ready", flush=True)
    while True:
        async with open_store_readonly(settings.database) as store:
            used = await store.models.in_use()
        await change(settings, SlowOther() if used and used.fingerprint == Slow.fingerprint else Slow())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
