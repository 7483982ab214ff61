"""The one error path: whatever goes wrong in a command or a button, the person gets a sentence in their language.

What is refused says why, a full disk too, which is logged besides. Everything else is for the admin: the person sees an
id, and the log has the cause under the same id.
"""

from __future__ import annotations

import secrets
from datetime import datetime

import structlog
from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.context import Interaction, language_of
from bot.rendering.dates import countdown
from bot.rendering.layout import sentence
from bot.rendering.markdown import fit
from bot.replying import deliver_fault
from knowledge.errors import Refused, Unwritable

log = structlog.stdlib.get_logger(__name__)

_OUTDATED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch, app_commands.TransformerError)
"""Discord's clients still show an earlier form of the command."""


_ROOM = 150
"""UTF-16 units of a foreign text in a refusal, such as the name of a file."""


class ErrorPath:
    """Turns an exception into a sentence for the person and, for a defect, an entry in the log."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def report(self, interaction: Interaction, error: BaseException) -> None:
        """Never raises: if the sentence cannot be delivered either, that is logged too."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        try:
            text = self._sentence(cause, self._catalogue.voice(language_of(interaction)))
            await deliver_fault(interaction, sentence(text))
        except Exception as second:
            log.error("error.not_delivered", exc_info=second)

    def _sentence(self, cause: BaseException, voice: Voice) -> str:
        match cause:
            case Refused():
                if isinstance(cause, Unwritable):
                    log.error("store.not_written", cause=str(cause))
                return voice.say(cause.key, **{name: _shown(value) for name, value in cause.fields.items()})
            case _ if isinstance(cause, _OUTDATED):
                return voice.say("error.old_command")
        error_id = secrets.token_hex(4)
        log.error("error.inside", error_id=error_id, exc_info=cause)
        return voice.say("error.inside", id=f"`{error_id}`")


def _shown(value: object) -> object:
    match value:
        case str():
            return fit(value, _ROOM)
        case datetime():
            return countdown(value)
    return value
