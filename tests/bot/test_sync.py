"""Discord is told about the commands when they have changed, and only then."""

from __future__ import annotations

import pytest
from discord import Locale, app_commands

from fakes.town import Town


def syncs(town: Town) -> int:
    return sum(request.method == "PUT" and request.path.endswith("/commands") for request in town.env.http_requests)


async def test_the_first_start_syncs_and_the_next_does_not(town):
    assert syncs(town) == 1

    await town.restart()

    assert syncs(town) == 1


async def test_a_changed_command_is_synced(town, store, simulation):
    await store.keep_note(f"commands_hash:{simulation.bot.application_id}", "of an older version")

    await town.restart()

    assert syncs(town) == 2


async def test_a_sync_that_is_asked_for_is_done(town, simulation):
    await simulation.bot.sync()

    assert syncs(town) == 2


async def test_a_sync_that_discord_refuses_stops_nothing_and_is_tried_again(town, store, simulation, logged):
    key = f"commands_hash:{simulation.bot.application_id}"
    await store.keep_note(key, "of an older version")
    simulation.inject_error("PUT", "/applications/*/commands", status=403, code=50001, message="Missing Access")

    await town.restart()

    assert [entry["event"] for entry in logged] == ["commands.not_synced"]
    assert await store.note(key) == "of an older version"
    assert (await town.ask("still there?")).acknowledged


MENUS = {"Answer this", "Save as knowledge"}
DESIGN = {"ask", "help", "kb", "name", "privacy", "setup", "status", "suggest", "topics"} | MENUS
"""The names that are promised to people; a command may come later, but none under another name."""


@pytest.fixture
async def payloads(simulation):
    tree = simulation.bot.tree
    return [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]


async def test_the_commands_are_those_of_the_design(payloads):
    assert sorted(command["name"] for command in payloads) == [
        "Answer this",
        "Save as knowledge",
        "ask",
        "help",
        "kb",
        "name",
        "privacy",
        "setup",
        "status",
        "suggest",
        "topics",
    ]
    assert all(command["name"].isascii() for command in payloads)
    anywhere = {"Answer this", "ask", "help", "privacy", "topics"}
    for command in payloads:
        places = ([0, 1, 2], [0, 1]) if command["name"] in anywhere else ([0], [0])
        assert (command["contexts"], command["integration_types"]) == places, command["name"]


async def test_every_description_is_the_catalogues_in_both_languages(payloads, catalogue):
    for command in payloads:
        for key, payload in described(command) if command["type"] == 1 else ():
            assert payload["description"] == catalogue.say(key, "en")
            assert payload["description_localizations"] == {Locale.korean.value: catalogue.say(key, "ko")}


async def test_every_choice_has_a_korean_name(payloads, catalogue):
    names = {}
    for command in payloads:
        for key, payload in described(command) if command["type"] == 1 else ():
            for choice in payload.get("choices", ()):
                names[key, choice["value"]] = choice.get("name_localizations", {}).get("ko")

    assert [place for place, name in names.items() if not name] == []
    assert names["command.kb.add.kind", "state"] == "바뀔 수 있음"
    assert names["command.kb.list.age", "day"] == "하루 안에 바뀜"
    assert names["command.kb.export.what", "overrides"] == "기본 노트를 대신하는 것만"


def described(command, above="command"):
    """The payload of a command or group and of everything in it, with the keys of their descriptions."""
    path = f"{above}.{command['name']}"
    yield f"{path}.description", command
    for option in command["options"]:
        if option["type"] in (1, 2):
            yield from described(option, path)
        else:
            yield f"{path}.{option['name']}", option


async def test_the_catalogue_describes_no_command_that_is_gone(payloads, catalogue):
    described = {key.split(".")[1] for key in catalogue.texts["en"] if key.startswith("command.")}

    assert described == {command["name"] for command in payloads if command["type"] == 1}


async def test_a_command_that_discord_still_shows_but_that_is_gone_is_explained(town, simulation):
    simulation.bot.tree.remove_command("topics")

    result = await town.alice.slash(town.channel, "topics")

    assert "This command has changed." in result.response.message.components[0].content
    assert isinstance(simulation.errors[0], app_commands.CommandNotFound)
