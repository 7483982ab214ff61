"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.guilds import mix_guilds


@pytest.mark.slow
async def test_nothing_of_a_guild_is_read_in_another_one_or_in_private(tmp_path):
    found = await mix_guilds(tmp_path, operations=200)

    print(found)
    assert found.faults == []
    assert found.own > 100
