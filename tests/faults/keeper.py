"""A process that makes backups, or restores them, one after the other until it is killed.

python -m faults.keeper backup DATABASE FOLDER
python -m faults.keeper restore DATABASE BACKUP BACKUP
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from knowledge.backups import make_backup, restore
from knowledge.store import open_store

KEEP = 2


def main(what: str, database: Path, places: Sequence[Path]) -> None:
    print("ready", flush=True)
    for place in cycle(places):
        if what == "backup":
            make_backup(database, place, KEEP)
        else:
            restore(place, database)
            asyncio.run(_write(database))


async def _write(database: Path) -> None:
    """Writes as a bot does, so that the next restore, or the kill, finds a log."""
    async with open_store(database) as store:
        for number in range(5):
            await store.keep_note("written", str(number))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [Path(place) for place in sys.argv[3:]])
