"""All commands in one place, and what every one of them does with a fault.

Commands import what only they need inside themselves, so that `hallyu ask` starts quickly.
"""

from __future__ import annotations

import sys

import typer

from bot.cli import ask, backup, chat, corpus, doctor, eval, health, invite, model, reindex, run, sync, transfer
from bot.cli.terminal import complain
from bot.exit_codes import exit_code
from knowledge.errors import HallyuError

app = typer.Typer(
    name="hallyu",
    help="Answers K-Pop industry questions from curated notes, with the sources. Start with: hallyu ask QUESTION",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("run")(run.run)
app.command("sync")(sync.sync)
app.command("doctor")(doctor.doctor)
app.command("health")(health.health)
app.command("eval")(eval.evaluate)
app.command("import")(transfer.import_)
app.command("export")(transfer.export)
app.command("backup")(backup.backup)
app.command("verify")(backup.verify)
app.command("restore")(backup.restore)
app.command("reindex")(reindex.reindex)
app.command("invite")(invite.invite)
app.add_typer(corpus.app, name="corpus")
app.add_typer(model.app, name="model")


def main() -> None:
    """Runs the command line. An expected fault is one sentence on stderr and exit code 1, or the
    one that keeps a supervisor from starting it again."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="hallyu")
    except HallyuError as error:
        complain(str(error))
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        sys.exit(130)
