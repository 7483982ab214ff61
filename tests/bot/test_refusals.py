"""What becomes of the close codes of the gateway."""

from __future__ import annotations

from types import SimpleNamespace

import discord
import pytest

from bot.connecting.refusals import refusal
from bot.exit_codes import NEEDS_ADMIN, exit_code


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(SimpleNamespace(close_code=code), shard_id=0, code=code)


@pytest.mark.parametrize("code", [4004, 4012, 4013, 4014])
def test_what_no_restart_puts_right_tells_the_supervisor_so(code):
    error = refusal(closed(code))
    assert error is not None
    assert exit_code(error) == NEEDS_ADMIN
    assert "token" in str(error) if code == 4004 else str(code) in str(error)


@pytest.mark.parametrize("code", [4010, 4011])
def test_a_start_asks_for_the_number_of_shards_anew(code):
    error = refusal(closed(code))
    assert error is not None
    assert exit_code(error) == 1
    assert str(code) in str(error)


def test_intents_that_were_refused_at_the_start_are_the_same():
    assert "4014" in str(refusal(discord.PrivilegedIntentsRequired(0)))


@pytest.mark.parametrize("code", [1000, 1001, 1006, *range(4000, 4004), *range(4005, 4010)])
def test_after_any_other_code_the_bot_may_come_again(code):
    assert refusal(closed(code)) is None
