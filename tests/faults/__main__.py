"""The randomised fault tests in full size; `make bench-faults` runs it. A tenth of each is in `make test`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from faults.kill import kill_often

KILLS = 300


async def main() -> int:
    """The exit code: 1 if anything was found."""
    with tempfile.TemporaryDirectory() as folder:
        killed = await kill_often(Path(folder), KILLS, seed=1)
    print(f"kill -9: {killed}", *killed.faults, sep="\n", flush=True)
    return int(bool(killed.faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
