"""Every request that the bot makes to Discord, broken in every way, while people ask and change what is known."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.pacing import FIRST_BLOCK_SECONDS
from faults.lane import QUESTION, Lane
from faults.routes import AT_START, BLOCKED, KINDS, ME, WAYS, WHILE_RUNNING, Broken, a_fault, broken
from knowledge.backups import verify_live
from knowledge.models import Scope
from knowledge.store import open_store_readonly
from loopback.call import Call
from loopback.faults import Fault
from loopback.server import Discord

LANES = 6
ANSWER_WITHIN = 6.0
"""Discord's three seconds, and three for a machine that does much besides. The bot itself gives up after 2.6 seconds,
so that what it fails to send in time is lost here too."""

LONGEST_START = 300.0
"""Seconds: a start whose every request fails three times waits up to a minute by itself."""

BLOCKED_PEOPLE = 20
"""Who ask while nothing answers."""


@dataclass(slots=True)
class Rest:
    """What came of all broken requests."""

    rounds: int = 0
    starts: int = 0
    broken: Counter[Broken] = field(default_factory=Counter)
    changes: int = 0
    posts: int = 0
    during_block: int = 0
    """Requests to an API that answers nobody."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        by_route = Counter(each.route for each in self.broken.elements())
        return (
            f"{self.rounds} rounds and {self.starts} starts, {self.broken.total()} requests broken in "
            f"{len(self.broken)} of {WAYS} ways, {self.changes} changes acknowledged, {self.posts} posts in logs, "
            f"{self.during_block} of {BLOCKED_PEOPLE} people's requests sent during a block, {len(self.faults)} faults "
            f"({', '.join(f'{route} {count}' for route, count in sorted(by_route.items()))})"
        )


async def break_requests(folder: Path, rounds: int, starts: int, seed: int = 0) -> Rest:
    """So many starts with every request of a start broken, and with the last of them so many rounds of what people do,
    each with a fault or two, and a block of the whole API."""
    dice, found, command = random.Random(seed), Rest(), (sys.executable, "-m", "bot", "run")
    async with Discord(identify_gap=0.0, answer_within=ANSWER_WITHIN) as discord:
        lanes = [Lane(discord, number, random.Random(f"{seed}-{number}")) for number in range(LANES)]
        for number in range(starts):
            data = folder / f"data-{number}"  # a new one, so that the commands are sent
            env = {"HALLYU_DATA_DIR": str(data), "HALLYU_HTTP_PORT": "0", "HALLYU_MEMBER_PER_MINUTE": "0"}
            breaking = list(_break_start(discord, number, dice))
            async with discord.run_bot(
                *command, log=folder / "log", env=env, cwd=folder, patience=LONGEST_START
            ) as bot:
                await bot.ready()
                for fault in breaking:
                    discord.mend(fault)
                found.starts += 1
                found.faults += await _asked(discord, f"start {number}")
                if number == starts - 1:
                    await asyncio.gather(*(lane.run(rounds // LANES) for lane in lanes))
                    await _block(discord, found)
                    await asyncio.gather(*(lane.finish(data / "hallyu.db") for lane in lanes))
        _look_at_calls(discord.calls, found)
    await _look_at_knowledge(data / "hallyu.db", lanes, found)
    return found


def _break_start(discord: Discord, number: int, dice: random.Random) -> Iterator[Fault]:
    """A fault for each request of a start, in all ways one after the other."""
    kinds = (*KINDS, BLOCKED)
    for place, route in enumerate(AT_START):
        kind = kinds[(number + place * 3) % len(kinds)]
        # The token is tried once before the login, without discord.py.
        fault = a_fault(route.partition("{")[0], kind, dice, skip=dice.choice((0, 1)) if route == ME else 0)
        discord.break_next(fault)
        yield fault


async def _asked(discord: Discord, when: str) -> list[str]:
    guild = discord.guild("Acme")
    answer = await discord.slash(guild, discord.user("mina", guild), "ask", question=QUESTION)
    right = len(answer.messages) == 1 and "76" in answer.text
    return [] if right else [f"{when}: {answer}"]


async def _block(discord: Discord, found: Rest) -> None:
    """Something that does not say for how long refuses everybody; the bot keeps still, and answers again by itself."""
    guild, before = discord.guild("Acme"), len(discord.calls)
    block = Fault("", status=429, cloudflare=True, times=sys.maxsize)
    discord.break_next(block)
    for number in range(BLOCKED_PEOPLE):
        await discord.slash(guild, discord.user(f"{number}", guild), "ask", question=QUESTION, wait=False)
        await asyncio.sleep(FIRST_BLOCK_SECONDS / 2 / BLOCKED_PEOPLE)
    await asyncio.sleep(FIRST_BLOCK_SECONDS / 4)
    found.during_block = len(discord.calls) - before
    discord.mend(block)
    if found.during_block > 2:
        found.faults.append(f"{found.during_block} requests during a block")
    await asyncio.sleep(FIRST_BLOCK_SECONDS)  # the last request that was refused may have come late
    found.faults += await _asked(discord, "after a block")


def _look_at_calls(calls: Sequence[Call], found: Rest) -> None:
    """Counts what was broken, and sees whether any request came again before it might."""
    until: dict[str, float] = {}
    for call in calls:
        early = until.get(call.line, 0.0) - call.at
        if early > 0:
            found.faults.append(f"{call.line} came again {early:.2f} s too early")
        if call.fault:
            found.broken[broken(call, call.fault)] += 1
        if call.fault and call.fault.status == 429 and not call.fault.cloudflare:
            until[call.line] = call.at + call.fault.retry_after - 0.02
    used, listed = {f"{call.method} {call.route}" for call in calls}, {*AT_START, *WHILE_RUNNING}
    if used != listed:
        found.faults.append(f"these requests are made and not listed, or listed and not made: {used ^ listed}")


async def _look_at_knowledge(database: Path, lanes: Sequence[Lane], found: Rest) -> None:
    found.faults += [str(check) for check in verify_live(database).checks if not check.fine]
    async with open_store_readonly(database) as store:
        for lane in lanes:
            live = [revision for revision in await store.live(Scope(lane.guild.id)) if revision.owner]
            if sorted(str(revision.snippet.text) for revision in live) != sorted(lane.live):
                found.faults.append(f"{lane.guild.name}: {len(live)} notes are live, {len(lane.live)} acknowledged")
            found.rounds += lane.rounds
            found.changes += lane.changes
            found.posts += len(lane.posts())
            found.faults += [f"{lane.guild.name}, {fault}" for fault in lane.faults]
