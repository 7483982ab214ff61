"""`hallyu backup`, `hallyu verify` and `hallyu restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.cli.terminal import console
from bot.settings import load_settings


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder to put it in; default: the data folder's.")
    ] = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="Delete all but the latest so many.")] = None,
) -> None:
    """Back the knowledge up, also beside a running bot."""
    from knowledge.backups import make_backup

    settings = load_settings()
    made = make_backup(settings.database, to or settings.backups, keep)
    manifest = made.manifest
    _say(f"{made.path}: {_size(made.bytes)}, {manifest.records} records, {manifest.revisions} revisions, verified.")
    for path in made.deleted:
        _say(f"deleted: {path}")


def verify(
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help="A backup; default: the data folder.")] = None,
) -> None:
    """Check a backup, or the data folder itself; one line each. The exit code is 1 when something is not fine."""
    from knowledge.backups import verify, verify_live

    verified = verify_live(load_settings().database) if path is None else verify(path)
    for check in verified.checks:
        mark = ("ok   ", "green") if check.fine else ("FAULT", "red")
        console().print(Text.assemble(mark, f"  {check.part}: {check.what}"), soft_wrap=True)
    raise typer.Exit(0 if verified.fine else 1)


def restore(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A backup, as `hallyu backup` made it.")],
) -> None:
    """Verify a backup and put it in place; what was there is kept. Stop the bot before."""
    from knowledge.backups import restore

    settings = load_settings()
    restored = restore(path, settings.database)
    manifest = restored.verified.manifest
    made = f", made {manifest.made_at}" if manifest else ""
    _say(f"{settings.database} is what {path} holds now{made}.")
    if restored.kept:
        _say(f"What was there before is kept. To go back: hallyu restore {restored.kept}")


def _say(line: str) -> None:
    console().print(line, soft_wrap=True)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
