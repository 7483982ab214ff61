"""The gateway: who may connect, what a session is told, and ways to break a connection."""

from __future__ import annotations

import asyncio
import json
import time

from aiohttp import WSMsgType, web

from .breaking import Break, Moment
from .changes import Changes
from .session import Connection, Op, Session
from .wire import JSON, PRIVILEGED_INTENTS
from .world import World

FAREWELL = (1000, 1001)
"""Close codes with which a client gives its session up."""


class Gateway:
    """Accepts websockets; `identify_gap` is the least number of seconds between two IDENTIFYs."""

    def __init__(self, world: World, changes: Changes, token: str, heartbeat_ms: int, identify_gap: float) -> None:
        self._world = world
        self._changes = changes
        self._token = token
        self._heartbeat_ms = heartbeat_ms
        self._identify_gap = identify_gap
        self._identified_at = -identify_gap
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identifies = 0  # those that began a session
        self.asked = 0  # all that were sent, which is what Discord counts
        self.sessions_a_day = 1000
        self.reset_ms = 86_400_000
        self.down = False  # answers 503 to new connections
        self.refused = 0
        self.mute = False  # leaves heartbeats without an acknowledgement
        self.welcome = asyncio.Event()  # while cleared, new connections wait for their HELLO
        self.welcome.set()
        self._traps: dict[Moment, Break] = {}

    @property
    def sessions_left(self) -> int:
        return max(0, self.sessions_a_day - self.asked)

    @property
    def live(self) -> list[Session]:
        """Sessions that are connected right now."""
        return [session for session in self.sessions.values() if session.connection]

    def dispatch(self, event: str, data: JSON) -> None:
        """Sends an event to every session, a disconnected one's when it resumes."""
        for session in self.sessions.values():
            session.dispatch(event, data)

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self.live if session.connection]

    def break_at(self, moment: Moment, how: Break) -> None:
        """Lets `how` befall the next connection that comes to that moment."""
        self._traps[moment] = how

    def disarm(self) -> int:
        """Takes back what has befallen nobody yet; how many that were."""
        left, self._traps = len(self._traps), {}
        return left

    def break_now(self, how: Break) -> None:
        """Lets `how` befall every connection."""
        for connection in self._connections():
            how(self, connection)

    def _sprung(self, moment: Moment, connection: Connection) -> bool:
        how = self._traps.pop(moment, None)
        if how:
            how(self, connection)
            self._changes.announce()
        return how is not None

    def end_session(self, connection: Connection) -> None:
        """From now on there is nothing to resume."""
        self.sessions = {id: session for id, session in self.sessions.items() if session.connection is not connection}

    def reconnect(self) -> None:
        """Asks the bot to come again and resume."""
        for connection in self._connections():
            connection.control(Op.RECONNECT)

    def invalidate(self) -> None:
        """Declares the sessions over: the bot has to identify again."""
        connections = self._connections()
        self.sessions.clear()
        for connection in connections:
            connection.control(Op.INVALID_SESSION, False)

    def close(self, code: int) -> None:
        for connection in self._connections():
            connection.close(code)

    def abort(self) -> None:
        """Cuts every connection without a word; the sessions can be resumed."""
        for connection in self._connections():
            connection.abort()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One websocket, from HELLO to its end."""
        if self.down:
            self.refused += 1
            self._changes.announce()
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=4096, compress=False)
        await socket.prepare(request)
        connection = Connection(request, socket)
        await self.welcome.wait()
        if not self._sprung("connect", connection):
            connection.control(Op.HELLO, {"heartbeat_interval": self._heartbeat_ms})
            self._sprung("hello", connection)
        writer = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                self._receive(connection, message.data if message.type is WSMsgType.TEXT else "{}")
        finally:
            if connection.closed:  # a client that cannot send its goodbye takes the close code for 1006
                await asyncio.wait({writer}, timeout=10.0)
            writer.cancel()
            self._lost(connection, socket.close_code)
        return socket

    def _receive(self, connection: Connection, text: str) -> None:
        payload = json.loads(text)
        match payload.get("op"):
            case Op.HEARTBEAT if self.mute:
                pass
            case Op.HEARTBEAT:
                connection.control(Op.ACKNOWLEDGED)
            case Op.IDENTIFY:
                self._identify(connection, payload["d"])
            case Op.RESUME:
                self._resume(connection, payload["d"])
            case Op.PRESENCE:
                pass
            case _:
                connection.close(4001)

    def _identify(self, connection: Connection, data: JSON) -> None:
        self.asked += 1
        if self._sprung("identify", connection):
            return
        if refusal := self._refusal(data):
            connection.close(refusal)
            return
        if time.monotonic() - self._identified_at < self._identify_gap:
            connection.control(Op.INVALID_SESSION, False)
            return
        self._identified_at = time.monotonic()
        self.identifies += 1
        session = Session(connection)
        self.sessions[session.id] = session
        session.dispatch("READY", self._ready(session))
        for guild in self._world.guilds.values():
            session.dispatch("GUILD_CREATE", guild.payload(self._world.bot))
        self._sprung("ready", connection)
        self._changes.announce()

    def _refusal(self, data: JSON) -> int | None:
        """The close code that an IDENTIFY earns, if any: 4004 token, 4010 shard, 4014 intents not granted."""
        if data.get("token") != self._token:
            return 4004
        if data.get("shard", [0, 1]) != [0, 1]:
            return 4010
        return 4014 if data["intents"] & PRIVILEGED_INTENTS else None

    def _ready(self, session: Session) -> JSON:
        absent = [{"id": str(guild.id), "unavailable": True} for guild in self._world.guilds.values()]
        bot = self._world.bot
        who = {"user": bot.payload(), "application": {"id": str(bot.id), "flags": 0}, "shard": [0, 1]}
        return {**who, "v": 10, "guilds": absent, "session_id": session.id, "resume_gateway_url": self.url}

    def _resume(self, connection: Connection, data: JSON) -> None:
        if self._sprung("resume", connection):
            return
        session = self.sessions.get(data["session_id"])
        if not session or data["token"] != self._token:
            connection.control(Op.INVALID_SESSION, False)
            return
        session.resume(connection, data["seq"])
        self._sprung("resumed", connection)
        self._changes.announce()

    def _lost(self, connection: Connection, code: int | None) -> None:
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in FAREWELL and not connection.closed:
                    del self.sessions[session.id]
        self._changes.announce()
