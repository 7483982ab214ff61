"""`/kb list`, `search`, `show` and `stale` as moderators use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.knowing import GOLDEN_NOTE, a_snippet
from fakes.town import first_response, labels, shown
from knowledge.curation import Act

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea", entities=("tiger-tea",))


@pytest.fixture
async def mod(town, small):
    """Somebody with the role that the guild's settings name."""
    role = town.guild.create_role("Moderators")
    settings = await small.use_cases.guilds.settings(town.guild.id)
    await small.use_cases.guilds.change(town.guild.id, replace(settings, moderators=(role.id,)), Act(None, "settings"))
    return town.guild.add_member(town.env.create_user("mod"), roles=[role])


@pytest.fixture
def kb(town, mod):
    async def use(command, **options):
        return await mod.slash(town.channel, f"kb {command}", **options)

    return use


async def test_a_list_shows_what_there_is_here_first_own_then_bundled(town, small, kb):
    await small.add(TEA, town.guild.id)

    result = await kb("list")

    assert result.ephemeral
    assert first_response(town) == {"type": 5, "data": {"flags": 64}}
    assert shown(result).splitlines() == [
        "### Notes: 2",
        TEA.text,
        "-# this server's note · reported · as of 5 November 2025",
        GOLDEN_NOTE.text,
        "-# bundled note · reported · as of 5 November 2025",
    ]
    assert labels(result) == ["Show", "Show"]
