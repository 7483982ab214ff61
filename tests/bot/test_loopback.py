"""The loopback keeps Discord's rules for interactions, tried with a tiny bot on the real library."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import discord as library
import pytest

from loopback.options import Refused
from loopback.probe import Event, Probe, probing
from loopback.server import Discord
from loopback.wire import Callback, button_id, text_of
from loopback.world import Guild, User


@pytest.fixture
async def discord():
    async with Discord(answer_within=0.5, identify_gap=0.0) as service:
        yield service


@pytest.fixture
def guild(discord: Discord) -> Guild:
    return discord.guild("Acme", locale="ko")


@pytest.fixture
def mina(discord: Discord, guild: Guild) -> User:
    return discord.user("mina", guild)


@pytest.fixture
async def probe(discord: Discord, guild: Guild, monkeypatch):
    async with probing(discord, monkeypatch) as client:
        yield client


async def defer_and_answer(interaction: Event) -> None:
    await interaction.response.defer()
    await interaction.followup.send(f"word {interaction.namespace.word}")


async def fail_late(interaction: Event) -> None:
    await asyncio.sleep(0.6)
    await interaction.response.send_message("too late")


async def card(interaction: Event) -> None:
    view = library.ui.LayoutView(timeout=None)
    press = library.ui.Button(label="Press", custom_id="press")
    stop = library.ui.Button(label="Stop", custom_id="stop", disabled=True)
    view.add_item(library.ui.TextDisplay("a card"))
    view.add_item(library.ui.ActionRow(press, stop))
    await interaction.response.send_message(view=view, ephemeral=interaction.namespace.times == 2)


async def test_a_deferred_answer_is_timed_and_read(discord: Discord, guild: Guild, mina: User, probe: Probe):
    probe.react = defer_and_answer
    answer = await discord.slash(guild, mina, "do", word="maths")
    assert (answer.callback, answer.deferred, answer.ephemeral) == (Callback.DEFER, True, False)
    assert (answer.text, len(answer.messages), answer.errors) == ("word maths", 1, [])
    assert 0 < (answer.ack_ms or 0) <= (answer.final_ms or 0) < 500


@pytest.mark.parametrize("private", [True, False])
async def test_the_deferral_decides_who_sees_the_first_follow_up(discord, guild, mina, probe, private):
    async def react(interaction: Event) -> None:
        await interaction.response.defer(ephemeral=private)
        await interaction.followup.send("first", ephemeral=not private)
        await interaction.followup.send("second", ephemeral=not private)

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    await answer.until(lambda _: len(answer.messages) == 2, "both messages")
    assert [bool(message["flags"] & 64) for message in answer.messages] == [private, not private]


async def test_no_answer_in_time_is_lost_and_the_late_one_unknown(discord, guild, mina, probe):
    probe.react = fail_late
    lost = await discord.slash(guild, mina, "do")
    assert (lost.lost, lost.messages, lost.ack_ms) == (True, [], None)
    assert (await lost.failed()).errors[0]["code"] == 10062


async def test_a_second_first_response_is_refused(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        await interaction.response.send_message("one")
        interaction.response._response_type = None  # what the library itself would not do
        await interaction.response.send_message("two")

    probe.react = react
    answer = await (await discord.slash(guild, mina, "do")).failed()
    assert (answer.errors[0]["code"], answer.text) == (40060, "one")


async def test_a_follow_up_before_the_first_response_is_refused(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        await interaction.followup.send("early")

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    assert answer.lost
    assert answer.errors[0]["code"] == 10015


async def test_a_follow_up_after_the_lifetime_of_the_token_is_refused(monkeypatch):
    async with Discord(token_lifetime=0.0) as discord, probing(discord, monkeypatch) as probe:
        probe.react = defer_and_answer
        guild = discord.guild("Acme")
        answer = await discord.slash(guild, discord.user("mina", guild), "do", wait=False)
        assert (await answer.failed()).errors[0]["code"] == 50027
        assert answer.loading


async def test_a_kind_of_response_that_does_not_fit_is_refused(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        where = {"webhook_id": interaction.id, "webhook_token": interaction.token}
        route = library.http.Route("POST", "/interactions/{webhook_id}/{webhook_token}/callback", **where)
        await probe.http.request(route, json={"type": Callback.DEFER_UPDATE})

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    assert (answer.lost, answer.errors[0]["code"]) == (True, 50035)


async def test_a_body_over_a_limit_is_refused_wherever_it_is_sent(discord, guild, mina, probe):
    tried: list[str] = []
    done = asyncio.Event()

    async def refused(name: str, sending: Awaitable[object]) -> None:
        with pytest.raises(library.HTTPException, match="50035"):
            await sending
        tried.append(name)

    async def react(interaction: Event) -> None:
        long, channel = "x" * 2001, interaction.channel
        await refused("response", interaction.response.send_message(long))
        await interaction.response.send_message("shorter")
        await refused("follow-up", interaction.followup.send(long))
        await refused("change", interaction.edit_original_response(content=long))
        await refused("channel", channel.send(long))
        sent = await channel.send("shorter")
        await refused("channel change", sent.edit(content=long))
        done.set()

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    await asyncio.wait_for(done.wait(), 10)
    assert len(tried) == 5
    assert answer.text == "shorter"
    assert answer.errors[0]["errors"]["data"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"


async def test_a_lone_surrogate_is_no_text(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        await interaction.response.send_message("\ud83d")

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    assert answer.errors[0]["code"] == 50109


async def test_the_original_answer_is_read_changed_and_deleted(discord, guild, mina, probe):
    steps: list[str] = []

    async def react(interaction: Event) -> None:
        await interaction.response.send_message("one")
        steps.append((await interaction.original_response()).content)
        await interaction.edit_original_response(content="two")
        steps.append(text_of(discord.world.messages[(await interaction.original_response()).id]))
        await interaction.delete_original_response()
        await interaction.followup.send("three")

    probe.react = react
    answer = await discord.slash(guild, mina, "do")
    await answer.until(lambda _: answer.text == "three", "the last message")
    assert steps == ["one", "two"]


async def test_a_button_changes_its_message_and_a_disabled_one_is_not_pressed(discord, guild, mina, probe):
    async def press(interaction: Event) -> None:
        view = library.ui.LayoutView()
        view.add_item(library.ui.TextDisplay(f"pressed by {interaction.user.name}"))
        await interaction.response.edit_message(view=view)

    probe.react = card
    answer = await discord.slash(guild, mina, "do")
    message = answer.messages[0]
    with pytest.raises(Refused, match="disabled"):
        await discord.click(message, "stop", mina)
    with pytest.raises(Refused, match="no such button"):
        await discord.click(message, "gone", mina)
    probe.react = press
    pressed = await discord.click(message, button_id(message, "Press"), mina)
    assert (pressed.callback, answer.text) == (Callback.UPDATE, "pressed by mina")
    with pytest.raises(Refused):
        await discord.click(message, "press", mina)
    assert (await discord.click(message, "press", mina, bypass=True)).callback is Callback.UPDATE
    del discord.world.messages[int(message["id"])]
    with pytest.raises(Refused, match="the message is gone"):
        await discord.click(message, "press", mina)


async def test_a_private_message_is_out_of_reach_for_others(discord, guild, mina, probe):
    probe.react = card
    message = (await discord.slash(guild, mina, "do", times=2)).messages[0]
    with pytest.raises(Refused, match="does not see"):
        await discord.click(message, "press", discord.user("jun", guild))
    with pytest.raises(library.NotFound):
        await probe.get_partial_messageable(guild.channel_id).fetch_message(int(message["id"]))


async def test_a_modal_is_opened_filled_in_and_submitted(discord, guild, mina, probe):
    class Form(library.ui.Modal, title="Form"):
        name = library.ui.Label(text="Name", component=library.ui.TextInput(custom_id="name", max_length=5))
        kind = library.ui.Label(
            text="Kind",
            component=library.ui.Select(custom_id="kind", options=[library.SelectOption(label="a")], required=False),
        )

        async def on_submit(self, interaction: Event) -> None:
            await interaction.response.send_message(f"{self.name.component.value} {self.kind.component.values}")

    async def react(interaction: Event) -> None:
        if interaction.type is library.InteractionType.application_command:
            await interaction.response.send_modal(Form())

    probe.react = react
    opened = await discord.slash(guild, mina, "do")
    for bad in ({}, {"name": "too long"}):
        with pytest.raises(Refused):
            await discord.submit(opened, bad)
    assert (await discord.submit(opened, {"name": "Rosé", "kind": ["a"]})).text == "Rosé ['a']"


async def test_a_list_offers_what_can_be_picked(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        if interaction.type is library.InteractionType.component:
            await interaction.response.defer()
            await interaction.followup.send(f"picked {interaction.data['values']}", ephemeral=True)
            return
        view = library.ui.View()
        view.add_item(library.ui.Select(custom_id="pick", options=[library.SelectOption(label="a")]))
        await interaction.response.send_message("pick", view=view)

    probe.react = react
    message = (await discord.slash(guild, mina, "do")).messages[0]
    with pytest.raises(Refused):
        await discord.click(message, "pick", mina, values=["b"])
    picked = await discord.click(message, "pick", mina, values=["a"])
    await picked.until(lambda _: picked.messages, "the follow-up")
    assert (picked.callback, picked.text, picked.ephemeral) == (Callback.DEFER_UPDATE, "picked ['a']", True)


async def test_completions_come_for_what_is_typed(discord, guild, mina, probe):
    completed = await discord.autocomplete(guild, mina, "do", focused="word", text="mo", times=3)
    assert [choice["value"] for choice in completed.choices or []] == ["moss"]
    with pytest.raises(Refused):
        await discord.autocomplete(guild, mina, "do", focused="times", text="1")


async def test_the_menu_of_a_message_carries_it(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        message = interaction.extras["message"]
        await interaction.response.send_message(f"{message.author.name}: {message.content}", ephemeral=True)

    probe.react = react
    said = discord.say(guild, discord.user("jun", guild), "골든은 며칠?")
    assert (await discord.menu(guild, mina, "Look", said)).text == "jun: 골든은 며칠?"


async def test_locales_and_places_reach_the_bot(discord, guild, probe):
    async def react(interaction: Event) -> None:
        owners = sorted(interaction._integration_owners)
        await interaction.response.send_message(f"{interaction.locale} {interaction.guild_locale} {owners}")

    probe.react = react
    sora = discord.user("sora", guild, locale="ja")
    assert (await discord.slash(guild, sora, "do")).text == "ja ko [0]"
    assert (await discord.slash(guild, sora, "do", locale="fr")).text == "fr ko [0]"
    assert (await discord.slash(guild, sora, "do", user_install=True)).text == "ja ko [1]"
    assert (await discord.slash(None, sora, "do")).text == "ja None [0]"


async def test_what_the_client_refuses_is_sent_only_by_one_that_cheats(discord, guild, mina, probe):
    async def react(interaction: Event) -> None:
        await interaction.response.send_message(f"manages: {interaction.permissions.manage_guild}")

    probe.react = react
    for name, options in [("gone", {}), ("do", {"word": "x" * 21}), ("do", {"word": 1}), ("do", {"nope": 1})]:
        with pytest.raises(Refused):
            await discord.slash(guild, mina, name, **options)
    for where, user, options in [(guild, mina, {"sure": True}), (None, mina, {"sure": True})]:
        with pytest.raises(Refused):
            await discord.slash(where, user, "admin", **options)
    boss = discord.user("boss", guild, permissions=library.Permissions(manage_guild=True).value)
    with pytest.raises(Refused, match="required"):
        await discord.slash(guild, boss, "admin")
    assert (await discord.slash(guild, boss, "admin", sure=True)).text == "manages: True"
    assert (await discord.slash(guild, mina, "admin", sure=True, bypass=True)).text == "manages: False"


@pytest.mark.parametrize(("allowed", "pinged"), [(library.AllowedMentions.none(), False), (None, True)])
async def test_pings_are_those_that_the_message_allows(discord, guild, mina, probe, allowed, pinged):
    async def react(interaction: Event) -> None:
        more = {"allowed_mentions": allowed} if allowed else {}
        await interaction.response.send_message(f"@everyone <@{mina.id}>", **more)

    probe.react = react
    message = (await discord.slash(guild, mina, "do")).messages[0]
    assert message["mention_everyone"] is pinged
    assert [user["username"] for user in message["mentions"]] == ["mina"] * pinged


async def test_channel_messages_are_the_bots_own_to_change(discord, guild, mina, probe):
    channel = probe.get_channel(guild.channel_id)
    sent = await channel.send("one")
    await (await channel.fetch_message(sent.id)).edit(content="two")
    assert discord.world.messages[sent.id]["content"] == "two"
    await sent.delete()
    assert sent.id not in discord.world.messages
    said = discord.say(guild, mina, "mine")
    with pytest.raises(library.Forbidden):
        await (await channel.fetch_message(int(said["id"]))).edit(content="yours")


async def test_commands_are_registered_once_more_under_the_same_ids(discord, probe):
    first = {command.name: command.id for command in await probe.tree.fetch_commands()}
    assert set(first) == {"do", "admin", "Look"}
    assert {command.name: command.id for command in await probe.tree.sync()} == first
    with pytest.raises(library.HTTPException, match="50035"):
        await probe.http.bulk_upsert_global_commands(
            probe.application_id, payload=[{"name": "a b", "description": "d"}]
        )
