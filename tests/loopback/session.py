"""A gateway session, which outlives its websocket, and the websocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import secrets
import time
import zlib
from collections import deque
from enum import IntEnum

from aiohttp import web

from .wire import JSON


class Op(IntEnum):
    """What a payload of the gateway is for."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    ACKNOWLEDGED = 11


class Connection:
    """One websocket. What is pushed is written in order by a task of its own, so pushing never waits."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._socket = socket
        self._outbox: asyncio.Queue[str | bytes | int] = asyncio.Queue()
        packed = request.query.get("compress") == "zlib-stream"
        self._zlib = zlib.compressobj() if packed else None  # without it, plain text, which every client reads
        self.closed = False  # by this side, so that the other's close code is no farewell

    def push(self, text: str | bytes) -> None:
        """Pushes a payload, or bytes as they are, whatever the client makes of them."""
        self._outbox.put_nowait(text)

    def control(self, op: Op, data: JSON | bool | None = None) -> None:
        """Pushes a payload that is no event."""
        self.push(json.dumps({"op": op, "d": data}))

    def close(self, code: int) -> None:
        """Closes the socket with `code` once everything pushed before is written."""
        self.closed = True
        self._outbox.put_nowait(code)

    def abort(self) -> None:
        """Cuts the connection without a word."""
        if self._request.transport:
            self._request.transport.abort()

    async def write(self) -> None:
        """Writes what is pushed until the connection ends; what gets lost on the way is the session's to replay."""
        with contextlib.suppress(ConnectionError):
            while not isinstance(item := await self._outbox.get(), int):
                await (self._write(item) if isinstance(item, str) else self._socket.send_bytes(item))
            await self._socket.close(code=item)

    async def _write(self, text: str) -> None:
        if self._zlib:
            packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(packed)
        else:
            await self._socket.send_str(text)


class Session:
    """What one IDENTIFY began: numbered events, kept so that a RESUME can have the missed ones again."""

    def __init__(self, connection: Connection) -> None:
        self.id = secrets.token_hex(16)
        self.connection: Connection | None = connection
        self.resumes = 0
        self.resumed_at = -math.inf  # time.monotonic()
        self._events: deque[str] = deque(maxlen=5000)
        self._sequence = 0

    def dispatch(self, event: str, data: JSON) -> None:
        """Sends an event as it is now, or keeps it where nobody is connected."""
        self._sequence += 1
        self._events.append(json.dumps({"op": Op.DISPATCH, "s": self._sequence, "t": event, "d": data}))
        if self.connection:
            self.connection.push(self._events[-1])

    def resume(self, connection: Connection, seen: int) -> None:
        """Goes on over `connection` with what came after event number `seen`."""
        missed = self._sequence - seen
        for text in list(self._events)[len(self._events) - missed :]:
            connection.push(text)
        self.connection = connection
        self.resumed_at = time.monotonic()
        self.resumes += 1
        self.dispatch("RESUMED", {})
