"""A file that somebody has sent is fetched, or refused in a sentence."""

from __future__ import annotations

from unittest.mock import create_autospec

import aiohttp
import discord
import pytest

from bot import attached
from bot.attached import read
from bot.trying import Patience
from knowledge.errors import Refused


@pytest.fixture
def file(monkeypatch):
    monkeypatch.setattr(attached, "_PATIENCE", Patience(0.0, 0.0, seconds=0.05))
    return create_autospec(discord.Attachment, instance=True)


def status(number: int) -> discord.HTTPException:
    response = create_autospec(aiohttp.ClientResponse, instance=True)
    response.status, response.reason = number, "no"
    return discord.HTTPException(response, "no")


async def test_a_file_whose_connection_dropped_is_fetched_again(file):
    file.read.side_effect = [aiohttp.ServerDisconnectedError(), status(503), b"a,b"]

    assert await read(file) == b"a,b"


@pytest.mark.parametrize("fault", [status(404), status(502), OSError()])
async def test_a_file_that_is_not_given_out_is_refused(file, fault):
    file.read.side_effect = fault

    with pytest.raises(Refused) as refused:
        await read(file)

    assert refused.value.key == "transfer.not_fetched"


async def test_a_file_that_is_gone_is_asked_for_once(file):
    file.read.side_effect = status(404)

    with pytest.raises(Refused):
        await read(file)

    assert file.read.await_count == 1
