"""`hallyu import` and `hallyu export`: a server's knowledge as files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import console, note
from bot.settings import load_settings
from knowledge.errors import HallyuError

Guild = Annotated[
    int,
    typer.Option("--guild", min=1, max=2**63 - 1, help="The id of the server: right-click it in Discord, Copy ID."),
]


def import_(
    source: Annotated[str, typer.Argument(metavar="PATH|URL", help="A file, or the address of a public web page.")],
    guild: Guild,
    topic: Annotated[str, typer.Option("--topic", help="The topic of notes that name none.")] = "",
    page: Annotated[str, typer.Option("--source", help="The page that notes rest on which name none.")] = "",
    approve: Annotated[bool, typer.Option("--approve", help="Put them into answers at once, without review.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is in it.")] = False,
) -> None:
    """Read notes from a file or a web page into a server's review queue; also beside a running bot."""
    from bot.transferring import carried_out, preview_of

    settings = load_settings()
    preview = asyncio.run(preview_of(settings, source, guild, topic, page))
    counts = {
        "new": len(preview.new),
        "changed": len(preview.changed),
        "in place of bundled ones": len(preview.overriding),
        "unchanged": preview.unchanged,
        "names": len(preview.names),
        "left out": len(preview.left_out),
    }
    console().print(f"{preview.name}: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    for left in preview.left_out:
        note(f"left out, {left}")
    if not (dry_run or preview.nothing):
        console().print(asyncio.run(carried_out(settings, preview, guild, note, approved=approve)))


def export(
    guild: Guild,
    overrides: Annotated[
        bool, typer.Option("--overrides", help="Only what stands in place of bundled notes, for a pull request.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", help="The file to write; default: the terminal.")] = None,
) -> None:
    """Write a server's knowledge in the format of the corpus, to be changed and imported again."""
    from bot.transferring import exported

    made = asyncio.run(exported(load_settings(), guild, overrides=overrides))
    if output is None:
        typer.echo(made.text, nl=False)
    else:
        try:
            output.write_text(made.text, encoding="utf-8")
        except OSError as error:
            raise HallyuError(f"{output} cannot be written ({error.strerror}). Choose another file.") from error
    note(f"{made.notes} notes and {made.names} names.")
    for id in made.hidden:
        note(f"hidden here, which a file cannot say: {id}")
