"""Ways in which a gateway breaks a connection, to befall one at a moment of its life."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from .session import Connection, Op

if TYPE_CHECKING:
    from .gateway import Gateway

Moment = Literal["connect", "hello", "identify", "ready", "resume", "resumed"]
"""In place of the HELLO, after it, in place of what an IDENTIFY brings, after that, and the same for a RESUME."""

Break = Callable[["Gateway", Connection], None]

ENDS_SESSION = frozenset({4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014})
"""Close codes after which nothing can be resumed:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes."""


def closed(code: int) -> Break:
    """Closes the websocket with a code."""

    def how(gateway: Gateway, connection: Connection) -> None:
        if code in ENDS_SESSION:
            gateway.end_session(connection)
        connection.close(code)

    return how


def cut(gateway: Gateway, connection: Connection) -> None:
    """Drops the connection without a word."""
    connection.abort()


def told_to_reconnect(gateway: Gateway, connection: Connection) -> None:
    """Opcode 7."""
    connection.control(Op.RECONNECT)


def invalid(resumable: bool) -> Break:
    """Opcode 9, both ways."""

    def how(gateway: Gateway, connection: Connection) -> None:
        if not resumable:
            gateway.end_session(connection)
        connection.control(Op.INVALID_SESSION, resumable)

    return how


def says(payload: str | bytes) -> Break:
    """Sends something that is no payload."""

    def how(gateway: Gateway, connection: Connection) -> None:
        connection.push(payload)

    return how
