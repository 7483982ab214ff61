"""A reply arrives once, whatever the connection does meanwhile."""

from __future__ import annotations

import itertools
from unittest.mock import Mock, create_autospec

import aiohttp
import discord
import pytest
from discord import ui

from bot import replying
from bot.pacing import ServerFault
from bot.rendering.layout import sentence
from bot.replying import NO_PINGS, acknowledge, acknowledge_edit, deliver, deliver_fault, open_form
from bot.trying import Patience

NEVER_CONNECTED = aiohttp.ClientConnectorError(Mock(), OSError())


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
    """Each wait is over at once."""
    monkeypatch.setattr(replying, "_FIRST", Patience(0.0, 0.0, seconds=0.2))
    monkeypatch.setattr(replying, "_REPLY", Patience(0.0, 0.0, seconds=60.0))


@pytest.fixture
def soon_too_late(monkeypatch):
    """Tries of a reply that all fail end soon."""
    monkeypatch.setattr(replying, "_REPLY", Patience(0.0, 0.0, seconds=0.6))


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


async def test_tries_that_were_all_dropped_may_have_arrived_so_the_reply_is_still_sent(interaction, logged):
    interaction.response.defer.side_effect = aiohttp.ServerDisconnectedError()

    assert await acknowledge(interaction, private=False)
    assert [entry["attempt"] for entry in logged][:3] == [1, 2, 3]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_first_response_is_tried_again_after_a_fault_of_discords(interaction, status):
    interaction.response.defer.side_effect = [refused(0, status), None]

    assert await acknowledge(interaction, private=True)
    assert interaction.response.defer.await_count == 2


async def test_a_form_whose_connection_dropped_is_shown_again_and_once(interaction):
    interaction.response.send_modal.side_effect = [aiohttp.ServerDisconnectedError(), refused(40060, 400)]

    await open_form(interaction, ui.Modal(title="A form"))

    assert interaction.response.send_modal.await_count == 2


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


@pytest.mark.usefixtures("soon_too_late")
async def test_a_reply_is_tried_through_any_outage_until_the_token_has_expired(interaction, logged):
    interaction.edit_original_response.side_effect = itertools.cycle(
        [aiohttp.ServerDisconnectedError(), refused(0, 503), refused(0, 429), OSError()]
    )

    await deliver(interaction, sentence("hello"))

    assert interaction.edit_original_response.await_count > 4
    assert logged[-1]["event"] == "reply.given_up"


async def test_a_refused_reply_is_a_defect(interaction):
    interaction.edit_original_response.side_effect = refused(50035, 400)

    with pytest.raises(discord.HTTPException):
        await deliver(interaction, sentence("hello"))


async def test_a_reply_waits_for_a_first_response_that_is_still_under_way(interaction, monkeypatch):
    interaction.response.defer.side_effect = TimeoutError()
    monkeypatch.setattr(replying, "_SETTLED_SECONDS", 60.0)
    interaction.edit_original_response.side_effect = [refused(10015), refused(10015), None]
    await acknowledge(interaction, private=False)

    await deliver(interaction, sentence("hello"))

    assert interaction.edit_original_response.await_count == 3


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


@pytest.mark.parametrize("fault", [ServerFault(503), aiohttp.ServerDisconnectedError(), TimeoutError()])
async def test_a_whisper_that_may_be_there_is_not_sent_again(interaction, fault, logged):
    await acknowledge_edit(interaction)
    interaction.followup.send.side_effect = fault

    await deliver_fault(interaction, sentence("sorry"))

    assert interaction.followup.send.await_count == 1
    assert logged[-1]["event"] == "reply.unsure"


@pytest.mark.parametrize("fault", [refused(0, 429), NEVER_CONNECTED])
async def test_a_whisper_that_surely_did_not_arrive_is_sent_again(interaction, fault):
    await acknowledge_edit(interaction)
    interaction.followup.send.side_effect = [fault, None]

    await deliver_fault(interaction, sentence("sorry"))

    assert interaction.followup.send.await_count == 2


async def test_a_fault_before_any_response_is_told_to_the_person_alone(interaction):
    await deliver_fault(interaction, sentence("sorry"))

    interaction.response.defer.assert_awaited_once_with(ephemeral=True, thinking=True)
    interaction.edit_original_response.assert_awaited_once()
