"""What goes wrong before a command is reached is told as what goes wrong in it."""

from __future__ import annotations

import pytest

from fakes.cheating import Cheat
from fakes.town import shown
from knowledge.errors import HallyuError


@pytest.fixture
def damaged(small, monkeypatch):
    async def fail(guild):
        raise HallyuError("The database is damaged.")

    monkeypatch.setattr(small.store.settings, "settings", fail)


@pytest.mark.usefixtures("damaged")
async def test_a_database_that_fails_while_the_role_is_looked_up_is_told_with_an_id(town, logged):
    result = await town.alice.slash(town.channel, "help")

    entry = next(entry for entry in logged if entry["event"] == "error.inside")
    assert result.ephemeral
    assert entry["error_id"] in shown(result)


@pytest.mark.usefixtures("damaged")
async def test_while_something_is_typed_such_a_fault_is_logged_and_nothing_offered(town, logged):
    result = await Cheat(town, town.alice, town.channel).type("kb show", "note")

    assert result.autocomplete_choices == []
    assert [entry["event"] for entry in logged] == ["suggestions.failed"]
