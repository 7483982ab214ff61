"""What `hallyu ask` and `hallyu chat` do: open the data folder, ask, show. Imports all that answering takes."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from rich.text import Text

from bot.asking import Asking
from bot.catalogue import Catalogue
from bot.cli.ask_json import as_json, refused_as_json
from bot.cli.terminal import complain, console, note, progress_bar, show, show_receipt
from bot.compose import knowing, opening_embedder, reading_store
from bot.conversations import Conversation
from bot.settings import load_settings
from index.query import clean, language_of
from knowledge.errors import Refused
from knowledge.models import Scope

log = logging.getLogger(__name__)


async def answer_all(questions: Iterable[str], machine: bool, why: bool) -> int:
    """Answers one after the other, for people or for a `machine`; the exit code."""
    code = 0
    async with asking_here() as asking:
        for number, question in enumerate(questions):
            if machine:
                print(json.dumps(await _machine(asking, question), ensure_ascii=False), flush=True)
            else:
                if number:
                    print(flush=True)
                code = max(code, await answer_people(asking, question, why))
    return code


@asynccontextmanager
async def asking_here() -> AsyncIterator[Asking]:
    """The use case over the data folder, read-only, with a bar while anything must be embedded first."""
    settings = load_settings()
    with progress_bar("Embedding what is new") as progress:
        async with (
            opening_embedder(settings) as opening,
            reading_store(settings) as store,
            knowing(settings, store, note, keeps=False, progress=progress, opening=opening) as k,
        ):
            yield k.asking


def logged(error: Exception) -> str:
    """Logs a defect with its cause, on one line, since people read it too; the id it is logged under."""
    error_id = secrets.token_hex(4)
    log.error("error.inside %s: %r", error_id, error)
    return error_id


async def _machine(asking: Asking, question: str) -> dict[str, object]:
    shown = clean(question)
    try:
        reply = await asking.ask(question, Scope())
    except Refused:
        return refused_as_json(shown, language_of(shown))
    except Exception as error:
        complain(Catalogue.load().say("error.inside", "en", id=logged(error)))
        return refused_as_json(shown, language_of(shown))
    return as_json(shown, reply.outcome, reply.took_ms)


async def answer_people(asking: Asking, question: str, why: bool = False, within: Conversation | None = None) -> int:
    """Shows the card (and, asked `why`, its receipt), or the sentence why the question is not tried; the exit code."""
    catalogue = Catalogue.load()
    try:
        reply = await asking.ask(question, Scope(), within=within)
    except Refused as refused:
        complain(catalogue.say(refused.key, language_of(question)))
        return 2
    except Exception as error:
        complain(catalogue.say("error.inside", language_of(question), id=logged(error)))
        return 1
    voice, out = catalogue.voice(reply.outcome.language), console()
    if reply.understood:
        out.print(Text(f"{voice.say('answer.understood')} {reply.understood}", style="dim"), soft_wrap=True)
    show(reply.outcome, voice, out)
    if why:
        show_receipt(reply.outcome, voice, out)
    return 0
