"""Who asks again within ten minutes in the same channel goes on from the last answer; nobody else does."""

from __future__ import annotations

import pytest

from bot import conversations
from bot.conversations import Conversation, Conversations
from fakes.answers import GOLDEN
from fakes.knowing import small_knowing
from index.following import Exchange
from index.results import Answer, NoAnswer
from knowledge.models import Scope

HERE = Conversation(channel=1, person=2)
EXCHANGE = Exchange("who?", ("golden",))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_an_exchange_is_remembered_for_ten_minutes(clock):
    kept = Conversations(clock)
    kept.said(HERE, EXCHANGE)

    clock.now += 600
    assert kept.before(HERE) == EXCHANGE
    clock.now += 1
    assert kept.before(HERE) is None


@pytest.mark.parametrize("other", [Conversation(1, 3), Conversation(9, 2)])
def test_another_person_or_channel_has_another_conversation(clock, other):
    kept = Conversations(clock)
    kept.said(HERE, EXCHANGE)

    assert kept.before(other) is None


def test_no_more_are_kept_than_there_is_room_for(clock, monkeypatch):
    monkeypatch.setattr(conversations, "MOST", 3)
    kept = Conversations(clock)
    for person in range(9):
        kept.said(Conversation(1, person), EXCHANGE)

    assert [person for person in range(9) if kept.before(Conversation(1, person))] == [6, 7, 8]


async def test_what_was_understood_is_said_and_answered(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        first = await small.asking.ask("How many days in a row was Golden No. 1?", Scope(), within=HERE)
        reply = await small.asking.ask("And how many days was that song No. 1 in a row?", Scope(), within=HERE)
        alone = await small.asking.ask("And how many days was that song No. 1 in a row?", Scope())

    assert first.understood == ""
    assert reply.understood == "how many days was Golden No. 1 in a row?"
    assert isinstance(reply.outcome, Answer)
    assert reply.outcome.lines[0].text == GOLDEN
    assert isinstance(alone.outcome, NoAnswer)


async def test_a_name_that_the_question_could_not_be_asked_of_does_not_end_the_conversation(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        await small.asking.ask("How many days in a row was Golden No. 1?", Scope(), within=HERE)
        lost = await small.asking.ask("And Tiger Tea?", Scope(), within=HERE)
        reply = await small.asking.ask("And how many days was that song No. 1 in a row?", Scope(), within=HERE)

    assert isinstance(lost.outcome, NoAnswer)
    assert reply.understood == "how many days was Golden No. 1 in a row?"
