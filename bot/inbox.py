"""Handing an import over to the bot that runs: one process writes a data folder, so another one leaves it in its inbox.

An order is a file `NAME.json` in the folder `inbox` of the data folder, moved there whole. The bot renames it to
`NAME.taken` before it begins, answers with `NAME.done` and removes the order. Until then who left it can take it back.
Only who may write the data folder can leave one.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog

from bot.compose import Note
from bot.curation.importing import Importing, from_json
from knowledge.curation import Act
from knowledge.errors import HallyuError

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks into the inbox."""

PATIENCE_SECONDS = 600.0
"""That somebody waits for the bot: 2,000 notes that are put into answers at once take it a minute or two."""

UNTAKEN_SECONDS = 10.0
"""After which an order is taken back that nobody has taken: a bot that is starting is not there yet, and what writes in
the folder may be no bot but `hallyu sync`, say, and have ended."""

_UNKNOWN = (
    "The running bot has begun the import, but has not said yet what came of it. Look at /kb review and /kb list in "
    "Discord before you import this again: it may be there, and a bot that is restarted carries the import to its end."
)


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


async def hand_over(data_dir: Path, name: str, order: Order, note: Note) -> str | None:
    """Leaves an order and waits for the bot's answer; None where nobody took it, and then it lies there no longer.

    Raises `HallyuError` with the bot's reason, or when it has begun and does not answer. Whoever stops waiting hears
    from `note` whether the bot has begun.
    """
    inbox = data_dir / "inbox"
    inbox.mkdir(mode=0o700, exist_ok=True)
    left, answer = inbox / f"{name}.json", inbox / f"{name}.done"
    made = inbox / f"{name}.part"
    made.write_text(json.dumps(asdict(order)), encoding="utf-8")
    os.replace(made, left)
    try:
        if not await _seen(lambda: not left.exists(), UNTAKEN_SECONDS) and _taken_back(left):
            return None
        if not await _seen(answer.exists, PATIENCE_SECONDS):
            raise HallyuError(_UNKNOWN)
    except asyncio.CancelledError:
        if not _taken_back(left):
            note(_UNKNOWN)
        raise
    said = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    if "fault" in said:
        raise HallyuError(said["fault"])
    return str(said["done"])


async def _seen(happened: Callable[[], bool], seconds: float) -> bool:
    """Whether something happens within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            while not happened():
                await asyncio.sleep(LOOK_SECONDS / 4)
    except TimeoutError:
        return happened()
    return True


def _taken_back(left: Path) -> bool:
    """Removes an order; False where the bot has taken it already."""
    try:
        left.unlink()
    except FileNotFoundError:
        return False
    return True


async def serve(data_dir: Path, importing: Importing) -> None:
    """Carries out what is in the inbox, for as long as the bot runs."""
    inbox = data_dir / "inbox"
    while True:
        for path in sorted([*inbox.glob("*.taken"), *inbox.glob("*.json")]) if inbox.is_dir() else ():
            try:
                if (taken := _taken(path)) is not None:
                    await _answer(taken, importing)
            except OSError as error:  # the order lies there still, and what was carried out lands once
                log.warning("inbox.not_answered", order=path.name, cause=error.strerror)
        await asyncio.sleep(LOOK_SECONDS)


def _taken(path: Path) -> Path | None:
    """The order as one that nobody can take back any more; None where somebody just did."""
    taken = path.with_suffix(".taken")
    try:
        os.replace(path, taken)
    except FileNotFoundError:
        return None
    return taken


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
