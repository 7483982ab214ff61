"""Who asks in a load, and what: many members of several servers, the golden questions as they are and changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain, cycle, zip_longest

from knowledge.golden import load_golden
from tests.loopback.server import Discord
from tests.loopback.world import Guild, User

SERVERS = 10
MEMBERS = 50
"""Of each server."""

SEED = 20261126


def questions() -> list[str]:
    """The golden questions, English and Korean in turn."""
    known = load_golden()
    by_language = [[question.ask for question in known if question.language == code] for code in ("en", "ko")]
    return [ask for ask in chain.from_iterable(zip_longest(*by_language)) if ask]


def varied(seed: int = SEED) -> Iterator[str]:
    """The golden questions over and over, each time changed at random: mistyped, cut, joined, with other numbers."""
    chance, known = random.Random(seed), questions()
    changes = (_mistyped, _without_a_word, _with_a_number, lambda ask, _: ask)
    for ask in cycle(known):
        other = chance.choice(known) if chance.random() < 0.1 else ""
        yield f"{chance.choice(changes)(ask, chance)} {other}".strip()[:500]


def members(discord: Discord) -> list[tuple[Guild, User]]:
    """Members with their server; neighbours in the list are of different servers. Half of the servers are Korean."""
    servers = [discord.guild(f"Server {n}", locale="ko" if n % 2 else "en-US") for n in range(SERVERS)]
    return [(s, discord.user(f"member {n}", s, locale=s.locale)) for n in range(MEMBERS) for s in servers]


def _mistyped(ask: str, chance: random.Random) -> str:
    at = chance.randrange(max(1, len(ask) - 1))
    return ask[:at] + ask[at + 1 : at + 2] + ask[at : at + 1] + ask[at + 2 :]


def _without_a_word(ask: str, chance: random.Random) -> str:
    words = ask.split()
    del words[chance.randrange(len(words))]
    return " ".join(words) or ask


def _with_a_number(ask: str, chance: random.Random) -> str:
    return f"{ask} {chance.randrange(10_000)}"
