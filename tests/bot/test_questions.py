"""`/ask` and **Answer this** as people use them."""

from __future__ import annotations

import discord
import pytest

from fakes.answers import a_decline, a_which_one, an_answer
from fakes.nasty import PIECES
from fakes.town import first_response, labels, shown
from knowledge.errors import HallyuError, Refused, Unwritable
from knowledge.models import Scope


async def test_an_answer_comes_as_a_public_card(town, asking):
    asking.script["how long was golden no. 1?"] = an_answer()

    result = await town.ask("how long was golden no. 1?")

    assert not result.ephemeral
    assert "76 days in a row" in shown(result)
    assert labels(result) == ["Sources", "Why?", "👍", "👎"]


async def test_the_first_response_is_a_deferral_so_that_it_is_in_time(town):
    await town.ask("anything")

    assert first_response(town) == {"type": 5}


async def test_a_private_answer_is_private_from_the_first_response_on(town, asking):
    asking.script["q"] = an_answer()

    result = await town.ask("q", private=True)

    assert first_response(town) == {"type": 5, "data": {"flags": 64}}
    assert result.ephemeral
    assert labels(result)[-1] == "Share"


async def test_a_question_in_a_guild_sees_that_guild(town, asking):
    await town.ask("q")

    assert asking.asked == [("q", Scope(town.guild.id))]


async def test_a_question_in_a_dm_sees_the_pack_alone(town, asking):
    asking.script["q"] = an_answer()
    user = town.env.create_user("carol")

    result = await user.slash("ask", question="q", private=True)

    assert asking.asked == [("q", Scope(None))]
    assert "Share" not in labels(result)


async def test_a_question_where_the_bot_is_no_member_sees_the_pack_alone(town, asking):
    town.bot_leaves()

    await town.ask("q")

    assert asking.asked == [("q", Scope(None))]


async def test_who_may_not_write_in_the_channel_gets_a_private_answer_that_cannot_be_shared(town, asking):
    asking.script["q"] = an_answer()
    news = town.read_only_channel("news")

    result = await town.alice.slash(news, "ask", question="q")

    assert result.ephemeral
    assert "Share" not in labels(result)


async def test_a_decline_and_a_counter_question_are_cards_too(town, asking):
    asking.script["unknown"] = a_decline("Charts")
    asking.script["rose"] = a_which_one("Rosé", "Rose")

    assert "I don't know" in shown(await town.ask("unknown"))
    assert labels(await town.ask("rose")) == ["Rosé", "Rose"]


@pytest.mark.slow
async def test_whatever_is_asked_gets_a_reply_that_pings_nobody(town):
    for piece in PIECES:
        result = await town.ask("x" + piece)

        assert "I don't know" in shown(result), piece
        message = result.response.message
        assert not message.mention_everyone, piece
        assert message.raw_mentions == message.raw_role_mentions == [], piece


async def test_ids_of_people_and_emoji_are_no_part_of_a_question(town, asking):
    await town.ask("<@123456789012345678> who is <:jimin:123456789012345678> in <#123456789012345678> ?")

    assert asking.asked[0][0].split() == ["who", "is", "in", "?"]


async def test_a_refusal_is_said_in_the_persons_language(town, asking):
    asking.script["q"] = Refused("refused.too_long", "Too long.")
    town.speaks_korean(town.bob)

    assert shown(await town.ask("q")) == "That is too long: a question can have up to 500 characters."
    assert shown(await town.ask("q", who=town.bob)) == "질문이 너무 길어요. 500자까지 쓸 수 있어요."


async def test_a_fault_of_the_host_is_logged_and_tells_the_member_no_path(town, asking, logged):
    asking.script["q"] = HallyuError("The disk with /data/hallyu.db is full.")

    text = shown(await town.ask("q"))

    entry = next(entry for entry in logged if entry["event"] == "error.inside")
    assert f"`{entry['error_id']}`" in text
    assert "/data" not in text


async def test_a_full_disk_is_told_in_words_and_logged_with_its_path(town, asking, logged):
    asking.script["q"] = Unwritable("refused.disk_full", "The disk with /data/hallyu.db is full.")

    text = shown(await town.ask("q"))

    assert text.startswith("Nothing was saved: this bot's disk is full.")
    assert [entry["cause"] for entry in logged if entry["event"] == "store.not_written"] == [str(asking.script["q"])]


async def test_a_defect_is_logged_under_the_id_that_the_person_sees(town, asking, logged):
    asking.script["q"] = ZeroDivisionError("secret detail")

    text = shown(await town.ask("q"))

    entry = next(entry for entry in logged if entry["event"] == "error.inside")
    assert f"`{entry['error_id']}`" in text
    assert "secret" not in text
    assert isinstance(entry["exc_info"], ZeroDivisionError)


async def test_a_message_is_answered_with_a_link_to_it(town, asking):
    asking.script["how long was golden no. 1?"] = an_answer()
    message = await town.bob.send(town.channel, "how long was golden no. 1?")

    result = await town.alice.context_menu(town.channel, "Answer this", message)

    assert not result.ephemeral
    assert f"[this message]({message.jump_url})" in shown(result)
    assert "> how long was golden no. 1?" in shown(result)


async def test_a_forwarded_message_is_answered_by_what_it_forwards(town, asking):
    original = await town.bob.send(town.channel, "how long was golden no. 1?")
    forward = await town.bob.forward(original, town.channel)

    await town.alice.context_menu(town.channel, "Answer this", forward)

    assert asking.asked[0][0] == "how long was golden no. 1?"


async def test_a_message_without_text_gets_a_sentence(town, asking):
    message = await town.bob.send(town.channel, "<:x:123456789012345678>")

    result = await town.alice.context_menu(town.channel, "Answer this", message)

    assert shown(result) == "This message has no text that I could answer."
    assert asking.asked == []


async def test_answering_a_message_in_a_read_only_channel_stays_private(town, asking):
    news = town.read_only_channel("news")
    message = await town.owner_says(news, "how long?")

    result = await town.alice.context_menu(news, "Answer this", message)

    assert result.ephemeral


async def test_nothing_of_a_question_is_kept_in_memory_by_the_client(town, asking, simulation):
    asking.script["q"] = an_answer()

    for _ in range(3):
        await town.ask("q", private=True)

    assert isinstance(simulation.bot, discord.AutoShardedClient)
    assert simulation.bot.persistent_views == []
    assert simulation.bot._connection._view_store._views == {}
