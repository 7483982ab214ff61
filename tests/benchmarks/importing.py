"""An import of 1,000 notes and the approval of all of them, while five questions a second are asked: a real process,
the real model and notes, a Discord on loopback."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.asked import MEMBERS, questions
from tests.benchmarks.crowd import filled
from tests.benchmarks.figures import Figure, at_least, at_most, noted, spread
from tests.benchmarks.resident import peak_mb, resident_mb
from tests.benchmarks.watched import watched
from tests.loopback.load import Report
from tests.loopback.server import Discord
from tests.loopback.transcript import Transcript
from tests.loopback.wire import JSON, button_id, text_of
from tests.loopback.world import Guild, User

NOTES = 1000
RATE = 5.0
MANAGE_SERVER = 1 << 5
LONGEST_SECONDS = 600.0
GOAL_ACK_MS = 1000.0
GOAL_MB = 150.0
GOAL_PEAK_MB = 400.0
GOAL_PAUSE_SECONDS = 5.0


async def measure(snippets: int = 0) -> list[Figure]:
    """`snippets` is how many the servers have before."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        async with Discord() as discord:
            guild = discord.guild("Acme")
            ada = discord.user("ada", guild, permissions=MANAGE_SERVER)
            members = [discord.user(f"member {number}", guild) for number in range(MEMBERS)]
            if snippets:
                await filled(data, snippets, [guild.id, discord.guild("Beta").id])
            async with watched(discord, data, HALLYU_BACKUP_HOURS="1") as bot:  # the first one is made at once
                await bot.ready()
                await asyncio.sleep(2)  # the caches of guilds and commands fill after READY
                figures = await _measured(discord, guild, ada, members, bot.pid)
                peak = peak_mb(bot.pid)
    beside = f" beside {snippets:,} snippets" if snippets else ""
    return [*figures, at_most(f"import of 1,000 and a backup{beside}: most ever resident", peak, GOAL_PEAK_MB, "MB")]


async def _measured(discord: Discord, guild: Guild, ada: User, members: Sequence[User], pid: int) -> list[Figure]:
    asked, report, sizes = questions(), Report(), [resident_mb(pid)]
    over = asyncio.Event()

    async def ask(number: int) -> None:
        user, question = members[number % len(members)], asked[number % len(asked)]
        done = await discord.slash(guild, user, "ask", question=question, wait=False)
        with suppress(TimeoutError):  # counted as undelivered
            await done.over()
        report.note(done)

    async def ask_on() -> None:
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            while not over.is_set():
                group.create_task(ask(report.sent))
                report.sent += 1
                sizes.append(resident_mb(pid))
                await asyncio.sleep(max(0.0, began + report.sent / RATE - time.monotonic()))

    asking = asyncio.create_task(ask_on())
    began = time.monotonic()
    try:
        moved = await _import(discord, guild, ada)
    finally:
        over.set()
        await asking
    print(f"{NOTES} notes in {moved[-1] - began:.0f} s; {report.sent} questions meanwhile")
    print(f"first acknowledgement: {spread(report.ack_ms)}\nanswer: {spread(report.final_ms)}")
    pause = max(later - earlier for earlier, later in pairwise([began, *moved]))
    return [
        at_most("import of 1,000: slowest acknowledgement", max(report.ack_ms), GOAL_ACK_MS, "ms"),
        at_least("import of 1,000: questions delivered", report.delivered, report.sent, f"of {report.sent}"),
        noted("import of 1,000: slowest answer", max(report.final_ms), "ms"),
        at_most("import of 1,000: growth of resident memory", max(sizes) - sizes[0], GOAL_MB, "MB"),
        at_most("import of 1,000: longest pause of the progress", pause, GOAL_PAUSE_SECONDS, "s"),
    ]


async def _import(discord: Discord, guild: Guild, ada: User) -> list[float]:
    """Imports a file and approves all of it; when what the person reads has changed."""
    moved: list[float] = []
    preview = await discord.slash(guild, ada, "kb import", file=("shelves.csv", _file()))
    moved.append(time.monotonic())
    await _pressed(discord, preview.messages[-1], f"Put {NOTES:,} up for review", ada, moved)
    review: Transcript = await discord.slash(guild, ada, "kb review")
    moved.append(time.monotonic())
    page = review.messages[-1]
    await _pressed(discord, page, f"Approve all of this import ({NOTES})", ada, moved)
    await _pressed(discord, page, f"Yes, approve {NOTES}", ada, moved)
    while "Nothing waits" not in text_of(page):
        before = text_of(page)
        await discord.until(_differs(page, before), "progress", seconds=LONGEST_SECONDS)
        moved.append(time.monotonic())
    return moved


async def _pressed(discord: Discord, page: JSON, label: str, who: User, moved: list[float]) -> None:
    """Presses a button and waits until the page has changed."""
    before = text_of(page)
    await discord.click(page, button_id(page, label), who)
    await discord.until(_differs(page, before), f"what {label} does", seconds=LONGEST_SECONDS)
    moved.append(time.monotonic())


def _differs(page: JSON, before: str) -> Callable[[], bool]:
    return lambda: text_of(page) != before


def _file() -> bytes:
    text, page = "Shelf {} of the Moonlight Fan Library holds {} photocards.", "https://example.org/shelf/{}"
    rows = [f"{text.format(n, n + 100)},2026-04,{page.format(n)},Shelf {n}" for n in range(1, NOTES + 1)]
    return "\n".join(["text,as_of,source_url,source_title", *rows]).encode()
