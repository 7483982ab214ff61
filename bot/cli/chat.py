"""`hallyu chat`: one question after the other in the terminal."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from bot.cli.terminal import note


def chat() -> None:
    """Ask one question after the other, without Discord; "and who produced it?" goes on from the one before.

    An empty line or Ctrl+D ends it.
    """
    from bot.cli.answering import answer_people, asking_here
    from bot.conversations import Conversation

    note("Ask about the K-Pop industry, in English or Korean. An empty line ends the chat.")
    with asyncio.Runner() as runner:  # input() stays in the main thread, where Ctrl+C ends it
        stack = AsyncExitStack()
        try:
            asking = runner.run(stack.enter_async_context(asking_here()))
            while question := _read():
                runner.run(answer_people(asking, question, within=Conversation()))
        finally:
            runner.run(stack.aclose())


def _read() -> str:
    try:
        return input("? ").strip()
    except EOFError:
        return ""
