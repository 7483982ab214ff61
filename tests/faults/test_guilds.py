"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from bot.curation.finding import Finding
from faults.guilds import mix_guilds


@pytest.mark.slow
async def test_nothing_of_a_guild_is_read_in_another_one_or_in_private(tmp_path):
    found = await mix_guilds(tmp_path, operations=200)

    print(found)
    assert found.faults == []
    assert found.own > 100


@pytest.mark.slow
async def test_notes_offered_to_the_wrong_guild_would_be_found(tmp_path, monkeypatch):
    seen, suggest = [], Finding.suggest

    async def suggest_of_the_first(self, guild, *args, **options):
        seen.append(guild)
        return await suggest(self, seen[0], *args, **options)

    monkeypatch.setattr(Finding, "suggest", suggest_of_the_first)

    found = await mix_guilds(tmp_path, operations=100)

    assert any("autocomplete" in fault and "is read by" in fault for fault in found.faults)
