"""What the use cases tell whoever watches: counts and times, never what was asked or by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

Asked = Literal["answered", "declined", "which_one", "busy", "limited", "refused", "failed"]
"""What became of a question: "busy" where too many waited, "limited" where one person asked too fast."""

Written = Literal["answer", "vote", "change"]


class Observer(Protocol):
    """Told of what happens, on the answer's path: a method counts in memory and returns at once."""

    def asked(self, guild: int | None, outcome: Asked) -> None:
        """A question came to its end."""
        ...

    def took(self, stage: str, seconds: float) -> None:
        """A stage of answering is over. Called from the engine's thread too."""
        ...

    def voted(self, guild: int | None, value: int) -> None:
        """Somebody pressed 👍 (1) or 👎 (-1)."""
        ...

    def wrote(self, kind: Written) -> None:
        """Something was made durable."""
        ...


class Observers:
    """Tells several observers, none by default."""

    def __init__(self, observers: Sequence[Observer] = ()) -> None:
        self._observers = tuple(observers)

    def asked(self, guild: int | None, outcome: Asked) -> None:
        for observer in self._observers:
            observer.asked(guild, outcome)

    def took(self, stage: str, seconds: float) -> None:
        for observer in self._observers:
            observer.took(stage, seconds)

    def voted(self, guild: int | None, value: int) -> None:
        for observer in self._observers:
            observer.voted(guild, value)

    def wrote(self, kind: Written) -> None:
        for observer in self._observers:
            observer.wrote(kind)


NOBODY = Observers()
