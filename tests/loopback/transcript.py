"""What became of one interaction, as the user and Discord saw it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .changes import Changes
from .wire import EPHEMERAL, JSON, LOADING, Callback, Interaction, text_of
from .world import Guild, User


@dataclass(eq=False)
class Transcript:
    """One interaction and everything it led to. Times are milliseconds since it was sent.

    `source` is the message that the pressed button or the submitted modal belongs to; `original` what
    `@original` means; `messages` are those the bot wrote, without a deferral that was never filled.
    """

    id: int
    token: str
    kind: Interaction
    user: User
    guild: Guild | None
    channel_id: int
    source: JSON | None = None
    callback: Callback | None = None
    ack_ms: float | None = None
    final_ms: float | None = None
    lost: bool = False
    original: JSON | None = None
    messages: list[JSON] = field(default_factory=list)
    errors: list[JSON] = field(default_factory=list)
    modal: JSON | None = None
    choices: list[JSON] | None = None
    _sent: float = field(default_factory=time.monotonic)
    _changes: Changes = field(default_factory=Changes)

    @property
    def age(self) -> float:
        """Seconds since the interaction was sent."""
        return time.monotonic() - self._sent

    @property
    def deferred(self) -> bool:
        return self.callback in (Callback.DEFER, Callback.DEFER_UPDATE)

    @property
    def loading(self) -> bool:
        """Whether the user looks at "… is thinking"."""
        return bool(self.original and self.original["flags"] & LOADING)

    @property
    def ephemeral(self) -> bool:
        """Whether only the user sees the answer."""
        first = self.messages[0] if self.messages else self.original
        return bool(first and first["flags"] & EPHEMERAL)

    @property
    def answered(self) -> bool:
        """Whether the user waits for nothing any more."""
        return self.callback is not None and not self.loading

    @property
    def text(self) -> str:
        """Everything there is to read in the messages."""
        return "\n".join(map(text_of, self.messages))

    def metadata(self) -> JSON:
        """`interaction_metadata` of the messages that the interaction makes."""
        owners = {"0": str(self.guild.id if self.guild else 0)}
        who = {"id": str(self.id), "user": self.user.payload(), "authorizing_integration_owners": owners}
        pressed = {"interacted_message_id": self.source["id"]} if self.source else {}
        return {**who, **pressed, "type": int(self.kind)}

    def acknowledge(self, callback: Callback) -> None:
        """Notes the first response."""
        self.callback = callback
        self.ack_ms = self.age * 1000
        self.changed()

    def lose(self) -> None:
        """Nothing came in time: the user reads "The application did not respond"."""
        if self.callback is None:
            self.lost = True
            self.changed()

    def wrote(self, message: JSON) -> None:
        """Notes that the bot wrote or changed `message` on behalf of this interaction."""
        if message not in self.messages:
            self.messages.append(message)
        self.changed()

    def changed(self) -> None:
        if self.answered and self.final_ms is None:
            self.final_ms = self.age * 1000
        self._changes.announce()

    async def until(self, wanted: Callable[[Transcript], object], what: str, seconds: float = 20.0) -> Transcript:
        """Waits for a state of this transcript; TimeoutError that tells how far it came."""
        try:
            await self._changes.until(lambda: wanted(self), seconds, what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; so far {self}") from None
        return self

    async def over(self, seconds: float = 20.0) -> Transcript:
        """Waits until the interaction is answered or lost."""
        return await self.until(lambda _: self.answered or self.lost, "an answer", seconds)

    async def failed(self) -> Transcript:
        """Waits until the bot was answered an error."""
        return await self.until(lambda _: self.errors, "an error")

    def __str__(self) -> str:
        state = "lost" if self.lost else self.callback.name if self.callback else "unanswered"
        return f"{self.kind.name} {state}, {len(self.messages)} messages, errors {self.errors}"
