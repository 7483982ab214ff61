"""A process that edits the knowledge of two guilds at random until it is killed, and says what was acknowledged.

python -m faults.editor DATABASE LOG SEED

Before each change it writes a line `begin`, after the acknowledgement a line `done`, to LOG. What is written before a
kill stays written: a file outlives its process.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fakes.knowing import GOLDEN_NOTE, Small, a_snippet, small_knowing
from knowledge.curation import Act, Applied, Edit
from knowledge.models import Hidden, Scope, Snippet

GUILDS = (10, 20)
BATCH = 12
"""Snippets of one import, which are there as a whole or not at all."""


class Editor:
    """Changes one guild, one change after the other."""

    def __init__(self, small: Small, guild: int, log: int, dice: random.Random) -> None:
        self._small = small
        self._guild = guild
        self._log = log
        self._dice = dice
        self._number = 0

    async def run(self) -> None:
        while True:
            edits = await self._edits()
            if not edits:
                continue
            self._number += 1
            self._say("begin", {edit.id: _told(edit) for edit in edits})
            batch = f"{self._guild}-{self._dice.random()}" if len(edits) > 1 else None
            outcome = await self._small.curating.apply(self._guild, edits, Act(1, "edit", batch=batch))
            self._say("done" if isinstance(outcome, Applied) else "refused", {})

    def _say(self, what: str, told: dict[str, str | None]) -> None:
        line = json.dumps({"guild": self._guild, "number": self._number, "what": what, "told": told})
        os.write(self._log, f"{line}\n".encode())

    async def _edits(self) -> list[Edit]:
        store, scope = self._small.store, Scope(self._guild)
        live = [revision.snippet for revision in await store.live(scope) if revision.owner == self._guild]
        kind = self._dice.choice(("add", "add", "edit", "edit", "remove", "import", "override", "hide", "restore"))
        match kind:
            case "add":
                return [await self._edit(self._note())]
            case "import":
                return [await self._edit(self._note()) for _ in range(BATCH)]
            case "edit" if live:
                snippet = self._dice.choice(live)
                return [await self._edit(replace(snippet, text=f"{snippet.text} Again {self._dice.random()}."))]
            case "remove" if live:
                return [await self._edit(None, self._dice.choice(live).id)]
            case "override":
                return [await self._edit(replace(GOLDEN_NOTE, text=f"Golden was heard {self._dice.random()} times."))]
            case "hide":
                return [await self._edit(Hidden(GOLDEN_NOTE.id), GOLDEN_NOTE.id)]
            case "restore":
                return [await self._edit(None, GOLDEN_NOTE.id)]
        return []

    def _note(self) -> Snippet:
        number = self._dice.randrange(10**12)
        return a_snippet(f"note-{number}", f"Shop {number} of guild {self._guild} sells tea.")

    async def _edit(self, content: Snippet | Hidden | None, id: str = "") -> Edit:
        id = content.id if content else id
        own = (await self._small.curating.standing(self._guild, id)).own
        return Edit("snippet", id, content, own.id if own else None)


def _told(edit: Edit) -> str | None:
    """What the guild holds under an id once the edit is made: a text, "hidden", or nothing of its own."""
    return edit.content.text if isinstance(edit.content, Snippet) else "hidden" if edit.content else None


async def main(database: Path, log: Path, seed: str) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    async with small_knowing(database) as small, asyncio.TaskGroup() as editing:
        print("ready", flush=True)
        for guild in GUILDS:
            editing.create_task(Editor(small, guild, file, random.Random(f"{seed}-{guild}")).run())


def told(arguments: Sequence[str]) -> None:
    database, log, seed = arguments
    asyncio.run(main(Path(database), Path(log), seed))


if __name__ == "__main__":
    told(sys.argv[1:])
