"""`/kb import` and `/kb export`: knowledge as files, in and out."""

from __future__ import annotations

import io
import re

import discord
from discord import app_commands

from bot.attached import read
from bot.catalogue import Catalogue, Voice
from bot.cogs.suggestions import topics
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.exporting import Export, Exporting
from bot.curation.finding import Finding
from bot.curation.importing import Importing, Preview
from bot.pressing import Presses
from bot.rendering import custom_ids
from bot.rendering.layout import sentence
from bot.rendering.transfer import exported_page, landed_page, preview_page
from bot.replying import acknowledge, acknowledge_edit, deliver
from bot.translation import choice
from knowledge.curation import Act
from knowledge.errors import Refused
from knowledge.importing.contents import check_size
from knowledge.sources import source_at
from knowledge.urls import url_fault

_WHAT = [choice(what, f"transfer.what.{what}") for what in ("everything", "overrides")]


class Transfer(Surface):
    """Files and pages become proposals for review; knowledge becomes a file."""

    def __init__(self, importing: Importing, exporting: Exporting, finding: Finding, catalogue: Catalogue) -> None:
        self._importing = importing
        self._exporting = exporting
        self._finding = finding
        self._catalogue = catalogue

    def grouped(self) -> Grouped:
        @app_commands.command(name="import", description="Read notes from a file or a web page, for review")
        @app_commands.describe(
            file="A file that ends in .txt, .md, .csv, .jsonl or .yaml, up to 8 MB",
            url="The address of a public web page or text file, instead of a file",
            source="The page that the notes rest on, if the file does not say",
            topic="A topic of /topics, if they belong to one",
        )
        @app_commands.autocomplete(topic=topics(self._finding))
        async def import_(
            interaction: Interaction,
            file: discord.Attachment | None = None,
            url: str | None = None,
            source: str | None = None,
            topic: str | None = None,
        ) -> None:
            if await acknowledge(interaction, private=True):
                told = await self._finding.topic(guild_of(interaction), topic)
                preview = await self._read(interaction, file, url, source, told)
                await self._importing.keep(guild_of(interaction), interaction.user.id, preview)
                await deliver(interaction, preview_page(preview, self._voice(interaction)))

        @app_commands.command(description="Get this server's knowledge as a file that can be imported again")
        @app_commands.describe(what="Everything of this server, or what it has in place of bundled notes")
        @app_commands.choices(what=_WHAT)
        async def export(interaction: Interaction, what: str = "everything") -> None:
            if await acknowledge(interaction, private=True):
                await self._export(interaction, overrides=what == "overrides")

        return {"kb": [import_, export]}

    def presses(self) -> Presses:
        return {custom_ids.IMPORT: self.land, custom_ids.TAKE_BACK: self.take_back}

    async def land(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Puts what was previewed into the review queue."""
        if await acknowledge_edit(interaction):
            guild, voice = guild_of(interaction), self._voice(interaction)
            landed = await self._importing.land_kept(guild, interaction.user.id, match["draft"])
            await deliver(interaction, landed_page(landed, voice) if landed else sentence(voice.say("note.gone")))

    async def take_back(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Takes what still waits of an import out of the queue."""
        if await acknowledge_edit(interaction):
            act = Act(interaction.user.id, "take back")
            count = await self._importing.take_back(guild_of(interaction), match["draft"], act)
            await deliver(interaction, sentence(self._voice(interaction).say("transfer.taken_back", count=count)))

    async def _read(
        self, interaction: Interaction, file: discord.Attachment | None, url: str | None, source: str | None, topic: str
    ) -> Preview:
        guild = guild_of(interaction)
        if (file is None) == (url is None):
            raise Refused("transfer.one_of", "Give either a file or the address of a page.")
        if source and url_fault(source):
            raise Refused("form.bad_url", "That is no link that others can open.")
        page = source_at(source) if source else None
        if file is None:
            return await self._importing.reader.read_page(guild, url or "", topic, page)
        check_size(file.filename, file.size)
        return await self._importing.reader.read(guild, file.filename, await read(file), topic, page)

    async def _export(self, interaction: Interaction, *, overrides: bool) -> None:
        guild, voice = guild_of(interaction), self._voice(interaction)
        export: Export = await (self._exporting.overrides(guild) if overrides else self._exporting.everything(guild))
        name = "overrides.yaml" if overrides else "knowledge.yaml"
        file = discord.File(io.BytesIO(export.text.encode()), name) if export.text else None
        await deliver(interaction, exported_page(export, name, voice), file)

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
