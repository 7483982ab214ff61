"""`/suggest`: what a member proposes waits for the moderators, once, or the member hears what is wrong with it."""

from __future__ import annotations

import pytest
from simcord.backend.errors import SetupError

from bot.curation.suggesting import MOST_WAITING
from fakes.people import form_values
from fakes.town import first_response, labels, shown
from knowledge.curation import Act
from knowledge.guilds import GuildSettings
from knowledge.limits import LONGEST_TEXT

TEA = {
    "text": "Tiger Tea opened its Busan shop in 2024.",
    "url": "https://example.org/tea",
    "title": "Tea in Busan",
    "as_of": "2024-05-02",
    "tell": ["no"],
}


async def waiting(small, town):
    return await small.store.queue.waiting(town.guild.id, 50)


async def suggest(town, fields=TEA, who=None):
    who = who or town.alice
    return await who.submit_modal(await who.slash(town.channel, "suggest"), fields)


async def test_a_suggestion_lands_in_the_queue_with_a_friendly_reply(town, small):
    result = await suggest(town)

    assert result.ephemeral
    assert shown(result).startswith("Thank you!")
    (proposal,) = await waiting(small, town)
    assert (proposal.origin, proposal.author, proposal.tell) == ("suggestion", town.alice.id, False)
    assert (proposal.snippet.text, proposal.snippet.as_of) == (TEA["text"], "2024-05-02")
    assert (proposal.snippet.sources[0].url, proposal.snippet.sources[0].title) == (TEA["url"], TEA["title"])


async def test_who_wants_to_hear_of_it_is_promised_to(town, small):
    assert "I'll tell you" in shown(await suggest(town, {**TEA, "tell": ["yes"]}))
    assert (await waiting(small, town))[0].tell


async def test_the_form_is_the_first_response(town):
    await town.alice.slash(town.channel, "suggest")

    assert first_response(town)["type"] == 9


async def test_the_same_form_sent_twice_is_one_suggestion(town, small):
    form = await town.alice.slash(town.channel, "suggest")
    await town.alice.submit_modal(form, TEA)
    form._interaction.modal_consumed = False

    again = await town.alice.submit_modal(form, TEA)

    assert shown(again).startswith("Thank you!")
    assert len(await waiting(small, town)) == 1


async def test_a_form_that_was_open_during_a_restart_still_arrives(town, small):
    form = await town.alice.slash(town.channel, "suggest")
    await town.restart()

    await town.alice.submit_modal(form, TEA)

    assert len(await waiting(small, town)) == 1


async def test_all_faults_are_told_at_once_and_the_form_opens_again_as_it_was(town, small):
    bad = {**TEA, "url": "no page", "as_of": "2999"}

    result = await suggest(town, bad)

    assert await waiting(small, town) == []
    assert len([line for line in shown(result).splitlines() if line.startswith("- ")]) == 2
    assert labels(result) == ["Edit again"]
    await town.restart()
    form = await town.press(result, "Edit again")
    assert form_values(form) == {**bad, "tell": "no"}
    assert "Thank you" in shown(await town.alice.submit_modal(form, TEA))
    assert len(await waiting(small, town)) == 1


@pytest.mark.parametrize("fault", [{"text": "…"}, {"url": "ftp://example.org"}, {"as_of": "soon"}])
async def test_bad_input_is_refused_in_words(town, small, fault):
    result = await suggest(town, {**TEA, **fault})

    assert "can't be suggested" in shown(result)
    assert await waiting(small, town) == []


async def test_the_form_takes_no_longer_text_than_a_note_may_have(town):
    form = await town.alice.slash(town.channel, "suggest")
    (text,) = [label["component"] for label in form.modal["components"] if label["component"]["custom_id"] == "text"]

    assert text["max_length"] == LONGEST_TEXT


async def test_nobody_else_sees_what_was_written(town, small):
    result = await suggest(town, {**TEA, "url": "no page"})

    form = await town.press(result, "Edit again", who=town.alice)
    token = form.modal["custom_id"].rsplit(":", 1)[-1]
    assert await small.use_cases.suggesting.written(town.guild.id, town.bob.id, token) == {}
    assert await small.use_cases.suggesting.written(99, town.alice.id, token) == {}


async def test_a_member_may_not_fill_the_queue_alone(town, small):
    late = await town.alice.slash(town.channel, "suggest")
    for n in range(MOST_WAITING):
        await suggest(town, {**TEA, "text": f"Tiger Tea opened shop number {n} in 2024."})

    assert "10 of your suggestions" in shown(await town.alice.slash(town.channel, "suggest"))
    assert "10 of your suggestions" in shown(await town.alice.submit_modal(late, TEA))
    assert (await town.bob.slash(town.channel, "suggest")).modal
    assert len(await waiting(small, town)) == MOST_WAITING


async def test_a_guild_may_take_no_suggestions(town, small):
    opened = await town.alice.slash(town.channel, "suggest")
    await small.use_cases.guilds.change(town.guild.id, GuildSettings(suggestions=False), Act(1, "settings"))

    assert "no suggestions" in shown(await town.alice.slash(town.channel, "suggest"))
    assert "no suggestions" in shown(await town.alice.submit_modal(opened, TEA))
    assert await waiting(small, town) == []


async def test_outside_of_a_server_suggest_is_not_offered(town):
    user = town.env.create_user("carol")

    with pytest.raises(SetupError, match="not visible"):
        await user.slash("suggest")


async def test_the_form_speaks_the_persons_language(town):
    town.speaks_korean(town.bob)

    assert (await town.bob.slash(town.channel, "suggest")).modal["title"] == "지식 제안하기"
