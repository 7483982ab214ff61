"""Every entry is open to those whose role suffices and to nobody else, whatever their client lets them send.

The entries are taken from the client itself, so that one without a role fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import discord
import pytest
from discord import app_commands
from hypothesis import Phase, find
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from simcord.builders import RoleHandle
from simcord.results import InteractionResult

from bot.client import HallyuClient
from bot.cogs.surface import Surface
from bot.pressing import kind_of
from bot.rendering.layout import sentence
from bot.replying import acknowledge, deliver
from bot.roles import NEEDS, Role
from fakes.cheating import Cheat
from fakes.town import shown
from knowledge.curation import Act
from knowledge.guilds import GuildSettings

REFUSALS = {
    Role.MEMBER: "refused.guild_only",
    Role.MODERATOR: "refused.moderators_only",
    Role.ADMIN: "refused.admins_only",
}


@dataclass(frozen=True)
class Entry:
    """One way in: what it is called in `NEEDS`, of which sort it is, and what to send."""

    name: str
    sort: str
    sends: str
    option: str = ""

    @property
    def needs(self) -> Role:
        return NEEDS[self.name]


def entries_of(client: HallyuClient) -> Iterator[Entry]:
    """Every command, menu, suggestion, button and form of the client."""
    for command in client.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield Entry(command.qualified_name, "command", command.qualified_name)
            for parameter in command.parameters:
                if parameter.autocomplete:
                    yield Entry(command.qualified_name, "suggestions", command.qualified_name, parameter.name)
    for menu in client.tree.get_commands(type=discord.AppCommandType.message):
        yield Entry(menu.name, "menu", menu.name)
    for surface in client.cogs.values():
        for form in surface.presses():
            yield Entry(f"button {kind_of(form.pattern)}", "button", sample(form))
        for form in surface.forms():
            yield Entry(f"form {kind_of(form.pattern)}", "form", sample(form))


@cache
def sample(form: re.Pattern[str]) -> str:
    """A `custom_id` of this form."""
    strategy = st.from_regex(form, fullmatch=True, alphabet=st.characters(codec="ascii"))
    return find(strategy, lambda _: True, settings=hypothesis_settings(database=None, phases=[Phase.generate]))


class Reached(list[str]):
    """The entries whose code was reached. None of it is run: each answers with a word instead."""

    async def by(self, interaction: Any, *_: Any) -> None:
        self.append(str(interaction.id))
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        elif await acknowledge(interaction, private=True):
            await deliver(interaction, sentence("reached"))


@pytest.fixture
def reached():
    return Reached()


@pytest.fixture
def new_client(reached, asking, small, catalogue, monkeypatch):
    """Clients with all entries of the real one, and none of what stands behind them."""
    for owner, method in (
        (app_commands.Command, "_invoke_with_namespace"),
        (app_commands.Command, "_invoke_autocomplete"),
        (app_commands.ContextMenu, "_invoke"),
    ):
        monkeypatch.setattr(owner, method, lambda _, interaction, *__: reached.by(interaction))

    class Hollow(HallyuClient):
        def _surfaces(self) -> Iterator[Surface]:
            for surface in super()._surfaces():
                presses, forms = surface.presses(), surface.forms()
                surface.presses = partial(dict.fromkeys, presses, reached.by)
                surface.forms = partial(dict.fromkeys, forms, reached.by)
                yield surface

    use_cases = replace(small.use_cases, asking=asking)
    return lambda: Hollow(use_cases=use_cases, store=small.store, status=small.status, catalogue=catalogue)


@pytest.fixture
async def people(town, small):
    """Somebody of each kind, as (what they are, how they use the bot, the highest role they have). Whoever is last is
    in a server that has not added the bot, with every right there."""
    moderates = town.guild.create_role("mods")
    manages = town.guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    kept = GuildSettings(moderators=(moderates.id,))
    await small.use_cases.guilds.change(town.guild.id, kept, Act(1, "setup-moderators"))

    def member(name: str, *roles: RoleHandle) -> Cheat:
        return Cheat(town, town.guild.add_member(town.env.create_user(name), roles=roles), town.channel)

    alone = town.env.create_user("dora")
    return [
        ("anybody in a direct message", Cheat(town, alone, alone.dm_channel), Role.ANYONE),
        ("a member", member("mia"), Role.MEMBER),
        ("a moderator", member("mod", moderates), Role.MODERATOR),
        ("an admin", member("ada", manages), Role.ADMIN),
        ("a guest", member("gus", moderates, manages), Role.ANYONE),
    ]


async def send(cheat: Cheat, entry: Entry) -> InteractionResult:
    match entry.sort:
        case "command":
            return await cheat.command(entry.sends)
        case "suggestions":
            return await cheat.type(entry.sends, entry.option)
        case "menu":
            return await cheat.menu(entry.sends)
        case "button":
            return await cheat.press(entry.sends)
    return await cheat.form(entry.sends)


async def test_every_entry_has_a_role_and_every_role_an_entry(simulation):
    names = {entry.name for entry in entries_of(simulation.bot)}

    assert names - NEEDS.keys() == set(), "entries without a line in NEEDS"
    assert NEEDS.keys() - names == set(), "lines in NEEDS of entries that are gone"


def test_the_roles_are_those_of_the_design():
    """Whoever curates is a moderator, whoever sets up an admin, whatever the entry is called below that."""
    curates = re.compile(r"(kb|name) .*|Save as knowledge|(button|form) (undo|edit|remove)")
    sets_up = re.compile(r"(button |form )?(setup|status).*")
    for name, role in NEEDS.items():
        if sets_up.fullmatch(name):
            assert role is Role.ADMIN, name
        elif curates.fullmatch(name):
            assert role is Role.MODERATOR, name


HONEST = pytest.param(True, id="a client that honours Discord's checks")
CHEATING = pytest.param(False, id="a client that ignores them")


@pytest.mark.parametrize("honest", [HONEST, CHEATING])
async def test_each_entry_is_open_to_those_whose_role_suffices(town, simulation, reached, people, catalogue, honest):
    entries = list(entries_of(simulation.bot))
    wrong, asked, hidden = [], 0, 0
    for what, cheat, role in people:
        if what == "a guest":
            town.bot_leaves()
        for entry in entries:
            suffices = role >= entry.needs
            if honest and not is_offered(cheat, entry):
                hidden += 1
                wrong += [f"{entry} is not offered to {what}"] if suffices and role >= Role.ADMIN else []
                continue
            asked += 1
            before = len(reached)
            result = await send(cheat, entry)
            if (len(reached) > before) != suffices:
                wrong.append(f"{entry} for {what}")
            elif not suffices and entry.sort != "suggestions":
                refusal = catalogue.say(REFUSALS[entry.needs], "en")
                wrong += [f"{entry} does not say why to {what}"] if shown(result) != refusal else []

    print(f"{len(entries)} entries × {len(people)} people: {asked} sent, {hidden} not offered, {len(wrong)} wrong")
    assert wrong == []


def is_offered(cheat: Cheat, entry: Entry) -> bool:
    """Buttons and forms are offered by messages: Discord checks nothing there."""
    if entry.sort in ("command", "suggestions"):
        return cheat.is_offered(entry.sends.split()[0])
    return entry.sort != "menu" or cheat.is_offered(entry.sends, type=3)


async def test_what_has_no_line_is_for_admins_alone(town, simulation, reached, people, monkeypatch):
    guard = simulation.bot._guard
    monkeypatch.setattr(guard, "_needs", {})
    for _, cheat, role in people[:-1]:
        before = len(reached)
        await cheat.command("help")
        assert (len(reached) > before) == (role is Role.ADMIN)


async def test_roles_count_before_discord_has_sent_the_guild(town, reached, people):
    moderator, member = people[2][1], people[1][1]
    town.not_sent_yet()
    for cheat in (moderator, member):
        await cheat.command("kb queue")

    assert len(reached) == 1


async def test_a_role_that_is_taken_away_while_a_page_is_open_counts(town, small, reached, people):
    moderator = people[2][1]
    await small.use_cases.guilds.change(town.guild.id, GuildSettings(), Act(1, "setup-moderators"))
    entries = [entry for entry in entries_of(town.env.bot) if entry.needs >= Role.MODERATOR]
    for entry in entries:
        await send(moderator, entry)

    assert entries
    assert reached == []
