"""`hallyu ask`: one question or many, for people or as JSON."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from bot.cli.terminal import complain


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
    from bot.cli.answering import answer_all

    raise typer.Exit(asyncio.run(answer_all(questions, as_json, why)))


def _questions(words: list[str]) -> list[str]:
    """Words without quotes are one question; quoted ones are a question each."""
    several = all(" " in word.strip() or word.rstrip().endswith("?") for word in words)
    return words if several else [" ".join(words)]


def _lines() -> Iterable[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
