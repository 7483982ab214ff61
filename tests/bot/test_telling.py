"""Somebody is told once, whatever the connection does."""

from __future__ import annotations

from unittest.mock import create_autospec

import aiohttp
import discord
import pytest

from bot import telling
from bot.telling import Telling
from bot.trying import Patience
from knowledge.queue import Asker


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(telling, "_PATIENCE", Patience(0.0, 0.0, seconds=0.05))
    client = create_autospec(discord.Client, instance=True)
    client.get_guild.return_value = None
    client.create_dm.return_value = create_autospec(discord.DMChannel, instance=True)
    return client


async def test_a_message_whose_answer_was_lost_is_sent_again_as_the_same_one(client, catalogue):
    send = client.create_dm.return_value.send
    send.side_effect = [aiohttp.ServerDisconnectedError(), TimeoutError(), None]

    await Telling(catalogue).answered(client, 10, [Asker(7, "When?")])

    assert send.await_count == 3
    assert len({call.kwargs["nonce"] for call in send.await_args_list}) == 1


async def test_a_message_that_cannot_be_sent_is_given_up_and_logged(client, catalogue, logged):
    client.create_dm.side_effect = OSError()

    await Telling(catalogue).answered(client, 10, [Asker(7, "When?")])

    assert client.create_dm.await_count > 1
    assert [entry["event"] for entry in logged] == ["telling.given_up"]
