"""What was asked and answered last, by person and channel, for as long as somebody may go on from it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from index.following import Exchange

SECONDS = 600.0
"""How long a question may refer to the one before it."""

MOST = 5_000
"""Conversations that are remembered, some 500 bytes each; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person in one channel, by Discord's ids; a terminal has none."""

    channel: int = 0
    person: int = 0


class Conversations:
    """Kept in memory alone. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[Conversation, tuple[float, Exchange]] = OrderedDict()

    def before(self, conversation: Conversation) -> Exchange | None:
        """The last exchange, if it is recent."""
        self._forget_old()
        kept = self._last.get(conversation)
        return kept[1] if kept else None

    def said(self, conversation: Conversation, exchange: Exchange) -> None:
        """Remembers an exchange in the place of the one before."""
        self._forget_old()
        self._last[conversation] = (self._clock(), exchange)
        self._last.move_to_end(conversation)
        if len(self._last) > MOST:
            self._last.popitem(last=False)

    def _forget_old(self) -> None:
        oldest = self._clock() - SECONDS
        while self._last and next(iter(self._last.values()))[0] < oldest:
            self._last.popitem(last=False)
