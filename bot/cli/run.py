"""`hallyu run`: the bot."""

from __future__ import annotations

import asyncio

from bot.cli.terminal import progress_bar
from bot.memory import use_few_heaps
from bot.settings import load_settings
from knowledge.errors import HallyuError


def run() -> None:
    """Run the Discord bot until SIGTERM or Ctrl+C. Needs DISCORD_TOKEN (see .env.example)."""
    use_few_heaps()
    from bot.exit_codes import NeedsAdmin
    from bot.logs import configure_logs
    from bot.running import run_bot
    from bot.stopping import leave

    try:
        settings = load_settings(for_discord=True)
    except HallyuError as fault:
        raise NeedsAdmin(str(fault)) from None
    configure_logs(settings.log_level, settings.log_format)

    with progress_bar("Embedding what is new") as progress:
        asyncio.run(run_bot(settings, progress))
    leave()
