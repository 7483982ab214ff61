"""`/kb list`, `search`, `show` and `stale` as moderators use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.client import HallyuClient
from bot.roles import NEEDS, Role
from bot.translation import CatalogueTranslator
from fakes.knowing import BY_MIN, GOLDEN_NOTE, PACK, a_snippet
from fakes.nasty import PIECES
from fakes.town import components, first_response, labels, shown
from knowledge.curation import Act, Edit
from knowledge.models import Kind

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea", entities=("tiger-tea",))
COMMANDS = {"list": {}, "search": {"text": "golden"}, "show": {"note": "tea"}, "stale": {}}
UNKNOWN = "There is no note “{}” here. Type a few words of it and choose one, or use /kb search."


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


@pytest.fixture
async def many(town, small):
    """23 notes of the guild."""
    notes = [a_snippet(f"n-{n:02}", f"Shop number {n} of Tiger Tea sells cups.") for n in range(23)]
    await small.curating.apply(town.guild.id, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)


def ids_of(result):
    """The notes on a page, by the buttons that show them."""
    pressed = [c.get("custom_id", "") for c in components(result)]
    return [id.removeprefix("hallyu:show:") for id in pressed if id.startswith("hallyu:show:")]


# --- roles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ["kb list", "kb search", "kb show", "kb stale"])
def test_finding_is_for_moderators(entry):
    assert NEEDS[entry] is Role.MODERATOR


@pytest.mark.parametrize("entry", ["list", "found", "stale", "show"])
def test_its_buttons_are_too(entry):
    assert NEEDS[f"button {entry}"] is Role.MODERATOR


@pytest.mark.parametrize(("command", "options"), COMMANDS.items())
async def test_members_find_nothing(town, small, catalogue, command, options):
    await small.add(TEA, town.guild.id)

    result = await town.alice.slash(town.channel, f"kb {command}", **options)

    assert shown(result) == catalogue.say("refused.moderators_only", "en")


async def test_nothing_is_suggested_to_members(town, small):
    await small.add(TEA, town.guild.id)

    assert await town.alice.autocomplete(town.channel, "kb show", "note", "tea") == []
    assert await town.alice.autocomplete(town.channel, "kb list", "topic", "cha") == []


async def test_who_is_no_moderator_any_more_turns_no_page(town, small, kb, mod, many):
    result = await kb("list")
    settings = await small.use_cases.guilds.settings(town.guild.id)
    await small.use_cases.guilds.change(town.guild.id, replace(settings, moderators=()), Act(None, "settings"))

    await town.press(result, "Next", who=mod)

    assert ids_of(result)[0] == "n-22"


# --- lists -------------------------------------------------------------------------------------------------------


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
    assert ids_of(result) == ["tea", GOLDEN_NOTE.id]


async def test_a_list_is_filtered_by_everything_at_once(town, small, kb, mod):
    act = replace(BY_MIN, user=mod.id)
    await small.curating.save(town.guild.id, TEA, None, act)
    await small.add(a_snippet("cup", "A cup."), town.guild.id)

    result = await kb("list", status="reported", author=mod, age="week", topic="charts", origin="own")

    assert ids_of(result) == ["tea"]
    assert f"by <@{mod.id}> · changed in the last week · topic: charts" in shown(result)
    assert result.response.message.raw_mentions == []


async def test_pages_of_a_list_are_turned_in_its_place_also_after_a_restart(town, kb, mod, many):
    result = await kb("list", origin="own")
    assert ids_of(result) == [f"n-{n:02}" for n in range(22, 12, -1)]
    assert labels(result)[-1] == "Next"

    await town.restart()
    await town.press(result, "Next", who=mod)
    assert first_response(town) == {"type": 6}
    assert ids_of(result) == [f"n-{n:02}" for n in range(12, 2, -1)]
    await town.press(result, "Next", who=mod)
    assert ids_of(result) == ["n-02", "n-01", "n-00"]
    assert labels(result)[-1] == "Previous"
    await town.press(result, "Previous", who=mod)
    assert "Page 2 of 3" in shown(result)


async def test_a_page_that_is_no_longer_there_is_the_last_one(town, small, kb, mod, many):
    result = await kb("list", origin="own")
    await town.press(result, "Next", who=mod)
    for n in range(13):
        await small.remove(f"n-{n:02}", town.guild.id)

    await town.press(result, "Next", who=mod)

    assert "Page" not in shown(result)
    assert len(ids_of(result)) == 10


async def test_a_filter_that_no_button_holds_is_kept(town, small, kb, mod):
    topic = "a-topic-of-an-import-" * 5
    notes = [replace(a_snippet(f"n-{n:02}", f"Cup {n}."), topic=topic) for n in range(11)]
    await small.curating.apply(town.guild.id, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)
    result = await kb("list", topic=topic)

    await town.restart()
    await town.press(result, "Next", who=mod)

    assert ids_of(result) == ["n-00"]


async def test_a_list_that_is_no_longer_kept_says_so(town, small, kb, mod, many):
    result = await kb("search", text="shop number of tiger tea sells cups " * 10)
    await small.store.people.forget(mod.id)

    turned = await town.press(result, "Next", who=mod)

    assert "no longer kept" in shown(turned) + "".join(str(f.components) for f in turned.followups)


async def test_an_empty_list_says_what_to_try(kb):
    assert "/kb search" in shown(await kb("list", topic="nothing"))


@pytest.mark.parametrize("topic", [*PIECES, "x" * 4000])
async def test_a_topic_may_be_anything(kb, topic):
    assert "Notes: 0" in shown(await kb("list", topic="x" + topic))


async def test_topics_are_suggested_while_one_is_typed(town, mod):
    found = await mod.autocomplete(town.channel, "kb list", "topic", "cha")

    assert [(choice["name"], choice["value"]) for choice in found] == [("Charts", "charts")]


# --- search ------------------------------------------------------------------------------------------------------


async def test_a_search_shows_what_is_found(town, small, kb):
    await small.add(TEA, town.guild.id)

    result = await kb("search", text="Where is the shop of Tiger Tea?")

    assert result.ephemeral
    assert ids_of(result) == ["tea"]
    assert shown(result).startswith("### Found: 1\n-# “Where is the shop of Tiger Tea?”")


@pytest.mark.parametrize("text", ["shop", "shop number of tiger tea sells cups " * 10])
async def test_pages_of_a_search_are_turned_also_after_a_restart(town, kb, mod, many, text):
    result = await kb("search", text=text, origin="own")
    first = ids_of(result)

    await town.restart()
    await town.press(result, "Next", who=mod)

    assert "Page 2 of 3" in shown(result)
    assert not set(first) & set(ids_of(result))


async def test_a_search_that_finds_nothing_says_what_to_try(kb):
    assert "Try fewer or other words" in shown(await kb("search", text="xqzt blorf"))


async def test_a_search_is_never_longer_than_a_question(simulation):
    search = simulation.bot.tree.get_command("kb").get_command("search")

    assert search.get_parameter("text").max_value == 500


@pytest.mark.parametrize("text", PIECES)
async def test_whatever_is_searched_for_gets_a_reply_that_pings_nobody(kb, text):
    result = await kb("search", text="x" + text)

    assert "Found: " in shown(result)
    message = result.response.message
    assert not message.mention_everyone
    assert message.raw_mentions == message.raw_role_mentions == []


# --- one note ----------------------------------------------------------------------------------------------------


async def test_a_note_is_shown_with_all_that_is_known(town, small, kb):
    version = await small.add(TEA, town.guild.id)

    result = await kb("show", note="tea")

    assert result.ephemeral
    assert shown(result).splitlines() == [
        "### Note",
        f"> {TEA.text}",
        "-# this server's note · reported · event · as of 5 November 2025",
        "topic: Charts",
        "names: Tiger Tea",
        "ways to ask: busan shop of tiger tea",
        "- Krypton Today · 5 November 2025 · kryptontoday.com · [open](https://kryptontoday.com/?p=10257)",
        shown(result).splitlines()[-1],
    ]
    assert shown(result).splitlines()[-1].startswith("-# version 1 · by <@7> · ")
    assert [c["custom_id"] for c in components(result) if "custom_id" in c] == [
        "hallyu:edit:tea",
        f"hallyu:remove:tea:{version.id}",
        f"hallyu:history:{version.id}",
    ]
    assert result.response.message.raw_mentions == []


async def test_a_note_is_opened_from_a_list_beside_it_also_after_a_restart(town, small, kb, mod):
    await small.add(replace(GOLDEN_NOTE, text="Ours."), town.guild.id)
    result = await kb("list")
    await town.restart()

    note = await mod.click(result.response, custom_id=f"hallyu:show:{GOLDEN_NOTE.id}")

    assert note.ephemeral
    assert "### Notes: 1" in shown(result)
    assert shown(note).index("> Ours.") < shown(note).index(f"> {GOLDEN_NOTE.text}")
    assert "bundled note, changed here" in shown(note)


async def test_a_note_that_went_meanwhile_is_shown_as_removed(town, small, kb, mod):
    await small.add(TEA, town.guild.id)
    result = await kb("list", origin="own")
    await small.remove("tea", town.guild.id)

    note = await mod.click(result.response, custom_id="hallyu:show:tea")

    assert "removed here" in shown(note)
    assert labels(note) == ["History"]


async def test_an_unknown_note_and_one_of_another_guild_look_the_same(town, small, kb):
    await small.add(TEA, town.guild.id + 1)

    assert shown(await kb("show", note="tea")) == UNKNOWN.format("tea")
    assert shown(await kb("show", note="nothing")) == UNKNOWN.format("nothing")


@pytest.mark.parametrize("snippet", [*PIECES, "x" * 4000])
async def test_any_id_gets_a_sentence(kb, snippet):
    assert "There is no note" in shown(await kb("show", note="x" + snippet))


async def test_notes_are_suggested_while_one_is_typed(town, small, mod):
    await small.add(TEA, town.guild.id)
    await small.add(a_snippet("theirs", "Tiger Tea is theirs."), town.guild.id + 1)

    found = await mod.autocomplete(town.channel, "kb show", "note", "tiger bus")

    assert [(choice["name"], choice["value"]) for choice in found] == [(TEA.text, "tea")]


# --- out of date -------------------------------------------------------------------------------------------------


async def test_what_may_be_out_of_date_is_listed_with_its_date(town, small, kb):
    old = replace(GOLDEN_NOTE, kind=Kind.STATE, as_of="2020-01")
    await small.store.sync(replace(PACK, snippets=(old,), digest="old"))
    await small.add(replace(TEA, kind=Kind.STATE, valid_until="2021-03-01"), town.guild.id)

    result = await kb("stale")

    assert result.ephemeral
    assert ids_of(result) == ["tea", old.id]
    assert "as of 5 November 2025 · until 1 March 2021" in shown(result)
    assert "as of January 2020" in shown(result)


async def test_nothing_out_of_date_is_said(kb):
    assert shown(await kb("stale")).endswith("Nothing is out of date.")


async def test_pages_of_what_is_out_of_date_are_turned(town, small, kb, mod):
    notes = [replace(a_snippet(f"n-{n:02}", "Cup."), kind=Kind.STATE, as_of=f"2020-01-{n + 1:02}") for n in range(11)]
    await small.curating.apply(town.guild.id, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)
    result = await kb("stale")

    await town.press(result, "Next", who=mod)

    assert ids_of(result) == ["n-10"]


# --- languages ---------------------------------------------------------------------------------------------------


async def test_pages_are_in_the_persons_language(town, kb, mod):
    town.speaks_korean(mod)

    listed, note = await kb("list"), await kb("show", note=GOLDEN_NOTE.id)

    assert shown(listed).splitlines()[0] == "### 노트 1개"
    assert GOLDEN_NOTE.text_ko in shown(listed)
    assert labels(note) == ["수정", "삭제"]


async def test_what_commands_and_options_say_is_what_the_catalogue_says(simulation, catalogue):
    client: HallyuClient = simulation.bot
    assert isinstance(client.tree.translator, CatalogueTranslator)
    for name in COMMANDS:
        command = client.tree.get_command("kb").get_command(name)
        assert command.description == catalogue.say(f"command.kb.{name}.description", "en")
        for option in command.parameters:
            assert option.description.__str__() == catalogue.say(f"command.kb.{name}.{option.name}", "en")
