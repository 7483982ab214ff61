"""The requests that the bot makes to Discord, and the ways to break one."""

from __future__ import annotations

import random
from typing import NamedTuple

from loopback.call import Call
from loopback.faults import Fault

ME = "GET /users/@me"
APPLICATION = "GET /oauth2/applications/@me"
COMMANDS = "PUT /applications/{application}/commands"
WHERE = "GET /gateway/bot"
AT_START = (ME, APPLICATION, COMMANDS, WHERE)

RESPONSE = "POST /interactions/{interaction}/{token}/callback"
REPLY = "PATCH /webhooks/{application}/{token}/messages/{message}"
WHISPER = "POST /webhooks/{application}/{token}"
POST = "POST /channels/{channel}/messages"
DIRECT = "POST /users/@me/channels"
FILE = "GET /attachments/{file}/{name}"
WHILE_RUNNING = (RESPONSE, REPLY, WHISPER, POST, DIRECT, FILE)
OF_AN_INTERACTION = (RESPONSE, REPLY, WHISPER)

KINDS = ("429", "500", "500 late", "502", "502 late", "503", "503 late", "dropped", "dropped late", "slow")
"""What is late takes effect before the answer is lost."""

BLOCKED = "blocked"
"""Something before Discord answers 429 in HTML, without a header."""

WAYS = len(KINDS) * (len(AT_START) + len(WHILE_RUNNING)) + len(AT_START)

LONGEST_WAIT = 0.8
"""Seconds that the 429s to one request ask for in all: a first response has three."""

LONGEST_DELAY = 2.0


class Broken(NamedTuple):
    """A request that was broken, and how."""

    route: str
    kind: str


def broken(call: Call, fault: Fault) -> Broken:
    return Broken(f"{call.method} {call.route}", kind_of(fault))


def kind_of(fault: Fault) -> str:
    if fault.cloudflare:
        return BLOCKED
    if fault.drop:
        return "dropped" if fault.drop == "before" else "dropped late"
    return f"{fault.status}{' late' if fault.late else ''}" if fault.status else "slow"


def is_unsure(fault: Fault) -> bool:
    """Whether nobody knows then that the request took effect, so that what would show twice is not sent again."""
    return kind_of(fault) not in ("429", "slow")


def a_fault(line: str, kind: str, dice: random.Random, by: frozenset[int] = frozenset(), skip: int = 0) -> Fault:
    """A fault of that kind for one to three requests that begin with `line`, to the interactions of `by`."""
    fault = Fault(line, by=by, skip=skip, times=dice.choice((1, 1, 2, 3)))
    match kind.split():
        case ["slow"]:
            fault.delay, fault.times = dice.uniform(0.2, LONGEST_DELAY), 1
        case ["dropped", *late]:
            fault.drop = "after" if late else "before"
        case ["blocked"]:
            fault.status, fault.cloudflare, fault.times = 429, True, 1
        case [status, *late]:
            fault.status, fault.late = int(status), bool(late)
            fault.retry_after = dice.uniform(0.1, LONGEST_WAIT) / fault.times
    return fault
