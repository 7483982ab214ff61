"""Two guilds do at random whatever there is to do: nothing of one is ever read in the other, or in private."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import simcord
from discord import app_commands

from bot.catalogue import Catalogue
from bot.client import HallyuClient
from fakes.knowing import Small, small_knowing
from fakes.town import Town
from faults.guild import Guild

MARKS = ("zorv", "blik")
_CHANNEL = re.compile(r"/channels/(\d+)/messages")


@dataclass(slots=True)
class Mixed:
    """What came of all operations."""

    operations: Counter[str] = field(default_factory=Counter)
    replies: int = 0
    own: int = 0
    """Words that a guild read of its own: none would mean that nothing was looked at."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(self.operations.items()))
        return (
            f"{self.operations.total()} operations, {self.replies} messages, forms and lists read, {self.own} with the "
            f"guild's own words, {len(self.faults)} faults ({kinds})"
        )


async def mix_guilds(folder: Path, operations: int, seed: int = 0) -> Mixed:
    """Does so many operations in two guilds of one bot and reads everything that it sends."""
    dice = random.Random(seed)
    async with small_knowing(folder / "hallyu.db", patience=inf) as small:  # SimCord has a clock of its own
        catalogue = Catalogue.load()

        def new_client() -> HallyuClient:
            return HallyuClient(use_cases=small.use_cases, store=small.store, status=small.status, catalogue=catalogue)

        env = simcord.Env(new_client(), shard_count=1)
        await env.start()
        try:
            towns = [Town(env, new_client, small.use_cases.guilds) for _ in MARKS]
            guilds = [
                await Guild.of(town, small, mark, random.Random(f"{seed}-{mark}"))
                for town, mark in zip(towns, MARKS, strict=True)
            ]
            guilds[0].rival, guilds[1].rival = guilds[1], guilds[0]
            return await _mixed(env, small, guilds, operations, dice)
        finally:
            await env.shutdown()


async def _mixed(env: simcord.Env, small: Small, guilds: list[Guild], operations: int, dice: random.Random) -> Mixed:
    found = Mixed()
    for number in range(operations):
        guild, read = dice.choice(guilds), len(env.http_requests)
        name = dice.choice(sorted(guild.operations))
        await guild.operations[name]()
        await small.asking.finish()  # so that a question that was just asked is in the queue
        found.operations[name] += 1
        for where, text in _sent(env, guilds, guild, name, read):
            found.replies += 1
            found.own += where.mark in text if where else 0
            if leaks := [g.mark for g in guilds if g is not where and g.mark in text]:
                found.faults.append(
                    f"{number}, {name}: {leaks} is read by {where.mark if where else 'anyone'}: {text[:200]}"
                )
        for one in guilds:
            found.faults += [f"{number}, {name}: {wrong}" for wrong in one.wrong]
            one.wrong.clear()
    # What a command refuses is told in a sentence, and SimCord sees it too; anything else escaped.
    found.faults += [repr(error) for error in env.errors if not isinstance(error, app_commands.AppCommandError)]
    return found


def _sent(
    env: simcord.Env, guilds: list[Guild], acting: Guild, name: str, read: int
) -> Iterator[tuple[Guild | None, str]]:
    """Everything that the bot has sent since, and the guild whose people read it; None for those of no guild."""
    logs = {guild.log.id: guild for guild in guilds}
    for request in env.http_requests[read:]:
        channel = _CHANNEL.search(request.path)
        where = logs.get(int(channel[1]), acting) if channel else acting
        if name == "direct_message" and not channel:
            where = None
        yield where, _without(acting.typed, json.dumps(request.json, ensure_ascii=False).lower())
    for file in acting.files:
        yield acting, file.decode().lower()
    acting.files.clear()
    acting.typed.clear()


def _without(typed: list[str], text: str) -> str:
    for each in typed:
        text = text.replace(each, "")
    return text
