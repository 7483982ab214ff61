"""Handing an import over to the bot that runs: one process writes a data folder, so another one leaves it in its inbox.

An order is a file `NAME.json` in the folder `inbox` of the data folder, moved there whole; the bot answers with
`NAME.done` and removes the order. Only who may write the data folder can leave one.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog

from bot.curation.importing import Importing, from_json
from knowledge.curation import Act
from knowledge.errors import HallyuError

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks into the inbox."""

PATIENCE_SECONDS = 600.0
"""That somebody waits for the bot: 2,000 notes that are put into answers at once take it a minute or two."""


@dataclass(frozen=True, slots=True)
class Order:
    """An import for a guild. `body` is what `bot.curation.importing.as_json` makes; `approved` puts it into answers
    at once."""

    guild: int
    body: str
    approved: bool


def new_batch() -> str:
    """What the notes of one import have in common; also the name of its order."""
    return secrets.token_hex(8)


async def hand_over(data_dir: Path, order: Order) -> str:
    """Leaves an order and waits for the bot's answer. Raises `HallyuError` with its reason, or when none comes."""
    inbox = data_dir / "inbox"
    inbox.mkdir(mode=0o700, exist_ok=True)
    name = new_batch()
    made = inbox / f"{name}.part"
    made.write_text(json.dumps(asdict(order)), encoding="utf-8")
    os.replace(made, inbox / f"{name}.json")
    answer = inbox / f"{name}.done"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not answer.exists():
                await asyncio.sleep(LOOK_SECONDS / 4)
    except TimeoutError:
        raise HallyuError("The running bot does not answer. Is it up to date? Restart it and try again.") from None
    said = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    if "fault" in said:
        raise HallyuError(said["fault"])
    return str(said["done"])


async def serve(data_dir: Path, importing: Importing) -> None:
    """Carries out what is in the inbox, for as long as the bot runs."""
    inbox = data_dir / "inbox"
    while True:
        for path in sorted(inbox.glob("*.json")) if inbox.is_dir() else ():
            try:
                await _answer(path, importing)
            except OSError as error:  # the order lies there still, and what was carried out lands once
                log.warning("inbox.not_answered", order=path.name, cause=error.strerror)
        await asyncio.sleep(LOOK_SECONDS)


async def _answer(path: Path, importing: Importing) -> None:
    try:
        order = Order(**await asyncio.to_thread(_read, path))
        said = {"done": await carry_out(order, importing, path.stem)}
    except HallyuError as error:
        said = {"fault": str(error)}
    except Exception:
        log.exception("inbox.failed", order=path.name)
        said = {"fault": "The bot could not carry it out; its log says why. Nothing was imported."}
    made = path.with_suffix(".part")
    made.write_text(json.dumps(said), encoding="utf-8")
    path.unlink()
    os.replace(made, path.with_suffix(".done"))


def _read(path: Path) -> dict[str, Any]:
    """What an order says; up to 8 MB, so it belongs in a thread."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


async def carry_out(order: Order, importing: Importing, batch: str) -> str:
    """Imports, and says what came of it. The same batch lands once, so that an order which the end of the process cut
    short can be carried out again."""
    _, snippets, names = await asyncio.to_thread(from_json, order.body)
    act = Act(None, "import", place="terminal", batch=batch)
    if order.approved:
        landed = await importing.publish(order.guild, snippets, names, act)
        return f"{landed.notes} notes and {landed.names} names are in answers now."
    landed = await importing.land(order.guild, snippets, names, act)
    return f"{landed.notes} notes wait for review (/kb review in Discord); {landed.names} names are known now."
