"""`/kb list`, `search`, `show` and `stale`, and the buttons of their pages. All of it is for the person alone."""

from __future__ import annotations

import re
from functools import partial
from typing import cast

import discord
from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.suggestions import notes, topics
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.filters import AGES, Age, Filter
from bot.curation.finding import LONGEST_SEARCH, Finding
from bot.curation.listed import ORIGINS, Origin
from bot.pressing import Presses
from bot.rendering import custom_ids, list_ids
from bot.rendering.layout import sentence
from bot.rendering.listings import list_page, search_page, stale_page
from bot.rendering.markdown import clean, fit
from bot.rendering.note_page import note_page
from bot.replying import acknowledge, acknowledge_edit, deliver
from bot.translation import choice
from knowledge.errors import Refused
from knowledge.models import Status

_STATUSES = [choice(str(status), f"status.{status}") for status in Status]
_AGES = [choice(age, f"finding.age.{age}", f"changed in the last {age}") for age in AGES]
_ORIGINS = [choice(origin, f"finding.origin.{origin}") for origin in ORIGINS]


class Finder(Surface):
    """Shows moderators what the bot knows here."""

    def __init__(self, finding: Finding, catalogue: Catalogue) -> None:
        self._finding = finding
        self._catalogue = catalogue

    def grouped(self) -> Grouped:
        @app_commands.command(name="list", description="List the notes of this server and the bundled ones")
        @app_commands.describe(
            status="How sure the sources are",
            author="Who changed the note last",
            age="When the note was changed last",
            topic="The topic: type a few letters",
            origin="Where the note comes from",
        )
        @app_commands.choices(status=_STATUSES, age=_AGES, origin=_ORIGINS)
        @app_commands.autocomplete(topic=topics(self._finding))
        async def list_notes(
            interaction: Interaction,
            status: str | None = None,
            author: discord.User | None = None,
            age: str | None = None,
            topic: str | None = None,
            origin: str | None = None,
        ) -> None:
            wanted = Filter(
                status=Status(status) if status else None,
                author=author.id if author else None,
                age=cast(Age | None, age),
                topic=clean(topic) or None if topic else None,
                origin=cast(Origin | None, origin),
            )
            await self.list_notes(interaction, wanted)

        @app_commands.command(description="Search the notes by meaning and by words")
        @app_commands.describe(text="What the notes say, in English or Korean", origin="Where the note comes from")
        @app_commands.choices(origin=_ORIGINS)
        async def search(
            interaction: Interaction,
            text: app_commands.Range[str, 1, LONGEST_SEARCH],
            origin: str | None = None,
        ) -> None:
            await self.search_notes(interaction, text, cast(Origin | None, origin))

        @app_commands.command(description="Show a note in full, with its sources and its history")
        @app_commands.describe(note="The note: type a few of its words")
        @app_commands.autocomplete(note=notes(self._finding, ORIGINS))
        async def show(interaction: Interaction, note: str) -> None:
            await self.show_note(interaction, note)

        @app_commands.command(description="List the notes that may no longer be true")
        async def stale(interaction: Interaction) -> None:
            if await acknowledge(interaction, private=True):
                await self._stale(interaction, 1)

        return {"kb": [list_notes, search, show, stale]}

    def presses(self) -> Presses:
        return {
            custom_ids.LIST: self.turn_list,
            custom_ids.FOUND: self.turn_search,
            custom_ids.STALE: self.turn_stale,
            custom_ids.SHOW: self.press_show,
        }

    async def list_notes(self, interaction: Interaction, wanted: Filter) -> None:
        """The first page of the notes that a filter admits."""
        if await acknowledge(interaction, private=True):
            carried = await self._finding.carry(guild_of(interaction), interaction.user.id, list_ids.written(wanted))
            await self._list(interaction, wanted, carried, 1)

    async def search_notes(self, interaction: Interaction, text: str, origin: Origin | None) -> None:
        """The first page of what is found for a text."""
        if await acknowledge(interaction, private=True):
            wanted = clean(text)
            carried = await self._finding.carry(guild_of(interaction), interaction.user.id, wanted)
            await self._search(interaction, wanted, origin, carried, 1)

    async def show_note(self, interaction: Interaction, snippet: str) -> None:
        """A note in full, to the person alone."""
        if not await acknowledge(interaction, private=True):
            return
        voice = self._voice(interaction)
        shown = await self._finding.show(guild_of(interaction), snippet)
        unknown = voice.say("finding.unknown", id=fit(snippet, 80))
        await deliver(interaction, sentence(unknown) if shown is None else note_page(shown, voice))

    async def turn_list(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            written = await self._carried(interaction, match["carried"])
            await self._list(interaction, list_ids.read(written), match["carried"], int(match["page"]))

    async def turn_search(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            text, origin = await self._carried(interaction, match["carried"]), list_ids.ORIGINS.get(match["origin"])
            await self._search(interaction, text, origin, match["carried"], int(match["page"]))

    async def turn_stale(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            await self._stale(interaction, int(match["page"]))

    async def press_show(self, interaction: Interaction, match: re.Match[str]) -> None:
        await self.show_note(interaction, match["snippet"])

    async def _list(self, interaction: Interaction, wanted: Filter, carried: str, number: int) -> None:
        page = await self._finding.page(guild_of(interaction), wanted, number)
        turn = partial(custom_ids.listed, carried=carried)
        await deliver(interaction, list_page(page, wanted, turn, self._voice(interaction)))

    async def _search(
        self, interaction: Interaction, text: str, origin: Origin | None, carried: str, number: int
    ) -> None:
        page = await self._finding.search(guild_of(interaction), text, origin, number)
        turn = partial(custom_ids.found, origin=list_ids.letter(list_ids.ORIGINS, origin), carried=carried)
        await deliver(interaction, search_page(page, text, origin, turn, self._voice(interaction)))

    async def _stale(self, interaction: Interaction, number: int) -> None:
        page = await self._finding.stale(guild_of(interaction), number)
        await deliver(interaction, stale_page(page, self._voice(interaction)))

    async def _carried(self, interaction: Interaction, carried: str) -> str:
        """What a button carries. Raises `Refused` where it is no longer kept."""
        text = await self._finding.carried(guild_of(interaction), interaction.user.id, carried)
        if text is None:
            raise Refused("finding.gone", "This list is no longer kept. Make it anew.")
        return text

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
