"""Descriptions of commands and options, and the names of choices, in the person's language, for Discord's command
picker."""

from __future__ import annotations

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes

from bot.catalogue import Catalogue


class CatalogueTranslator(app_commands.Translator):
    """Looks descriptions up as `command.<command>.description` and `command.<command>.<option>`, and the name of a
    choice under the key that it carries.

    Names of commands and options are left alone: localised command names break in Korean, where typing composes
    syllables.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        key = string.extras.get("key") or description_key(context)
        if locale is not Locale.korean or key is None:
            return None
        return self._catalogue.say(key, "ko")


def choice(value: str, key: str, name: str | None = None) -> app_commands.Choice[str]:
    """A choice of an option, called as its value unless it has a name; `key` is that of its name in the catalogue."""
    return app_commands.Choice(name=app_commands.locale_str(name or value, key=key), value=value)


def description_key(context: TranslationContextTypes) -> str | None:
    """The key of the description that `context` asks for; None for names."""
    match context.location:
        case Location.command_description | Location.group_description:
            return f"command.{_dotted(context.data.qualified_name)}.description"
        case Location.parameter_description:
            return f"command.{_dotted(context.data.command.qualified_name)}.{context.data.name}"
    return None


def _dotted(qualified_name: str) -> str:
    return qualified_name.replace(" ", ".")
