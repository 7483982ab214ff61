"""Removing, restoring, the history of a note and Undo, as moderators use them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rendering import custom_ids
from bot.rendering.people import action_in_words
from fakes.knowing import BY_MIN, ENGLISH, GOLDEN_NOTE, a_snippet
from fakes.town import components, labels, shown
from knowledge.curation import Edit
from knowledge.models import Entity, Scope, Status

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea")
LATER = replace(TEA, text="Tiger Tea opened its Daegu shop in 2025.", status=Status.DISPUTED, as_of="2025-12")
QUESTION = "When did Tiger Tea open its Busan shop?"


@pytest.fixture
async def mod(town):
    return await town.moderator()


@pytest.fixture
def here(town):
    return town.guild.id


async def answered(small, question, guild):
    """What the guild's next answer rests on."""
    outcome = (await small.asking.ask(question, Scope(guild))).outcome
    return [line.text for line in getattr(outcome, "lines", ())]


def ids(result):
    """The custom ids of the buttons, by label."""
    return {c["label"]: c["custom_id"] for c in components(result) if "custom_id" in c}


# --- remove and restore ------------------------------------------------------------------------------------------


async def test_a_removed_note_is_in_no_answer_and_undo_brings_it_back(town, small, mod, here):
    await small.add(TEA, here)

    result = await mod.slash(town.channel, "kb remove", note="tea")

    assert result.ephemeral
    assert TEA.text in shown(result)
    assert await answered(small, QUESTION, here) == []
    undone = await town.press(result, "Undo", who=mod)
    assert shown(undone).splitlines() == ["### Undone. It is as it was before.", f"> {TEA.text}"]
    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_a_removed_bundled_note_is_hidden_in_this_server_alone(town, small, mod, here):
    result = await mod.slash(town.channel, "kb remove", note=GOLDEN_NOTE.id)

    assert "Hidden. No answer in this server" in shown(result)
    assert await answered(small, ENGLISH, here) == []
    assert await answered(small, ENGLISH, here + 1) == [GOLDEN_NOTE.text]


async def test_a_note_that_is_removed_already_is_said_to_be(town, small, mod):
    await mod.slash(town.channel, "kb remove", note=GOLDEN_NOTE.id)

    assert "has been removed already" in shown(await mod.slash(town.channel, "kb remove", note=GOLDEN_NOTE.id))


@pytest.mark.parametrize("command", ["kb remove", "kb restore", "kb history"])
async def test_an_id_that_is_none_is_named_letter_for_letter(town, mod, command):
    result = await mod.slash(town.channel, command, note="**no** @everyone")

    assert shown(result).startswith("There is no note “\\*\\*no\\*\\* \\@\u200beveryone” here.")


@pytest.mark.parametrize("command", ["kb remove", "kb restore", "kb history"])
async def test_an_id_of_nothing_but_spaces_gets_a_sentence(town, mod, command):
    assert "No note was chosen" in shown(await mod.slash(town.channel, command, note="   "))


async def test_a_note_of_another_server_is_unknown_here(town, small, mod, here):
    await small.add(TEA, here + 1)

    for command in ("kb remove", "kb restore", "kb history"):
        result = shown(await mod.slash(town.channel, command, note="tea"))
        assert "There is no note “tea” here" in result
        assert TEA.text not in result
    assert await answered(small, QUESTION, here + 1) == [TEA.text]


async def test_the_button_on_a_page_removes_what_the_page_showed(town, small, mod, here):
    version = await small.add(TEA, here)
    card = await mod.slash(town.channel, "kb history", note="tea")
    await small.curating.save(here, LATER, version.id, BY_MIN)

    overtaken = await press_id(town, mod, card, custom_ids.remove("tea", version.id))

    assert "<@7> has changed this meanwhile (edited, " in shown(overtaken)
    assert f"> {LATER.text}" in shown(overtaken)
    assert await answered(small, "When did Tiger Tea open its Daegu shop?", here) == [LATER.text]
    assert "Removed." in shown(await town.press(overtaken, "Remove anyway", who=mod))
    assert await answered(small, "When did Tiger Tea open its Daegu shop?", here) == []


async def press_id(town, who, card, custom_id):
    """Presses a button that another page carries: swaps its id into a card."""
    message = town.env.backend.get_message(card.response.channel_id, card.response.id)
    waiting = list(message.components)
    while waiting:
        component = waiting.pop(0)
        if component.get("label"):
            component["custom_id"] = custom_id
            break
        waiting = [*component.get("components", []), *waiting]
    return await who.click(card.response, custom_id=custom_id)


async def test_a_removed_note_comes_back_with_restore(town, small, mod, here):
    await small.add(TEA, here)
    await mod.slash(town.channel, "kb remove", note="tea")

    result = await mod.slash(town.channel, "kb restore", note=" tea ")

    assert "Restored. Answers use this note again." in shown(result)
    assert labels(result) == ["Undo"]
    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_restore_puts_the_bundled_text_in_the_place_of_an_own_one(town, small, mod, here):
    await small.add(replace(GOLDEN_NOTE, text="Golden was No. 1 on Spotify for 77 days in a row.", text_ko=None), here)

    result = await mod.slash(town.channel, "kb restore", note=GOLDEN_NOTE.id)

    assert "Answers use the bundled note again" in shown(result)
    assert await answered(small, ENGLISH, here) == [GOLDEN_NOTE.text]


@pytest.mark.parametrize("id", ["tea", GOLDEN_NOTE.id])
async def test_what_is_there_needs_no_restoring(town, small, mod, here, id):
    await small.add(TEA, here)

    result = await mod.slash(town.channel, "kb restore", note=id)

    assert "neither removed nor changed here" in shown(result)
    assert labels(result) == []


# --- undo --------------------------------------------------------------------------------------------------------


async def test_undo_pressed_twice_says_that_it_was_undone_already(town, small, mod, here):
    await small.add(TEA, here)
    removed = await mod.slash(town.channel, "kb remove", note="tea")
    await town.press(removed, "Undo", who=mod)

    again = await town.press(removed, "Undo", who=mod)

    assert "This was undone already" in shown(again)
    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_what_was_undone_can_be_done_again(town, small, mod, here):
    await small.add(TEA, here)
    removed = await mod.slash(town.channel, "kb remove", note="tea")
    undone = await town.press(removed, "Undo", who=mod)

    again = await town.press(undone, "Undo", who=mod)

    assert "Undone. It is no longer there." in shown(again)
    assert await answered(small, QUESTION, here) == []


async def test_undo_under_a_later_change_shows_how_it_is_now(town, small, mod, here):
    first = await small.add(TEA, here)
    removed = await mod.slash(town.channel, "kb remove", note="tea")
    await small.add(LATER, here)

    result = await town.press(removed, "Undo", who=mod)

    assert "<@7> has changed this meanwhile (edited, <t:" in shown(result)
    assert f"> {LATER.text}" in shown(result)
    assert first.id


async def test_undo_works_after_a_restart(town, small, mod, here):
    await small.add(TEA, here)
    removed = await mod.slash(town.channel, "kb remove", note="tea")
    await town.restart()

    assert "Undone" in shown(await town.press(removed, "Undo", who=mod))


async def test_one_moderator_may_undo_what_another_did(town, small, mod, here):
    await small.add(TEA, here)
    await mod.slash(town.channel, "kb remove", note="tea")
    other = await town.moderator("other")
    card = await other.slash(town.channel, "kb history", note="tea")

    assert "Undone" in shown(await town.press(card, "Undo the latest", who=other))
    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_a_change_of_another_server_or_of_nobody_is_gone(town, small, mod, here):
    elsewhere = await small.add(TEA, here + 1)
    removed = await mod.slash(town.channel, "kb remove", note=GOLDEN_NOTE.id)

    for revision in (elsewhere.id, 999_999, 1):
        result = await press_id(town, mod, removed, custom_ids.undo(revision))
        assert shown(result) == "This change is no longer on record, so I can't undo it."
    assert await answered(small, QUESTION, here + 1) == [TEA.text]


async def test_a_whole_import_is_undone_as_one_with_its_number_and_comes_back_as_one(town, small, mod, here):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(12)]
    edits = [Edit("snippet", note.id, note, None) for note in notes]
    made = await small.curating.apply(here, edits, replace(BY_MIN, action="import", batch="import-1"))
    card = await mod.slash(town.channel, "kb history", note="n-3")

    undone = await press_id(town, mod, card, custom_ids.undo(made.versions[3].id))

    assert "All undone. Changes taken back: 12" in shown(undone)
    assert [r.owner for r in await small.store.live(Scope(here)) if r.owner] == []
    assert "undone already" in shown(await press_id(town, mod, card, custom_ids.undo(made.versions[5].id)))
    assert "Changes taken back: 12" in shown(await town.press(undone, "Undo", who=mod))
    assert len([r for r in await small.store.live(Scope(here)) if r.owner]) == 12


async def test_an_import_that_was_taken_back_was_undone_and_its_history_says_so(town, small, mod, here, catalogue):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(3)]
    edits = [Edit("snippet", note.id, note, None) for note in notes]
    made = await small.curating.apply(here, edits, replace(BY_MIN, action="approve", batch="import-12345"))
    card = await mod.slash(town.channel, "kb history", note="n-0")
    await press_id(town, mod, card, custom_ids.take_back("import-12345"))
    assert await small.store.live(Scope(here)) == await small.store.live(Scope())

    card = await mod.slash(town.channel, "kb history", note="n-0")
    for version in made.versions:
        assert "undone already" in shown(await press_id(town, mod, card, custom_ids.undo(version.id)))
    assert "import taken back by" in shown(await mod.slash(town.channel, "kb history", note="n-0"))
    assert action_in_words("take back", catalogue.voice("ko")) == "가져오기 되돌리기"


async def test_an_import_is_not_undone_where_one_of_its_notes_was_changed(town, small, mod, here):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(3)]
    edits = [Edit("snippet", note.id, note, None) for note in notes]
    made = await small.curating.apply(here, edits, replace(BY_MIN, action="import", batch="import-1"))
    await small.add(replace(notes[1], text="Shop number 1 is closed."), here)
    card = await mod.slash(town.channel, "kb history", note="n-0")

    result = await press_id(town, mod, card, custom_ids.undo(made.versions[0].id))

    assert "> Shop number 1 is closed." in shown(result)
    assert len([r for r in await small.store.live(Scope(here)) if r.owner]) == 3


async def test_a_name_is_undone_too(town, small, mod, here):
    entity = Entity("kkotcha", "soloist", "Kkotcha", "꽃차", ("Flower Tea",))
    made = await small.curating.apply(here, [Edit("entity", "kkotcha", entity, None)], BY_MIN)
    card = await mod.slash(town.channel, "kb remove", note=GOLDEN_NOTE.id)

    result = await press_id(town, mod, card, custom_ids.undo(made.versions[0].id))

    assert shown(result).splitlines() == ["### Undone. It is no longer there.", "> Kkotcha · 꽃차 · Flower Tea"]


# --- history -----------------------------------------------------------------------------------------------------


async def test_the_history_shows_who_when_and_the_words_that_changed(town, small, mod, here):
    await small.add(TEA, here)
    await small.add(LATER, here)

    result = await mod.slash(town.channel, "kb history", note="tea")

    assert result.ephemeral
    lines = shown(result).splitlines()
    assert lines[:2] == ["### What was changed", f"> {LATER.text}"]
    assert lines[2].startswith("**2.** edited by <@7>, <t:")
    assert lines[3:6] == [
        "- Text: Tiger Tea opened its ~~Busan~~ **Daegu** shop in ~~2024.~~ **2025.**",
        "- Status: ~~reported~~ **disputed**",
        "- As of: ~~5 November 2025~~ **December 2025**",
    ]
    assert lines[6].startswith("**1.** edited by <@7>")
    assert lines[7] == f"- Text: **{TEA.text}**"
    assert result.response.message.raw_mentions == [] or not result.response.message.mentions


async def test_the_history_of_an_overridden_note_starts_from_the_bundled_one(town, small, mod, here):
    await small.add(replace(GOLDEN_NOTE, text=GOLDEN_NOTE.text.replace("76", "77")), here)

    text = shown(await mod.slash(town.channel, "kb history", note=GOLDEN_NOTE.id))

    assert "for ~~76~~ **77** days" in text
    assert "elsewhere the bundled note is shown" in text


async def test_a_bundled_note_without_changes_says_so(town, mod):
    result = await mod.slash(town.channel, "kb history", note=GOLDEN_NOTE.id)

    assert "has not been changed in this server" in shown(result)
    assert labels(result) == []


async def test_the_history_of_a_removed_note_still_shows_what_it_said(town, small, mod, here):
    await small.add(TEA, here)
    await mod.slash(town.channel, "kb remove", note="tea")

    text = shown(await mod.slash(town.channel, "kb history", note="tea"))

    assert "Removed. /kb restore brings it back." in text
    assert f"**2.** removed by <@{mod.id}>" in text
    assert f"- Text: ~~{TEA.text}~~" in text


async def test_a_long_history_is_turned_page_by_page_also_after_a_restart(town, small, mod, here):
    for n in range(8):
        await small.add(replace(TEA, text=f"Tiger Tea has {n} shops."), here)
    card = await mod.slash(town.channel, "kb history", note="tea")
    assert "1–3 of 8" in shown(card)
    assert labels(card) == ["Older", "Undo the latest"]
    await town.restart()

    await mod.click(card.response, label="Older")
    assert "4–6 of 8" in shown(card)
    assert "~~4~~ **5**" not in shown(card)
    assert "~~3~~ **4**" in shown(card)
    assert labels(card) == ["Newer", "Older", "Undo the latest"]
    await mod.click(card.response, label="Older")
    assert "7–8 of 8" in shown(card)
    await mod.click(card.response, label="Newer")
    assert "4–6 of 8" in shown(card)


async def test_the_latest_change_is_undone_from_the_history(town, small, mod, here):
    await small.add(TEA, here)
    await small.add(LATER, here)
    card = await mod.slash(town.channel, "kb history", note="tea")

    await town.press(card, "Undo the latest", who=mod)

    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_a_history_in_korean_is_korean(town, small, mod, here):
    town.speaks_korean(mod)
    await small.add(TEA, here)
    await small.add(LATER, here)

    text = shown(await mod.slash(town.channel, "kb history", note="tea"))

    assert "### 변경 기록" in text
    assert "- 상태: ~~보도~~ **논란 있음**" in text


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["kb remove", "kb restore", "kb history"])
async def test_a_member_may_not(town, small, here, command):
    await small.add(TEA, here)

    result = await town.alice.slash(town.channel, command, note="tea")

    assert "Only this server's moderators" in shown(result)
    assert await answered(small, QUESTION, here) == [TEA.text]


async def test_who_is_no_moderator_any_more_cannot_undo_or_turn_pages(town, small, mod, here):
    for n in range(5):
        await small.add(replace(TEA, text=f"Tiger Tea has {n} shops."), here)
    card = await mod.slash(town.channel, "kb history", note="tea")
    await town.no_moderators()

    for label in ("Undo the latest", "Older"):
        assert "Only this server's moderators" in shown(await mod.click(card.response, label=label))
    assert len(await small.store.edits.history(here, "snippet", "tea")) == 5


@pytest.mark.parametrize("command", ["kb remove", "kb history", "kb edit", "kb show"])
async def test_notes_are_suggested_to_moderators_of_their_server_alone(town, small, mod, here, command):
    await small.add(TEA, here)
    await small.add(replace(TEA, id="milk", text="Tiger Milk opened in 2024."), here + 1)

    assert await mod.autocomplete(town.channel, command, "note", "tig") == [{"name": TEA.text, "value": "tea"}]
    assert await town.alice.autocomplete(town.channel, command, "note", "tig") == []


async def test_what_can_be_restored_is_suggested_for_it(town, small, mod, here):
    await small.add(TEA, here)
    assert await mod.autocomplete(town.channel, "kb restore", "note", "tig") == []
    await small.remove(TEA.id, here)
    assert await mod.autocomplete(town.channel, "kb restore", "note", "tig") == [{"name": TEA.text, "value": "tea"}]
