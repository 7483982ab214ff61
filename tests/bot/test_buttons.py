"""Buttons do what they say, also on messages from before a restart."""

from __future__ import annotations

import dataclasses

import pytest

from fakes.answers import GOLDEN, GOLDEN_KO, a_which_one, an_answer
from fakes.town import first_response, labels, shown
from knowledge.models import Scope


@pytest.fixture
async def card(town, asking):
    asking.script["q"] = an_answer()
    return await town.ask("q")


@pytest.fixture
async def private_card(town, asking):
    asking.script["q"] = an_answer()
    return await town.ask("q", private=True)


async def test_sources_shows_the_notes_to_the_person_alone(town, card):
    result = await town.press(card, "Sources", who=town.bob)

    assert result.ephemeral
    assert GOLDEN in shown(result)
    assert "bundled notes · reported · as of 5 November 2025" in shown(result)
    assert "[open](https://kryptontoday.com/?p=10257)" in shown(result)


async def test_sources_of_a_korean_answer_are_korean_whatever_the_persons_discord_speaks(town, asking):
    asking.script["q"] = an_answer(language="ko")

    result = await town.press(await town.ask("q"), "출처")

    assert GOLDEN_KO in shown(result)
    assert "What the answer is based on" in shown(result)


async def test_sources_that_have_all_changed_are_said_to_have(town, asking, card):
    asking.revisions = []

    assert "changed or withdrawn" in shown(await town.press(card, "Sources"))


async def test_why_shows_the_receipt(town, asking):
    receipt = {"model": "small", "candidates": [{"snippet": "golden-76", "score": 0.9123, "names": 0.0}]}
    asking.script["q"] = dataclasses.replace(an_answer(), receipt=receipt)

    result = await town.press(await town.ask("q"), "Why?")

    assert result.ephemeral
    assert shown(result).splitlines()[1:] == [
        "**model**: small",
        "**notes compared**",
        "- note golden-76 · match 0.912",
    ]


async def test_a_vote_is_noted_and_thanked_for_in_private(town, asking, card):
    result = await town.press(card, "👍", who=town.bob)

    assert result.ephemeral
    assert shown(result).startswith("Thank you.")
    assert list(asking.votes.values()) == [1]
    assert next(iter(asking.votes))[1] == town.bob.id


async def test_a_vote_against_an_answer_counts_at_once_and_asks_for_a_reason(town, asking, card):
    form = await town.press(card, "👎", who=town.bob)

    assert form.modal["title"] == "Thank you, your 👎 counts"
    assert list(asking.votes.values()) == [-1]
    await town.restart()
    result = await town.bob.submit_modal(form, {"reason": " The date is wrong. "})
    assert result.ephemeral
    assert "moderators of this server will see" in shown(result)
    assert list(asking.reasons.values()) == ["The date is wrong."]


async def test_a_form_without_a_reason_is_thanked_for_too(town, asking, card):
    form = await town.press(card, "👎", who=town.bob)

    assert shown(await town.bob.submit_modal(form, {"reason": " "})).startswith("Thank you. Your 👎 is noted")
    assert asking.reasons == {}


async def test_a_vote_on_nothing_shown_asks_for_no_reason(town, asking, card):
    asking.revisions = []

    assert shown(await town.press(card, "👎")).startswith("Thank you. Your 👎 is noted")


async def test_outside_of_a_server_nobody_would_read_a_reason(town, asking):
    asking.script["q"] = an_answer()
    carol = town.env.create_user("carol")
    card = await carol.slash("ask", question="q")

    result = await carol.click(card.response, label="👎")

    assert shown(result).startswith("Thank you. Your 👎 is noted")
    assert list(asking.votes.values()) == [-1]


@pytest.mark.parametrize("label", ["Sources", "Why?", "👍", "👎", "Share"])
async def test_buttons_of_an_old_answer_say_that_it_is_no_longer_on_record(town, asking, private_card, label):
    asking.records.clear()

    assert "no longer on record" in shown(await town.press(private_card, label))


async def test_an_answer_whose_notes_have_changed_is_not_shared(town, asking, private_card, monkeypatch):
    monkeypatch.setattr(asking, "proves", False)

    result = await town.press(private_card, "Share")

    assert result.ephemeral
    assert "can't be shared as it stands" in shown(result)


@pytest.mark.parametrize("label", ["Sources", "Why?", "👍", "👎", "Share"])
async def test_every_button_survives_a_restart(town, private_card, label):
    await town.restart()

    result = await town.press(private_card, label)

    assert result.acknowledged
    assert result.modal or "no longer" not in shown(result)


async def test_buttons_speak_the_persons_language(town, card):
    town.speaks_korean(town.bob)

    assert shown(await town.press(card, "👍", who=town.bob)) == "고마워요. 👍 의견을 기록했어요."


async def test_sharing_posts_the_answer_for_everybody_with_the_name_and_no_ping(town, private_card):
    result = await town.press(private_card, "Share")

    assert not result.ephemeral
    assert shown(result).splitlines()[:2] == ["-# Shared by alice", "> q"]
    assert GOLDEN in shown(result)
    assert "Share" not in labels(result)
    assert result.response.message.raw_mentions == []


async def test_who_lost_the_right_to_write_cannot_share(town, private_card):
    town.forbid_writing(town.channel)

    result = await town.press(private_card, "Share")

    assert result.ephemeral
    assert "can't write in this channel" in shown(result)


async def test_a_choice_of_the_person_who_asked_replaces_the_card(town, asking):
    asking.script["who is rose?"] = a_which_one("Rosé (BLACKPINK)", "Rose (film)")
    asking.script["who is rose? @entity-0"] = an_answer()
    card = await town.ask("who is rose?")
    await town.restart()

    result = await town.press(card, "Rosé (BLACKPINK)")

    assert first_response(town) == {"type": 6}
    assert asking.asked[-1] == ("who is rose? @entity-0", Scope(town.guild.id))
    assert GOLDEN in shown(card)
    assert result.followups == []


async def test_a_choice_of_somebody_else_leaves_the_card_alone(town, asking):
    asking.script["who is rose?"] = a_which_one("Rosé", "Rose")
    asking.script["who is rose? @entity-0"] = an_answer()
    card = await town.ask("who is rose?")

    result = await town.press(card, "Rosé", who=town.bob)

    assert result.ephemeral
    assert GOLDEN in shown(result)
    assert "Which one" in shown(card)


async def test_a_choice_from_a_menu_works_too(town, asking):
    asking.script["which?"] = a_which_one(*(f"Meaning {n}" for n in range(9)))
    card = await town.ask("which?")
    await town.restart()

    await town.alice.select(card.response, ["entity-7"])

    assert asking.asked[-1][0] == "which? @entity-7"


async def test_a_question_full_of_markup_is_asked_again_letter_for_letter(town, asking):
    question = r"*who* _is_ [rose](x) \ ~~`@everyone`~~ # 1. <b> :smile: https://a.b/(c)?"
    asking.script[question] = a_which_one("Rosé", "Rose")

    await town.press(await town.ask(question), "Rose")

    assert asking.asked[-1][0] == question + " @entity-1"


async def test_a_choice_on_an_answered_message_keeps_the_link_to_it(town, asking):
    asking.script["who is rose?"] = a_which_one("Rosé", "Rose")
    message = await town.bob.send(town.channel, "who is rose?")
    card = await town.alice.context_menu(town.channel, "Answer this", message)

    await town.press(card, "Rose")

    assert message.jump_url in shown(card)


async def test_a_choice_asks_the_question_as_it_was_understood(town, asking):
    asking.understood["and she?"] = "who is *rose*?"
    asking.script["and she?"] = a_which_one("Rosé", "Rose")
    card = await town.ask("and she?")
    await town.restart()

    await town.press(card, "Rose")

    assert asking.asked[-1][0] == "who is *rose*? @entity-1"
    assert "Understood as" in shown(card)


async def test_a_choice_that_fails_tells_the_person_and_keeps_the_card(town, asking, logged):
    asking.script["who is rose?"] = a_which_one("Rosé", "Rose")
    asking.script["who is rose? @entity-1"] = ZeroDivisionError()
    card = await town.ask("who is rose?")

    result = await town.press(card, "Rose")

    assert "Which one" in shown(card)
    [followup] = result.followups
    assert followup.ephemeral
    assert any(entry["event"] == "error.inside" for entry in logged)


async def test_a_button_that_fails_tells_the_person(town, asking, card, logged, monkeypatch):
    async def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(asking, "receipt", fail)

    result = await town.press(card, "Why?")

    entry = next(entry for entry in logged if entry["event"] == "error.inside")
    assert entry["error_id"] in shown(result)
