"""The end of the process: what is under way is finished, what takes too long is given up and told so, nothing new."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import discord
import pytest

from bot.rendering.layout import sentence
from bot.replying import deliver
from bot.under_way import UnderWay
from knowledge.errors import Refused

COMMAND, FORM = discord.InteractionType.application_command, discord.InteractionType.modal_submit
TYPING = discord.InteractionType.autocomplete


class People:
    """Whoever was told that their interaction was given up."""

    def __init__(self) -> None:
        self.told: list[object] = []

    async def tell(self, interaction, refusal: Refused) -> None:
        assert refusal.key == "refused.stopped"
        self.told.append(interaction)


@pytest.fixture
def under_way() -> UnderWay:
    return UnderWay()


@pytest.fixture
def people() -> People:
    return People()


def an_interaction(kind=COMMAND):
    async def edit(**_: object) -> None:
        await asyncio.sleep(0)

    return SimpleNamespace(type=kind, extras={}, edit_original_response=edit)


async def handled(under_way: UnderWay, interaction, done: list, seconds: float) -> None:
    under_way.begin(interaction)
    await asyncio.sleep(seconds)
    done.append(interaction)


async def begun(under_way: UnderWay, interaction, done: list, seconds: float) -> asyncio.Task[None]:
    task = asyncio.create_task(handled(under_way, interaction, done, seconds))
    await asyncio.sleep(0)
    return task


async def test_what_is_under_way_is_finished(under_way, people):
    done: list[object] = []
    for seconds in (0.01, 0.05, 0.1):
        await begun(under_way, an_interaction(), done, seconds)

    assert await under_way.finish(5.0, people.tell) == 0

    assert len(done) == 3
    assert (people.told, len(under_way)) == ([], 0)


async def test_what_comes_in_with_the_signal_is_begun_before_it_is_waited_for(under_way, people):
    done: list[object] = []
    sent = asyncio.create_task(handled(under_way, an_interaction(FORM), done, 0.05))

    await under_way.finish(5.0, people.tell)

    assert sent.done()
    assert len(done) == 1


async def test_what_takes_too_long_is_given_up_and_told_so(under_way, people):
    done: list[object] = []
    slow, quick = an_interaction(), an_interaction()
    task = await begun(under_way, slow, done, 60.0)
    await begun(under_way, quick, done, 0.01)

    assert await under_way.finish(0.1, people.tell) == 1

    assert done == [quick]
    assert people.told == [slow]
    assert task.cancelled()


async def test_nobody_is_told_in_the_place_of_a_reply_that_is_on_its_way(under_way, people, catalogue):
    replying = an_interaction()

    async def reply() -> None:
        under_way.begin(replying)
        await deliver(replying, sentence("Saved."))
        await asyncio.sleep(60)

    tasks = [asyncio.create_task(w) for w in (reply(), handled(under_way, an_interaction(TYPING), [], 60.0))]
    await asyncio.sleep(0.01)

    assert await under_way.finish(0.1, people.tell) == len(tasks)
    assert people.told == []


async def test_who_cannot_be_told_does_not_keep_the_process(under_way):
    async def tell(interaction, refusal) -> None:
        await asyncio.sleep(60)

    await begun(under_way, an_interaction(), [], 60.0)
    async with asyncio.timeout(5):
        assert await under_way.finish(0.1, tell) == 1


async def test_nothing_new_is_begun_but_a_form_that_was_written(under_way, people):
    done: list[object] = []
    await under_way.finish(0.1, people.tell)

    with pytest.raises(Refused) as refusal:
        await handled(under_way, an_interaction(), done, 0)
    assert refusal.value.key == "refused.stopping"
    await handled(under_way, an_interaction(FORM), done, 0)
    assert len(done) == 1
