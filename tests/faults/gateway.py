"""The gateway breaks in every documented way at every moment: the bot comes back, answers whatever it was told of, and
nothing twice; what is final ends it with a sentence; and it never begins more sessions than it counts."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from bot.connecting.patience import HEALTHY
from faults.hurried import hurried
from faults.rig import Rig, rigged
from loopback.breaking import Break, Moment, closed, cut, invalid, says, told_to_reconnect
from loopback.transcript import Transcript

TIMES = 500
"""So many times shorter are all waits for the next attempt: the longest pause takes 2 seconds instead of 15 minutes."""

FINAL = {4004: 78, 4010: 1, 4011: 1, 4012: 78, 4013: 78, 4014: 78}
"""Close codes after which Discord wants nobody to come again as before, and the exit code that tells a supervisor."""

PASSING = (1000, 1001, 1002, 1006, 1008, 1011, 1012, 4000, 4001, 4002, 4003, 4005, 4006, 4007, 4008, 4009)
"""1006 is what a client sees of a connection that was cut; the others can be sent."""

ANYWHERE: tuple[Moment, ...] = ("connect", "hello", "identify", "ready", "resume", "resumed")
REFUSING: tuple[Moment, ...] = ("identify", "ready", "resume", "resumed")
"""When Discord has seen the token, the shards and the intents."""

NOISE = (says("no JSON"), says("[]"), says('{"op": 0, "t": "READY", "s": 1}'), says(b"\x00noise"))


@dataclass(slots=True)
class Broken:
    """What came of all breaks."""

    breaks: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    answered: int = 0
    excused: int = 0
    """Questions whose session Discord itself had ended, or that waited out an outage."""
    sessions: int = 0
    ended: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.breaks.items()))
        return (
            f"{self.breaks.total()} breaks, {self.asked} questions, {self.answered} answered once, {self.excused} "
            f"never delivered, {self.sessions} sessions begun, {self.ended} ended for good, {len(self.faults)} faults "
            f"({kinds})"
        )


@dataclass(frozen=True, slots=True)
class Blow:
    """One way to break it: at a moment of the next connection, or now; `code` is the exit code where it is final."""

    name: str
    how: Break
    moment: Moment | None = None
    code: int | None = None


def blows() -> list[Blow]:
    """Every way at every moment."""
    passing: list[tuple[str, Break]] = [(f"code {code}", closed(code)) for code in PASSING if code != 1006]
    passing += [("cut", cut), ("op 7", told_to_reconnect), ("op 9", invalid(False)), ("op 9 resumable", invalid(True))]
    passing += [("noise", noise) for noise in NOISE]
    everywhere: tuple[Moment | None, ...] = (None, *ANYWHERE)
    final: tuple[Moment | None, ...] = (None, *REFUSING)
    return [
        *(Blow(name, how, moment) for name, how in passing for moment in everywhere),
        *(Blow(f"code {code}", closed(code), moment, exit) for code, exit in FINAL.items() for moment in final),
    ]


async def break_gateway(folder: Path, times: int, seed: int = 0) -> Broken:
    """Breaks it so many times, each way before any a second time, while questions are asked."""
    dice, found = random.Random(seed), Broken()
    deck: list[Blow | Outage] = []
    with hurried(TIMES, HEALTHY / TIMES):
        async with rigged(folder) as rig:
            rig.start()
            for number in range(times):
                if not deck:
                    deck = [*blows(), *OUTAGES]
                    dice.shuffle(deck)
                blow = deck.pop()
                name = blow.__name__ if not isinstance(blow, Blow) else f"{blow.name} at {blow.moment or 'any time'}"
                try:
                    await _trial(rig, blow, dice, found)
                except TimeoutError as error:
                    found.faults.append(f"{number}, {name}: {error}")
                found.breaks[name.split(" at ")[0]] += 1
                found.faults += [f"{number}, {name}: {fault}" for fault in rig.take_faults()]
            found.sessions = rig.discord.gateway.asked
            if found.sessions > rig.gate.identifies:
                found.faults.append(f"{found.sessions} sessions begun, {rig.gate.identifies} counted")
    return found


async def _trial(rig: Rig, blow: Blow | Outage, dice: random.Random, found: Broken) -> None:
    await rig.back()
    asked = [await rig.ask(slowly=dice.random() < 0.5) for _ in range(dice.randrange(3))]
    await asyncio.sleep(dice.choice((0.0, 0.005, 0.05)))
    if isinstance(blow, Blow):
        await _strike(rig, blow, dice, asked, found)
    else:
        await blow(rig, dice)
    asked.append(await rig.ask())
    await rig.back()
    last = await rig.ask()
    judged = await asyncio.gather(*(rig.judge(question, owed=question is last) for question in (*asked, last)))
    found.asked += len(judged)
    found.answered += sum(judged)
    found.excused += len(judged) - sum(judged)


async def _strike(rig: Rig, blow: Blow, dice: random.Random, asked: list[Transcript], found: Broken) -> None:
    gateway = rig.discord.gateway
    if blow.moment is None:
        gateway.break_now(blow.how)
    else:
        gateway.break_at(blow.moment, blow.how)
        gateway.break_now(invalid(False) if blow.moment in ("identify", "ready") or dice.random() < 0.3 else cut)
    asked.append(await rig.ask())
    if blow.code is not None and not await rig.ends(blow.code):
        return  # at a moment that did not come, such as the resumption of a session that was begun anew
    found.ended += blow.code is not None


# --- outages ---------------------------------------------------------------------------------------------------------

Outage = Callable[[Rig, random.Random], Awaitable[None]]


async def unreachable(rig: Rig, dice: random.Random) -> None:
    """Every connection is cut and new ones are refused for a while."""
    async with rig.discord.outage():
        await asyncio.sleep(dice.uniform(0.05, 0.5))


async def unreachable_at_the_start(rig: Rig, dice: random.Random) -> None:
    await rig.stop()
    async with rig.discord.outage():
        rig.start()
        await asyncio.sleep(dice.uniform(0.05, 0.5))


async def names_do_not_resolve(rig: Rig, dice: random.Random) -> None:
    """DNS is gone, at the start or while it is connected."""

    async def gone(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with patch.object(asyncio.get_running_loop(), "getaddrinfo", gone):
        if dice.random() < 0.5:
            await rig.stop()
            rig.start()
        else:
            rig.discord.gateway.abort()
        await asyncio.sleep(dice.uniform(0.05, 0.5))


async def heartbeats_without_an_answer(rig: Rig, dice: random.Random) -> None:
    """Nothing comes any more, though the connection is open."""
    gateway, before = rig.discord.gateway, set(rig.discord.gateway.sessions)
    gateway.mute = True
    resumes = sum(session.resumes for session in gateway.sessions.values())
    await rig.discord.until(
        lambda: (
            set(gateway.sessions) != before or sum(session.resumes for session in gateway.sessions.values()) > resumes
        ),
        "another connection",
    )
    gateway.mute = False


async def every_session_is_invalid(rig: Rig, dice: random.Random) -> None:
    """For some minutes of the bot's time each IDENTIFY is answered with opcode 9."""
    gateway, asked, seconds = rig.discord.gateway, rig.discord.gateway.asked, 0.6
    gateway.invalidate()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        gateway.break_at("identify", invalid(False))
        await asyncio.sleep(0.002)
    gateway.disarm()
    if (begun := gateway.asked - asked) > 9:
        rig.complain(f"{begun} sessions were begun within {seconds * TIMES / 60:.0f} minutes of refusals")


async def the_gateway_is_down(rig: Rig, dice: random.Random) -> None:
    """The API answers, the gateway does not."""
    gateway = rig.discord.gateway
    gateway.down = True
    gateway.abort()
    if dice.random() < 0.5:
        await rig.stop()
        rig.start()
    await asyncio.sleep(dice.uniform(0.05, 0.5))
    gateway.down = False


OUTAGES: tuple[Outage, ...] = (
    unreachable,
    unreachable_at_the_start,
    names_do_not_resolve,
    heartbeats_without_an_answer,
    every_session_is_invalid,
    the_gateway_is_down,
)
