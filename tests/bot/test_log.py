"""Every change is posted in the log channel, once, and none waits for it or fails with it."""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import discord
import pytest

from bot.trying import Patience
from fakes.knowing import GOLDEN_NOTE, a_snippet
from knowledge.curation import Act, Edit
from knowledge.errors import Unwritable
from knowledge.guilds import GuildSettings
from knowledge.models import LANGUAGES, Entity, Scope
from knowledge.queue import Proposal

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.")


@pytest.fixture
async def channel(town, small):
    channel = town.guild.create_text_channel("log")
    await set_log(town, small, channel)
    return channel


async def posted(town):
    """Waits until nothing is being posted any more."""
    while tasks := {task for task in asyncio.all_tasks() if task.get_name().startswith("log-posts-")}:
        await asyncio.wait(tasks, timeout=5)
    await town.env.settle()


async def set_log(town, small, channel, **settings):
    kept = GuildSettings(log_channel=channel.id if channel else None, **settings)
    await small.use_cases.guilds.change(town.guild.id, kept, Act(town.bob.id, "setup-log"))
    await posted(town)


async def change(town, small, *edits, **act):
    outcome = await small.curating.apply(town.guild.id, edits, Act(town.alice.id, **{"action": "add", **act}))
    await posted(town)
    return outcome


def texts(message):
    return [c.content for c in message.components[0].children if c.type is discord.ComponentType.text_display]


def buttons(message):
    rows = [c for c in message.components[0].children if c.type is discord.ComponentType.action_row]
    return {button.label: button.custom_id for row in rows for button in row.children}


async def test_a_change_is_posted_with_who_what_and_which_note(town, small, channel):
    outcome = await change(town, small, Edit("snippet", "tea", TEA, None))

    post = channel.history()[-1]
    assert texts(post) == [f"<@{town.alice.id}> added a note", f"> {TEA.text}", "-# in Discord · tea"]
    assert buttons(post) == {"Show": "hallyu:show:tea", "Undo": f"hallyu:undo:{outcome.versions[0].id}"}


async def test_nobody_is_pinged(town, small, channel):
    await change(town, small, Edit("snippet", "tea", replace(TEA, text=f"@everyone <@{town.bob.id}> x"), None))

    post = channel.history()[-1]
    assert not post.mention_everyone
    assert post.raw_mentions == []


async def test_a_long_note_is_cut(town, small, channel):
    await change(town, small, Edit("snippet", "tea", replace(TEA, text="word " * 100), None))

    assert len(texts(channel.history()[-1])[1]) <= 2 + 80


async def test_the_post_of_a_removal_says_what_was_there(town, small, channel):
    made = await change(town, small, Edit("snippet", "tea", TEA, None))
    await change(town, small, Edit("snippet", "tea", None, made.versions[0].id), action="remove")

    assert texts(channel.history()[-1])[:2] == [f"<@{town.alice.id}> removed a note", f"> {TEA.text}"]


async def test_the_post_of_a_bundled_note_that_is_hidden_says_which(town, small, channel):
    await small.curating.remove(town.guild.id, GOLDEN_NOTE.id, None, Act(town.alice.id, "remove"))
    await posted(town)

    assert "76 days in a row" in texts(channel.history()[-1])[1]


async def test_the_change_that_sets_the_channel_is_the_first_post(town, small):
    await change(town, small, Edit("snippet", "tea", TEA, None))
    channel = town.guild.create_text_channel("log")
    await set_log(town, small, channel)

    assert [texts(post)[0] for post in channel.history()] == [f"<@{town.bob.id}> changed the log channel"]


async def test_settings_are_posted_without_buttons(town, small, channel):
    await small.use_cases.setting.switch(town.guild.id, "private", True, town.bob.id)
    await posted(town)

    assert texts(channel.history()[-1])[0] == f"<@{town.bob.id}> made answers private by default"
    assert buttons(channel.history()[-1]) == {}


async def test_what_is_no_edit_is_posted_too(town, small, channel):
    await small.store.queue.propose(town.guild.id, [Proposal("p", "suggestion", TEA, town.bob.id)])
    await small.store.queue.reject(town.guild.id, "p", None, Act(town.alice.id, "reject"), "p")
    await posted(town)

    assert texts(channel.history()[-1])[:2] == [
        f"<@{town.alice.id}> rejected a proposed note",
        f"> {TEA.text}",
    ]


async def test_an_import_is_one_post_that_takes_all_of_it_back(town, small, channel):
    edits = [Edit("snippet", f"n-{n}", replace(TEA, id=f"n-{n}", text=f"Shop {n}."), None) for n in range(30)]
    outcome = await change(town, small, *edits, action="import", batch="b")

    [_, post] = channel.history()
    assert texts(post)[0] == f"<@{town.alice.id}> imported notes (30 at once)"
    assert buttons(post)["Undo"] in {f"hallyu:undo:{version.id}" for version in outcome.versions}


async def test_a_guild_without_a_log_channel_posts_nothing(town, small):
    await change(town, small, Edit("snippet", "tea", TEA, None))

    assert town.channel.history() == []


async def test_changes_of_another_guild_are_not_posted(town, small, channel):
    await small.curating.save(town.guild.id + 1, TEA, None, Act(town.alice.id, "add"))
    await posted(town)

    assert len(channel.history()) == 1


async def test_a_channel_of_another_guild_gets_nothing(town, small):
    other = town.env.create_guild("Others").create_text_channel("theirs")
    await set_log(town, small, other)

    assert other.history() == []


async def test_a_channel_that_is_gone_is_logged_once_and_stops_no_change(town, small, channel, logged):
    town.env.backend.delete_channel(channel.id)
    await posted(town)
    for n in range(3):
        await change(town, small, Edit("snippet", f"n-{n}", replace(TEA, id=f"n-{n}"), None))

    assert [(e["event"], e["fault"]) for e in logged] == [("log.channel_unusable", "gone")]
    assert len(await small.store.edits.log(town.guild.id, 9)) == 4


async def test_a_channel_closed_to_the_bot_is_logged_once_and_again_after_it_worked(town, small, channel, logged):
    town.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    await change(town, small, Edit("snippet", "a", replace(TEA, id="a"), None))
    await change(town, small, Edit("snippet", "b", replace(TEA, id="b"), None))

    assert [(e["event"], e["fault"]) for e in logged] == [("log.channel_unusable", "forbidden")]
    assert texts(channel.history()[-1])[-1] == "-# in Discord · b"


async def test_a_post_that_discord_refuses_keeps_back_none_after_it(town, small, channel, logged):
    town.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message="Invalid Form Body")
    await change(town, small, Edit("snippet", "a", replace(TEA, id="a"), None))
    await change(town, small, Edit("snippet", "b", replace(TEA, id="b"), None))

    assert [entry["event"] for entry in logged] == ["log.not_posted"]
    assert [texts(post)[-1] for post in channel.history()[1:]] == ["-# in Discord · b"]


async def test_what_somebody_did_to_a_note_without_changing_it_says_which(town, small, channel):
    await change(town, small, Edit("snippet", "tea", TEA, None))
    scope = Scope(town.guild.id)
    shown = await small.asking.ask("When did Tiger Tea open its Busan shop?", scope)
    assert await small.asking.vote(shown.answer_id, town.bob.id, -1, scope, "wrong year")
    complaining = small.use_cases.complaining
    (note,) = await complaining.criticised(town.guild.id)
    await complaining.note_shown(town.guild.id, town.alice.id, {note.id: note.complaints})
    assert await complaining.settle(town.guild.id, "tea", town.alice.id) == 1
    assert await complaining.settle(town.guild.id, "tea", town.alice.id) == 0
    await posted(town)

    assert texts(channel.history()[-1])[:2] == [f"<@{town.alice.id}> dealt with a complaint", f"> {TEA.text}"]
    assert buttons(channel.history()[-1]) == {}


async def test_an_action_that_has_no_words_yet_is_posted_too(town, small, channel):
    await change(town, small, Edit("snippet", "tea", TEA, None), action="polish")

    assert texts(channel.history()[-1])[0] == f"<@{town.alice.id}> changed something"


def test_every_action_has_words(catalogue):
    code = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("bot"))).rglob("*.py"))
    actions = {action.replace(" ", "-") for action in re.findall(r'Act\([\w.]+, "([a-z -]+)"', code)}

    assert actions >= {"setup-log", "setup-moderators"}
    for language in LANGUAGES:
        assert {action for action in actions if f"log.did.{action}" not in catalogue.voice(language)} == set()


async def test_what_discord_did_not_take_is_posted_later(town, small, channel, monkeypatch, logged):
    send, failures = discord.TextChannel.send, [OSError("gone"), OSError("gone still")]

    async def faulty(*args, **options):
        if failures:
            raise failures.pop()
        return await send(*args, **options)

    monkeypatch.setattr(discord.TextChannel, "send", faulty)
    monkeypatch.setattr("bot.cogs.log.RETRIES", Patience(0.0, 0.0, seconds=math.inf))
    await change(town, small, Edit("snippet", "tea", TEA, None))

    assert [entry["event"] for entry in logged] == ["log.unreachable"] * 2
    assert texts(channel.history()[-1])[1] == f"> {TEA.text}"


async def test_what_was_posted_is_not_posted_again_where_the_disk_took_no_note_of_it(town, small, channel, monkeypatch):
    keep = small.store.settings.keep_log_mark
    refusals = [Unwritable("refused.disk_full", "The disk is full.")]

    async def full(*args):
        if refusals:
            raise refusals.pop()
        await keep(*args)

    monkeypatch.setattr(small.store.settings, "keep_log_mark", full)
    await change(town, small, Edit("snippet", "tea", TEA, None))
    await change(town, small, Edit("snippet", "milk", replace(TEA, id="milk"), None))

    assert refusals == []
    assert len(channel.history()) == 3  # the channel was set, and two notes


async def test_what_was_changed_while_the_bot_was_away_is_posted_at_the_start_and_only_once(town, small, channel):
    await town.env.bot.remove_cog("Log")
    await change(town, small, Edit("snippet", "tea", TEA, None))
    assert len(channel.history()) == 1

    await town.restart()
    await posted(town)
    said = [texts(post)[0].partition("> ")[2] for post in channel.history()]
    assert said == ["changed the log channel", "added a note"]

    await town.restart()
    await posted(town)
    assert len(channel.history()) == 2


async def test_a_post_that_is_on_its_way_when_the_process_ends_is_not_posted_again(town, small, channel, monkeypatch):
    send, sent = discord.TextChannel.send, asyncio.Event()

    async def slow(*args, **options):
        message = await send(*args, **options)
        sent.set()
        await asyncio.sleep(0.1)
        return message

    monkeypatch.setattr(discord.TextChannel, "send", slow)
    edits = [Edit("snippet", id, replace(TEA, id=id), None) for id in ("one", "two")]
    for edit in edits:
        await small.curating.apply(town.guild.id, [edit], Act(town.alice.id, "add"))
    await sent.wait()
    await town.env.bot.remove_cog("Log")
    await town.restart()
    await posted(town)

    said = [texts(post)[-1] for post in channel.history()[1:]]
    assert said == ["-# in Discord · one", "-# in Discord · two"]


async def test_what_is_changed_before_discord_has_sent_the_guild_is_posted_afterwards(town, small, channel, logged):
    town.not_sent_yet()
    await change(town, small, Edit("snippet", "tea", TEA, None))
    await change(town, small, Edit("snippet", "milk", replace(TEA, id="milk"), None))
    assert len(channel.history()) == 1

    await town.is_sent()
    await posted(town)
    assert [texts(post)[-1] for post in channel.history()[1:]] == ["-# in Discord · tea", "-# in Discord · milk"]
    assert logged == []


async def test_of_a_long_backlog_the_latest_are_posted(town, small, channel):
    await town.env.bot.remove_cog("Log")
    for n in range(25):
        await change(town, small, Edit("snippet", f"n-{n}", replace(TEA, id=f"n-{n}"), None))
    await town.restart()
    await posted(town)

    posts = channel.history()[1:]
    assert len(posts) == 20
    assert texts(posts[-1])[-1] == "-# in Discord · n-24"


async def test_the_log_speaks_the_language_of_the_server(town, small):
    guild = town.env.create_guild("팬", preferred_locale="ko")
    channel = guild.create_text_channel("기록")
    kept = GuildSettings(log_channel=channel.id)
    await small.use_cases.guilds.change(guild.id, kept, Act(7, "setup-log"))
    await posted(town)

    assert texts(channel.history()[-1])[0] == "<@7> 님이 기록 채널을 바꿨어요"


async def test_in_korean_nobody_who_has_no_name_is_called_with_an_honorific(town, small):
    guild = town.env.create_guild("팬", preferred_locale="ko")
    channel = guild.create_text_channel("기록")
    await small.use_cases.guilds.change(guild.id, GuildSettings(log_channel=channel.id), Act(7, "setup-log"))
    await posted(town)
    for act in (Act(None, "add"), Act(None, "edit", place="terminal")):
        standing = await small.curating.standing(guild.id, "tea")
        text = f"Tiger Tea: {act.action}."
        await small.curating.save(guild.id, replace(TEA, text=text), standing.own.id if standing.own else None, act)
    await posted(town)

    said = [texts(post)[0] for post in channel.history()[1:]]
    assert said == ["이름을 지운 멤버가 노트를 추가했어요", "봇 운영자가 노트를 수정했어요"]


async def test_a_name_is_called_in_the_language_of_the_server(town, small):
    guild = town.env.create_guild("팬", preferred_locale="ko")
    channel = guild.create_text_channel("기록")
    await small.use_cases.guilds.change(guild.id, GuildSettings(log_channel=channel.id), Act(7, "setup-log"))
    tea = Entity("kkotcha", "soloist", "Flower Tea", "꽃차")
    await small.curating.apply(guild.id, [Edit("entity", "kkotcha", tea, None)], Act(7, "name"))
    await posted(town)

    assert texts(channel.history()[-1])[1] == "> 꽃차"


async def test_a_person_who_was_forgotten_is_not_named(town, small, channel):
    await town.env.bot.remove_cog("Log")
    await change(town, small, Edit("snippet", "tea", TEA, None))
    await small.store.people.forget(town.alice.id)
    await town.restart()
    await posted(town)

    assert texts(channel.history()[-1])[0] == "Somebody who asked to be forgotten added a note"
