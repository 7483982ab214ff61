"""A reply arrives once, whatever the connection does meanwhile."""

from __future__ import annotations

from unittest.mock import create_autospec

import aiohttp
import discord
import pytest

from bot import replying
from bot.rendering.layout import sentence
from bot.replying import NO_PINGS, acknowledge, acknowledge_edit, deliver, deliver_fault


def refused(code: int, status: int = 404) -> discord.HTTPException:
    response = create_autospec(aiohttp.ClientResponse, instance=True)
    response.status, response.reason = status, "no"
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.fixture
def interaction():
    interaction = create_autospec(discord.Interaction, instance=True)
    interaction.response = create_autospec(discord.InteractionResponse, instance=True)
    interaction.followup = create_autospec(discord.Webhook, instance=True)
    interaction.response.is_done.return_value = False
    interaction.created_at = discord.utils.utcnow()
    interaction.extras = {}
    return interaction


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(replying, "_PAUSES", (0, 0))


async def test_who_sees_the_reply_is_said_first(interaction):
    assert await acknowledge(interaction, private=True)

    interaction.response.defer.assert_awaited_once_with(ephemeral=True, thinking=True)


async def test_a_first_response_whose_connection_dropped_is_tried_again(interaction):
    interaction.response.defer.side_effect = [aiohttp.ServerDisconnectedError(), None]

    assert await acknowledge(interaction, private=False)
    assert interaction.response.defer.await_count == 2


async def test_already_acknowledged_on_the_second_try_means_that_the_first_arrived(interaction):
    interaction.response.defer.side_effect = [ConnectionResetError(), refused(40060, 400)]

    assert await acknowledge(interaction, private=False)


async def test_a_dead_interaction_is_left_alone_and_logged(interaction, logged):
    interaction.response.defer.side_effect = refused(10062)

    assert not await acknowledge(interaction, private=False)
    assert [entry["event"] for entry in logged] == ["interaction.too_late"]


async def test_two_dropped_tries_may_both_have_arrived_so_the_reply_is_still_sent(interaction, logged):
    interaction.response.defer.side_effect = aiohttp.ServerDisconnectedError()

    assert await acknowledge(interaction, private=False)
    assert [entry["attempt"] for entry in logged] == [1, 2]


async def test_another_refusal_of_the_first_response_is_a_defect(interaction):
    interaction.response.defer.side_effect = refused(50035, 400)

    with pytest.raises(discord.HTTPException):
        await acknowledge(interaction, private=False)


async def test_a_reply_whose_connection_dropped_is_sent_again(interaction):
    interaction.edit_original_response.side_effect = [aiohttp.ServerDisconnectedError(), TimeoutError(), None]
    view = sentence("hello")

    await deliver(interaction, view)

    assert interaction.edit_original_response.await_count == 3
    sent = interaction.edit_original_response.await_args.kwargs
    assert (sent["view"], sent["allowed_mentions"]) == (view, NO_PINGS)
    assert view.is_finished()


async def test_a_reply_that_cannot_be_sent_raises_at_last(interaction):
    interaction.edit_original_response.side_effect = aiohttp.ServerDisconnectedError()

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await deliver(interaction, sentence("hello"))


@pytest.mark.parametrize("code", [10008, 10015, 10062, 50027])
async def test_a_reply_that_nobody_waits_for_any_more_is_dropped(interaction, code):
    interaction.edit_original_response.side_effect = refused(code)

    await deliver(interaction, sentence("hello"))

    assert interaction.edit_original_response.await_count == 1


async def test_a_fault_on_a_card_that_stays_is_whispered(interaction):
    await acknowledge_edit(interaction)

    await deliver_fault(interaction, view := sentence("sorry"))

    interaction.followup.send.assert_awaited_once_with(view=view, ephemeral=True, allowed_mentions=NO_PINGS)
    interaction.edit_original_response.assert_not_awaited()


async def test_a_fault_before_any_response_is_told_to_the_person_alone(interaction):
    await deliver_fault(interaction, sentence("sorry"))

    interaction.response.defer.assert_awaited_once_with(ephemeral=True, thinking=True)
    interaction.edit_original_response.assert_awaited_once()
