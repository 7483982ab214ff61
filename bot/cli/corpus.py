"""`hallyu corpus check`: what a curator runs before a pull request."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import complain, console

app = typer.Typer(help="The bundled knowledge as files.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The bundled knowledge as files."""


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with corpus/ and entities/ (and words/, golden/); default: the bundled one."),
    ] = None,
) -> None:
    """Check every file of the knowledge and name each fault with its file, entry and field."""
    from knowledge.checking import check_everything
    from knowledge.golden import load_golden
    from knowledge.pack import load_pack

    faults = check_everything(folder)
    for fault in faults:
        complain(str(fault))
    if faults:
        complain("One fault." if len(faults) == 1 else f"{len(faults)} faults.")
        raise typer.Exit(1)
    pack = load_pack(folder)
    console().print(
        f"The corpus is in order: {len(pack.topics)} topics, {len(pack.snippets)} snippets and facts, "
        f"{len(pack.entities)} entities, {len(load_golden(folder))} golden questions."
    )
