"""Telling whoever listens that the log of a guild has grown."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int], None]
"""Gets the id of the guild. It is called in the event loop and must neither wait nor raise."""


class Growth:
    """The listeners, each until it is taken away."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` from now on; what is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, guild: int) -> None:
        """To be called once the new lines are on disk."""
        for listener in tuple(self._listeners):
            listener(guild)
