"""The bot in a simulated Discord, with a scripted use case behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import simcord
import structlog
from discord import app_commands
from hypothesis import settings

from bot.catalogue import Catalogue
from bot.client import HallyuClient
from fakes.asking import ScriptedAsking
from fakes.town import Town
from knowledge.store import Store, open_store

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def asking() -> ScriptedAsking:
    return ScriptedAsking()


@pytest.fixture
async def store(tmp_path) -> AsyncIterator[Store]:
    async with open_store(tmp_path / "hallyu.sqlite3") as store:
        yield store


@pytest.fixture
def new_client(asking, store, catalogue) -> Callable[[], HallyuClient]:
    return lambda: HallyuClient(asking=asking, store=store, catalogue=catalogue)


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
def town(simulation, new_client) -> Town:
    return Town(simulation, new_client)
