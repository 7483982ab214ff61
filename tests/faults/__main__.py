"""The randomised fault tests in full size; `make bench-faults` runs it. A tenth of each is in `make test`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Protocol

from faults.backups import fill_disks, kill_backups, kill_restores
from faults.disk import fill_anywhere
from faults.full_disk import NO_DISK, on_a_small_disk
from faults.gateway import break_gateway
from faults.guilds import mix_guilds
from faults.kill import kill_often
from faults.questions import ask_mutated
from faults.reindexing import kill_reindexing
from faults.rest import break_requests
from faults.restarts import restart_often
from faults.stopping import stop_often

KILLS = 300
OPERATIONS = 2000
FULL_DISKS = 500
QUESTIONS = 20_000
STOPS = 100
BREAKS = 300
RESTARTS = 100
FULL_DISKS_UNDER_A_BOT = 200
BROKEN_REQUESTS = 600
BROKEN_STARTS = 11


class Found(Protocol):
    """What came of a test, which says how much was tried."""

    @property
    def faults(self) -> list[str]: ...


TESTS: Mapping[str, Callable[[Path], Awaitable[Found]]] = {
    "kill -9 while guilds are edited": lambda home: kill_often(home, KILLS, seed=1),
    "the gateway breaks": lambda home: break_gateway(home, BREAKS, seed=1),
    "restarts under questions": lambda home: restart_often(home, RESTARTS, seed=1),
    "two guilds beside each other": lambda home: mix_guilds(home, OPERATIONS, seed=1),
    "mutated questions": lambda home: ask_mutated(home, QUESTIONS, seed=1),
    "SIGTERM while people ask, write and approve": lambda home: stop_often(home, STOPS, seed=1),
    "kill -9 while backups are made": lambda home: kill_backups(home, KILLS, seed=1),
    "kill -9 while backups are restored": lambda home: kill_restores(home, KILLS, seed=1),
    "kill -9 while the model is changed": lambda home: kill_reindexing(home, KILLS, seed=1),
    "no file may grow while backups are made and restored": lambda home: fill_disks(home, FULL_DISKS, seed=1),
    "requests to Discord are broken": lambda home: break_requests(home, BROKEN_REQUESTS, BROKEN_STARTS, seed=1),
}


async def main() -> int:
    """The exit code: 1 if anything was found."""
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for number, (what, test) in enumerate(TESTS.items()):
            own = home / str(number)
            own.mkdir()
            came = await test(own)
            print(f"{what}: {came}", *came.faults, sep="\n", flush=True)
            faults += len(came.faults)
        print("disk full while backups are made and restored:", end=" ", flush=True)
        full = on_a_small_disk(home, FULL_DISKS)
        if full == NO_DISK:
            print("not run, since no small disk can be made here")
        print("disk full under a running bot:", end=" ", flush=True)
        under = await fill_anywhere(home, FULL_DISKS_UNDER_A_BOT)
    return int(full not in (0, NO_DISK) or under or faults > 0)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
