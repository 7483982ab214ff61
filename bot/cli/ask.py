"""`hallyu ask`: one question or many, for people or as JSON."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Annotated

import typer
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


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="The question. Several quoted questions are answered one by one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per question.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show how the answer was found, too.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read one question per line from standard input.")] = False,
) -> None:
    """Ask a question, in English or Korean.

    Example: hallyu ask "How many days in a row was Golden No. 1 on Spotify?"
    """
    if bool(question) == stdin:
        complain('Give a question, such as: hallyu ask "Who owns Ithaca Holdings?" — or --stdin, not both.')
        raise typer.Exit(2)
    questions = _lines() if stdin else _questions(question or [])
    code = asyncio.run(_answer_all(questions, as_json, why))
    raise typer.Exit(code)


def _questions(words: list[str]) -> list[str]:
    """Words without quotes are one question; quoted ones are a question each."""
    several = all(" " in word.strip() or word.rstrip().endswith("?") for word in words)
    return words if several else [" ".join(words)]


def _lines() -> Iterable[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


async def _answer_all(questions: Iterable[str], machine: bool, why: bool) -> int:
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
