"""`/name add`, `/name alias` and `/name show`: a server's own names and spellings."""

from __future__ import annotations

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.suggestions import offered
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.names import Names
from bot.curation.naming import Naming
from bot.rendering.names import entity_label, kind_choices, named_page
from bot.replying import acknowledge, deliver

Choices = list[app_commands.Choice[str]]


class NameCommands(Surface):
    """Teaches names. Only the person sees the replies."""

    def __init__(self, naming: Naming, names: Names, catalogue: Catalogue) -> None:
        self._naming = naming
        self._names = names
        self._catalogue = catalogue

    def grouped(self) -> Grouped:
        @offered
        async def entities(interaction: Interaction, current: str) -> Choices:
            return self.entities(interaction, current)

        @offered
        async def kinds(interaction: Interaction, current: str) -> Choices:
            return self.kinds(interaction, current)

        @app_commands.command(description="Teach a name that the bundled notes do not know")
        @app_commands.describe(
            name="The name to show, in Latin letters if it has one",
            kind="What it is: a group, a person, a company …",
            korean="The name in Hangul",
            aliases="Other spellings, separated by commas",
        )
        @app_commands.autocomplete(kind=kinds)
        async def add(
            interaction: Interaction, name: str, kind: str, korean: str | None = None, aliases: str | None = None
        ) -> None:
            await self.add(interaction, name, kind, korean or "", aliases or "")

        @app_commands.command(description="Teach another spelling of a name")
        @app_commands.describe(entity="Whose name: type any spelling of it", spelling="The spelling to add")
        @app_commands.autocomplete(entity=entities)
        async def alias(interaction: Interaction, entity: str, spelling: str) -> None:
            await self.alias(interaction, entity, spelling)

        @app_commands.command(description="See every spelling of a name, and which are this server's own")
        @app_commands.describe(entity="Whose name: type any spelling of it")
        @app_commands.autocomplete(entity=entities)
        async def show(interaction: Interaction, entity: str) -> None:
            await self.show(interaction, entity)

        return {"name": [add, alias, show]}

    def entities(self, interaction: Interaction, typed: str) -> Choices:
        """Whoever has a spelling that fits what was typed so far."""
        language = language_of(interaction)
        found = self._names.suggest(guild_of(interaction), typed)
        return [app_commands.Choice(name=entity_label(each, language), value=each.entity.id) for each in found]

    def kinds(self, interaction: Interaction, typed: str) -> Choices:
        found = kind_choices(typed, language_of(interaction))
        return [app_commands.Choice(name=label, value=id) for label, id in found]

    async def add(self, interaction: Interaction, name: str, kind: str, korean: str, aliases: str) -> None:
        if await acknowledge(interaction, private=True):
            guild, user = guild_of(interaction), interaction.user.id
            result = await self._naming.add(guild, user, name, kind, korean, aliases)
            await deliver(interaction, named_page(result, self._voice(interaction)))

    async def alias(self, interaction: Interaction, entity: str, spelling: str) -> None:
        if await acknowledge(interaction, private=True):
            result = await self._naming.alias(guild_of(interaction), interaction.user.id, entity, spelling)
            await deliver(interaction, named_page(result, self._voice(interaction)))

    async def show(self, interaction: Interaction, entity: str) -> None:
        if await acknowledge(interaction, private=True):
            result = self._naming.show(guild_of(interaction), entity)
            await deliver(interaction, named_page(result, self._voice(interaction)))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
