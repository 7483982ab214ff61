"""The command line: `hallyu ask`, `run`, `corpus check` and the rest."""

from bot.cli.app import main

__all__ = ["main"]
