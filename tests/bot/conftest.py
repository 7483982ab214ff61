"""The bot in a simulated Discord, with a scripted use case behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from math import inf
from typing import Any

import pytest
import simcord
import structlog
from discord import app_commands
from hypothesis import settings

from bot.admission import Admission
from bot.catalogue import Catalogue
from bot.client import HallyuClient
from fakes.asking import ScriptedAsking
from fakes.knowing import Small, small_knowing
from fakes.town import Town
from knowledge.store import Store

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def asking() -> ScriptedAsking:
    return ScriptedAsking()


@pytest.fixture
async def small(tmp_path) -> AsyncIterator[Small]:
    async with small_knowing(tmp_path / "hallyu.sqlite3", patience=inf) as small:  # SimCord has a clock of its own
        yield small


@pytest.fixture
def store(small) -> Store:
    return small.store


@pytest.fixture
def admission() -> Admission:
    """Takes whatever comes."""
    return Admission()


@pytest.fixture
def new_client(asking, small, catalogue, admission) -> Callable[[], HallyuClient]:
    """Makes clients whose answers come from a script and whose other use cases are the real ones."""
    use_cases = replace(small.use_cases, asking=asking)
    cases, store, status = use_cases, small.store, small.status
    return lambda: HallyuClient(use_cases=cases, store=store, status=status, catalogue=catalogue, admission=admission)


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture
async def simulation(new_client) -> AsyncIterator[simcord.Env]:
    env = simcord.Env(new_client(), shard_count=1)
    await env.start()
    yield env
    await env.shutdown()
    # What a command raises reaches the error path, and SimCord sees it too; anything else escaped it.
    assert [error for error in env.errors if not isinstance(error, app_commands.AppCommandError)] == []


@pytest.fixture
def town(simulation, new_client, small) -> Town:
    return Town(simulation, new_client, small.use_cases.guilds)
