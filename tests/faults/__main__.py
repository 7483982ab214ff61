"""The randomised fault tests in full size; `make bench-faults` runs it. A tenth of each is in `make test`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

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


async def main() -> int:
    """The exit code: 1 if anything was found."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "edits").mkdir()
        (home / "guilds").mkdir()
        (home / "rest").mkdir()
        found = {
            "kill -9 while guilds are edited": await kill_often(home / "edits", KILLS, seed=1),
            "the gateway breaks": await break_gateway(home / "gateway", BREAKS, seed=1),
            "restarts under questions": await restart_often(home / "restarts", RESTARTS, seed=1),
            "two guilds beside each other": await mix_guilds(home / "guilds", OPERATIONS, seed=1),
            "mutated questions": await ask_mutated(home / "questions", QUESTIONS, seed=1),
            "SIGTERM while people ask, write and approve": await stop_often(home / "stops", STOPS, seed=1),
            "kill -9 while backups are made": await kill_backups(home / "backups", KILLS, seed=1),
            "kill -9 while backups are restored": await kill_restores(home / "restores", KILLS, seed=1),
            "kill -9 while the model is changed": await kill_reindexing(home / "models", KILLS, seed=1),
            "no file may grow while backups are made and restored": await fill_disks(home / "full", FULL_DISKS, seed=1),
            "requests to Discord are broken": await break_requests(
                home / "rest", BROKEN_REQUESTS, BROKEN_STARTS, seed=1
            ),
        }
        for what, came in found.items():
            print(f"{what}: {came}", *came.faults, sep="\n", flush=True)
        print("disk full while backups are made and restored:", end=" ", flush=True)
        full = on_a_small_disk(home, FULL_DISKS)
        if full == NO_DISK:
            print("not run, since no small disk can be made here")
        print("disk full under a running bot:", end=" ", flush=True)
        under = await fill_anywhere(home, FULL_DISKS_UNDER_A_BOT)
    return int(full not in (0, NO_DISK) or under or any(came.faults for came in found.values()))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
