"""What is logged on the way of an interaction names it, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.contextvars import merge_contextvars

from bot.curation.suggesting import Suggesting
from fakes.answers import an_answer
from fakes.town import Town
from knowledge.errors import HallyuError

ours = structlog.stdlib.get_logger("ours")


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    with structlog.testing.capture_logs(processors=[merge_contextvars]) as entries:
        yield entries


def latest(town: Town) -> int:
    """The id of the interaction that was answered last."""
    paths = [request.path for request in town.env.http_requests if request.path.endswith("/callback")]
    return int(re.findall(r"/interactions/(\d+)/", paths[-1])[0])


def named(logged: list[dict[str, Any]]) -> list[int]:
    return [entry["interaction"] for entry in logged if entry["event"] == "error.inside"]


async def fail(*args: object, **more: object) -> None:
    raise HallyuError("The disk is full.")


async def test_a_command_is_named(town, asking, logged):
    asking.script["q"] = HallyuError("The disk is full.")
    await town.ask("q")
    first = latest(town)
    await town.ask("q", who=town.bob)
    assert named(logged) == [first, latest(town)]
    assert first != latest(town)


async def test_a_button_is_named_and_not_the_command_that_showed_it(town, asking, logged, monkeypatch):
    asking.script["q"] = an_answer()
    card = await town.ask("q")
    shown_by = latest(town)
    monkeypatch.setattr(asking, "receipt", fail)
    await town.press(card, "Why?")
    assert named(logged) == [latest(town)] != [shown_by]


async def test_a_form_is_named(town, logged, monkeypatch):
    opened = await town.alice.slash(town.channel, "suggest")
    monkeypatch.setattr(Suggesting, "suggest", fail)
    written = {"text": "Tiger Tea opened a shop.", "url": "https://example.org/tea", "as_of": "2024", "tell": ["no"]}
    await town.alice.submit_modal(opened, written)
    assert named(logged) == [latest(town)]


async def test_what_is_logged_beside_interactions_names_none(town, asking, logged):
    await town.ask("q")
    ours.info("beside")
    (entry,) = (entry for entry in logged if entry["event"] == "beside")
    assert "interaction" not in entry
