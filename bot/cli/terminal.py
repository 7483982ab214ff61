"""What people see in a terminal: an outcome as a card, a fault as a sentence, embedding as a bar.

Pipes get plain lines without colours, frames and bars; NO_COLOR leaves the colours out, bold and dim ones too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.catalogue import Voice
from bot.rendering.dates import in_words
from bot.rendering.receipt import receipt_fields
from index.results import Answer, Citation, NoAnswer, Outcome, WhichOne

if TYPE_CHECKING:
    from index.loading import Progress as Report

WIDTH = 100


def console(stderr: bool = False) -> Console:
    """Standard output or error, at most `WIDTH` wide in a terminal."""
    found = Console(stderr=stderr)
    return Console(
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        stderr=stderr,
        highlight=False,
        markup=False,
        emoji=False,
        width=min(found.width, WIDTH) if found.is_terminal else 10_000,
    )


def complain(sentence: str) -> None:
    """A fault, on stderr."""
    console(stderr=True).print(Text(sentence, style="red"), soft_wrap=True)


def note(line: str) -> None:
    """A line for the person who waits, on stderr."""
    console(stderr=True).print(Text(line, style="dim"), soft_wrap=True)


def show(outcome: Outcome, voice: Voice, out: Console) -> None:
    """The card of an outcome: framed in a terminal, plain lines in a pipe."""
    parts = list(_parts(outcome, voice))
    if out.is_terminal:
        out.print(
            Panel(Group(*parts), border_style="cyan" if isinstance(outcome, Answer) else "yellow", padding=(1, 2))
        )
    else:
        for part in parts:
            out.print(part, soft_wrap=True)


def show_receipt(outcome: Outcome, voice: Voice, out: Console) -> None:
    """Why it was answered like that: what was understood, the notes compared and the evidence for each."""
    for name, values in receipt_fields(outcome.receipt, voice):
        if isinstance(values, tuple):
            out.print(Text.assemble((f"{name}: ", "bold"), values[0]), soft_wrap=True)
        else:
            out.print(Text(name, style="bold"))
            for value in values:
                out.print(Text(f"  - {value}"), soft_wrap=True)


def _parts(outcome: Outcome, voice: Voice) -> Iterator[RenderableType]:
    match outcome:
        case Answer():
            yield from _answer(outcome, voice)
        case NoAnswer():
            yield Text(voice.say("no_answer.head"), style="bold")
            if outcome.on_file:
                yield Text("\n" + voice.say("no_answer.on_file"))
                yield from _answer(outcome.on_file, voice)
            elif outcome.closest:
                topics = ", ".join(topic.title_in(voice.language) for topic in outcome.closest)
                yield Text(voice.say("no_answer.closest", topics=topics))
            yield Text(voice.say("terminal.no_answer"), style="dim")
        case WhichOne():
            yield Text(voice.say("which_one.head"), style="bold")
            yield from (Text(f"  - {choice.label}") for choice in outcome.choices)
            yield Text(voice.say("terminal.which_one"), style="dim")


def _answer(answer: Answer, voice: Voice) -> Iterator[RenderableType]:
    for line in answer.lines:
        marks = "".join(f"[{n}]" for n in line.marks)
        yield Text.assemble(line.text, " ", (marks, "cyan"))
    if answer.in_other_language:
        yield Text(voice.say("answer.other_language"), style="dim")
    key = "as_of.stale" if answer.stale else "as_of.state" if answer.ages else "as_of.event"
    yield Text(voice.say(key, date=in_words(answer.as_of, voice)), style="dim")
    yield Text("\n" + voice.say("terminal.sources"), style="bold")
    pages = groupby(sorted(answer.citations, key=lambda c: (_first(answer, c), c.n)), key=lambda c: c.source.url)
    for _, citations in pages:
        yield _source(list(citations), voice)


def _first(answer: Answer, citation: Citation) -> int:
    """The number under which a page is cited first."""
    return next(c.n for c in answer.citations if c.source.url == citation.source.url)


def _source(citations: list[Citation], voice: Voice) -> Text:
    source = citations[0].source
    about = [source.publisher, in_words(source.published, voice) if source.published else None, source.title]
    return Text.assemble(
        ("".join(f"[{c.n}]" for c in citations), "cyan"),
        " ",
        " · ".join(part for part in about if part),
        "\n",
        (source.url, "dim underline"),
    )


@contextmanager
def progress_bar(label: str) -> Iterator[Report]:
    """A bar on stderr from the first report to the last; nothing in a pipe.

    It lives no longer than that, since it redraws the line in which somebody may be typing.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    out = console(stderr=True)
    bars = Progress(*columns, console=out)
    task = bars.add_task(label, total=None)

    def report(done: int, total: int) -> None:
        if out.is_terminal:
            bars.start()
            bars.update(task, completed=done, total=total, refresh=True)
            if done >= total:
                bars.stop()

    try:
        yield report
    finally:
        if bars.live.is_started:
            bars.stop()
