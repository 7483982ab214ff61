"""`hallyu chat`: one question after the other in the terminal."""

from __future__ import annotations

import asyncio

from bot.cli.ask import answer_people, asking_here
from bot.cli.terminal import note


def chat() -> None:
    """Ask one question after the other, without Discord. An empty line or Ctrl+D ends it."""
    asyncio.run(_chat())


async def _chat() -> None:
    note("Ask about the K-Pop industry, in English or Korean. An empty line ends the chat.")
    async with asking_here() as asking:
        while question := (await asyncio.to_thread(_read)).strip():
            await answer_people(asking, question)


def _read() -> str:
    try:
        return input("? ")
    except EOFError:
        return ""
