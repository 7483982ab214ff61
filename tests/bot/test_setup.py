"""`/setup` shows the settings in force, changes them one by one, and leaves each change in the log."""

from __future__ import annotations

import asyncio

import discord
import pytest

from fakes.answers import an_answer
from fakes.town import components, labels, shown
from knowledge.curation import Act
from knowledge.guilds import GuildSettings
from knowledge.queue import OpenQuestion

MANAGES = discord.Permissions(manage_guild=True, use_application_commands=True)


@pytest.fixture
def admin(town):
    role = town.guild.create_role("admins", permissions=MANAGES)
    return town.guild.add_member(town.env.create_user("ada"), roles=[role])


@pytest.fixture
async def page(town, admin):
    return await admin.slash(town.channel, "setup")


@pytest.fixture
def settings(town, small):
    return lambda: small.use_cases.guilds.settings(town.guild.id)


def role_menu(page):
    return next(c for c in components(page) if c.get("custom_id", "").startswith("hallyu:setup-roles"))


async def logged_changes(town, small):
    return [(entry.user, entry.action) for entry in await small.store.edits.log(town.guild.id, 9)]


async def test_the_page_is_shown_to_the_admin_alone_with_what_is_in_force(page):
    assert page.ephemeral
    assert "Settings of this server" in shown(page)
    assert "no role is chosen yet" in shown(page)
    assert "**Answers** are shown to everybody" in shown(page)
    assert labels(page) == ["Answer in private", "Forbid", "Stop keeping"]


async def test_the_page_is_within_the_limits_of_a_message(page):
    assert len(list(components(page))) <= 40
    assert len(shown(page)) < 4000


async def test_members_do_not_see_the_command_by_default(simulation):
    assert simulation.bot.tree.get_command("setup").default_permissions == discord.Permissions(manage_guild=True)


@pytest.mark.parametrize(
    ("label", "after", "action"),
    [
        ("Answer in private", GuildSettings(private=True), "setup-private-on"),
        ("Forbid", GuildSettings(suggestions=False), "setup-suggestions-off"),
        ("Stop keeping", GuildSettings(unanswered=False), "setup-unanswered-off"),
    ],
)
async def test_a_switch_is_turned_and_the_page_edited_in_place(
    town, admin, small, page, settings, label, after, action
):
    result = await town.press(page, label, who=admin)

    assert await settings() == after
    assert result.followups == []
    assert label not in labels(page)
    assert await logged_changes(town, small) == [(admin.id, action)]


async def test_questions_that_are_no_longer_to_be_kept_are_deleted(town, admin, small, page):
    for guild, question in ((town.guild.id, "q"), (10, "of another guild")):
        await small.store.queue.note_question(guild, OpenQuestion(question, "Who?", "en", ""))
        await small.store.queue.wait_for(guild, question, town.bob.id)
    await town.press(page, "Stop keeping", who=admin)

    assert await small.store.queue.questions(town.guild.id) == []
    assert await small.store.queue.askers(town.guild.id, ["q"]) == []
    assert len(await small.store.queue.questions(10)) == 1


async def test_settings_that_are_read_while_they_change_are_the_new_ones(town, small, admin):
    guilds, act = small.use_cases.guilds, Act(admin.id, "setup-private-on")
    read, _ = await asyncio.gather(
        guilds.settings(town.guild.id), guilds.change(town.guild.id, GuildSettings(private=True), act)
    )

    assert read in (GuildSettings(), GuildSettings(private=True))
    assert (await guilds.settings(town.guild.id)).private


async def test_a_switch_that_is_pressed_on_two_pages_is_one_change(town, admin, small, page, settings):
    other = await admin.slash(town.channel, "setup")
    await town.press(page, "Answer in private", who=admin)
    await town.press(other, "Answer in private", who=admin)

    assert (await settings()).private
    assert len(await logged_changes(town, small)) == 1


async def test_roles_that_are_chosen_are_the_moderators(town, admin, small, page, settings):
    roles = [town.guild.create_role(name) for name in ("mods", "helpers")]
    await admin.select(page.response, roles, custom_id=role_menu(page)["custom_id"])

    assert (await settings()).moderators == tuple(sorted(role.id for role in roles))
    assert "**Moderators** may add, review and correct knowledge" in shown(page)
    assert {int(default["id"]) for default in role_menu(page)["default_values"]} == {role.id for role in roles}
    assert await logged_changes(town, small) == [(admin.id, "setup-moderators")]


async def test_before_discord_has_sent_the_guild_roles_are_chosen_and_shown_all_the_same(town, admin, page, settings):
    first, second = (town.guild.create_role(name) for name in ("mods", "helpers"))
    await admin.select(page.response, [first], custom_id=role_menu(page)["custom_id"])
    town.not_sent_yet()
    again = await admin.slash(town.channel, "setup")
    assert "no role is chosen yet" not in shown(again)

    await admin.select(again.response, [first, second], custom_id=role_menu(again)["custom_id"])
    assert (await settings()).moderators == tuple(sorted((first.id, second.id)))


async def test_what_another_admin_has_chosen_meanwhile_is_not_lost(town, admin, small, page, settings):
    first, second, third = (town.guild.create_role(name) for name in ("mods", "helpers", "elders"))
    other = await admin.slash(town.channel, "setup")
    await admin.select(page.response, [first, second], custom_id=role_menu(page)["custom_id"])
    await admin.select(other.response, [first, third], custom_id=role_menu(other)["custom_id"])

    assert (await settings()).moderators == tuple(sorted((first.id, second.id)))
    assert "Somebody has changed the moderators" in shown(other)
    assert len(await logged_changes(town, small)) == 1

    await admin.select(other.response, [first, third], custom_id=role_menu(other)["custom_id"])
    assert (await settings()).moderators == tuple(sorted((first.id, third.id)))


async def test_two_admins_who_choose_the_same_do_not_meet_a_conflict(town, admin, page):
    role, other = town.guild.create_role("mods"), await admin.slash(town.channel, "setup")
    for each in (page, other):
        await admin.select(each.response, [role], custom_id=role_menu(each)["custom_id"])

    assert "⚠️" not in shown(other)


async def test_no_role_can_be_chosen_too(town, admin, page, settings):
    await admin.select(page.response, [town.guild.create_role("mods")], custom_id=role_menu(page)["custom_id"])
    await admin.select(page.response, [], custom_id=role_menu(page)["custom_id"])

    assert (await settings()).moderators == ()


async def test_everyone_is_no_moderators_role(town, admin, small, page, settings):
    await admin.select(page.response, [town.guild.default_role], custom_id=role_menu(page)["custom_id"])

    assert "@everyone can't be" in shown(page)
    assert (await settings()).moderators == ()
    assert await logged_changes(town, small) == []


async def test_a_moderators_role_that_was_deleted_is_no_longer_shown(town, admin, page):
    role = town.guild.create_role("mods")
    await admin.select(page.response, [role], custom_id=role_menu(page)["custom_id"])
    town.env.backend.delete_role(town.guild.id, role.id)
    await town.env.settle()

    assert "no role is chosen yet" in shown(await admin.slash(town.channel, "setup"))


async def test_the_log_channel_is_chosen_and_taken_away(town, admin, page, settings):
    log = town.guild.create_text_channel("log")
    await admin.select(page.response, [log], custom_id="hallyu:setup-log")
    assert (await settings()).log_channel == log.id
    assert "⚠️" not in shown(page)

    await admin.select(page.response, [], custom_id="hallyu:setup-log")
    assert (await settings()).log_channel is None


async def test_a_log_channel_in_which_the_bot_may_not_write_is_warned_of(town, admin, page):
    log = town.read_only_channel("log")
    await admin.select(page.response, [log], custom_id="hallyu:setup-log")

    assert f"I can't write in <#{log.id}>" in shown(page)


async def test_a_log_channel_that_is_gone_is_warned_of(town, admin, page):
    log = town.guild.create_text_channel("log")
    await admin.select(page.response, [log], custom_id="hallyu:setup-log")
    town.env.backend.delete_channel(log.id)
    await town.env.settle()

    assert "The log channel is gone" in shown(await admin.slash(town.channel, "setup"))


async def test_the_page_works_after_a_restart(town, admin, page, settings):
    await town.restart()
    await town.press(page, "Answer in private", who=admin)

    assert (await settings()).private


async def test_who_may_no_longer_manage_the_server_changes_nothing(town, admin, page, settings):
    town.env.backend.edit_role(town.guild.id, town.guild.roles["admins"].id, {"permissions": 0})
    await town.env.settle()
    result = await town.press(page, "Answer in private", who=admin)

    assert "Manage Server" in shown(result)
    assert not (await settings()).private


async def test_the_page_speaks_korean(town, admin):
    town.speaks_korean(admin)

    assert "이 서버의 설정" in shown(await admin.slash(town.channel, "setup"))


@pytest.fixture
async def private_by_default(town, admin, page):
    await town.press(page, "Answer in private", who=admin)


@pytest.mark.usefixtures("private_by_default")
async def test_answers_follow_what_the_guild_has_set(town, asking):
    asking.script["q"] = an_answer()

    assert (await town.ask("q")).ephemeral
    message = await town.bob.send(town.channel, "q")
    assert (await town.alice.context_menu(town.channel, "Answer this", message)).ephemeral


@pytest.mark.usefixtures("private_by_default")
async def test_what_the_person_chooses_wins(town, asking):
    asking.script["q"] = an_answer()

    assert not (await town.ask("q", private=False)).ephemeral
    assert (await town.ask("q", private=True)).ephemeral


@pytest.mark.usefixtures("private_by_default")
async def test_another_guild_is_not_touched(town, asking):
    other = town.env.create_guild("Others")
    channel = other.create_text_channel("general")
    member = other.add_member(town.env.create_user("olga"))

    assert not (await member.slash(channel, "ask", question="q")).ephemeral
