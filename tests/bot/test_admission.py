"""Who asks too fast is told alone when to come again, and nobody else notices; a bot about to end takes no more."""

from __future__ import annotations

import asyncio
import re
import time

import pytest

from bot.admission import COSTLY, Admission
from bot.allowance import Allowance
from bot.errors import ErrorPath
from bot.roles import NEEDS
from bot.watching.observing import Observers
from fakes.answers import a_which_one, an_answer
from fakes.town import first_response, labels, shown

BURST, SECONDS = 3, 20.0
PRIVATE = {"type": 5, "data": {"flags": 64}}


class Counted(Observers):
    """Remembers what became of questions."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: list[str] = []

    def asked(self, guild, outcome) -> None:
        self.outcomes.append(outcome)


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def admission(clock, counted) -> Admission:
    return Admission(allowance=Allowance(BURST, 60 / SECONDS, lambda: clock[0]), observer=counted)


async def use_up(town, who=None) -> None:
    for _ in range(BURST):
        await town.ask("q", who=who)


def test_every_entry_that_costs_something_exists():
    assert NEEDS.keys() >= COSTLY


async def test_one_question_too_many_is_refused_to_the_asker_alone(town, asking, counted):
    await use_up(town)

    result = await town.ask("one more")

    assert result.ephemeral
    assert first_response(town) == PRIVATE
    assert shown(result).startswith("That was a lot at once. Ready for your next one <t:")
    assert len(asking.asked) == BURST
    assert counted.outcomes == ["limited"]


async def test_the_refusal_says_when_to_come_again_and_then_the_question_is_answered(town, asking, clock):
    await use_up(town)
    again = int(re.search(r"<t:(\d+):R>", shown(await town.ask("q")))[1])
    assert 0 < again - time.time() <= SECONDS + 1

    clock[0] += SECONDS

    assert not (await town.ask("q")).ephemeral
    assert len(asking.asked) == BURST + 1


async def test_the_refusal_speaks_korean(town):
    town.speaks_korean(town.alice)
    await use_up(town)
    assert shown(await town.ask("q")).startswith("요청이 한꺼번에 많이 왔어요.")


async def test_another_member_is_not_held_back(town):
    await use_up(town, town.alice)
    assert not (await town.ask("q", who=town.bob)).ephemeral


async def test_neither_moderators_nor_the_owner_are_exempt(town, asking):
    mod = await town.moderator()
    await use_up(town, mod)
    assert (await town.ask("q", who=mod)).ephemeral
    assert len(asking.asked) == BURST


async def test_a_menu_that_was_pressed_too_often_leaves_its_card(town, asking):
    asking.script["rose"] = a_which_one("Rosé", "Rose")
    card = await town.ask("rose")
    for _ in range(BURST - 1):
        await town.ask("q")

    result = await town.press(card, "Rosé")

    assert result.ephemeral
    assert "a lot at once" in shown(result)
    assert labels(card) == ["Rosé", "Rose"]


async def test_buttons_that_cost_nothing_still_work(town, asking):
    asking.script["q"] = an_answer()
    card = await town.ask("q")
    await use_up(town)
    assert "a lot at once" not in shown(await town.press(card, "Sources"))


async def test_where_the_queue_is_full_it_is_said_to_the_asker_alone(town, asking):
    asking.crowded = True

    result = await town.ask("q")

    assert result.ephemeral
    assert first_response(town) == PRIVATE
    assert "Many questions are waiting" in shown(result)
    assert asking.asked == []


async def test_a_bot_about_to_end_takes_no_question_and_says_so(town, asking, admission):
    admission.under_way.closing = True

    result = await town.ask("q")

    assert result.ephemeral
    assert "being restarted" in shown(result)
    assert asking.asked == []


async def test_a_question_that_is_given_up_at_the_end_is_told_so_in_its_place(
    town, asking, admission, catalogue, monkeypatch
):
    begun = asyncio.Event()

    async def hangs(*_: object, **__: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(asking, "ask", hangs)
    waiting = asyncio.create_task(town.ask("q"))
    await begun.wait()

    assert await admission.under_way.finish(0.1, ErrorPath(catalogue).report) == 1

    assert "could not finish this" in shown(await waiting)
