"""The REST side as a web application: routes, the bot's token, faults, and a record of every request."""

from __future__ import annotations

import asyncio
import functools
import json
import math
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from .application import Application
from .call import Call, Handler
from .changes import Changes
from .channels import Channels
from .faults import Fault, Faults
from .gateway import Gateway
from .interactions import Interactions
from .wire import ApiError
from .world import World

API = "/api/v10"
FILES = "/attachments"
FILE = FILES + "/{file}/{name}"
GATEWAY = "/gateway/"
WITHOUT_TOKEN = ("/interactions/", "/webhooks/", FILES)
"""Paths that an interaction's own token opens, or that anybody may read."""


class Rest:
    """Answers requests; `calls` has every one of them, `broken` what went wrong in here."""

    def __init__(self, token: str, faults: Faults, changes: Changes, interactions: Interactions, world: World) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._changes = changes
        self._interactions = interactions
        self.calls: list[Call] = []
        self.broken: list[str] = []

    def application(self, application: Application, channels: Channels, gateway: Gateway) -> web.Application:
        app = web.Application()
        app.router.add_get(GATEWAY, gateway.handle)
        for method, path, handler in _routes(application, channels, self._interactions):
            app.router.add_route(method, API + path, functools.partial(self._serve, handler, path))
        app.router.add_get(FILE, functools.partial(self._serve, self._file, FILE))
        app.router.add_route("*", "/{unknown:.*}", functools.partial(self._serve, None, ""))
        return app

    async def _serve(self, handler: Handler | None, route: str, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(API)
        call = Call(f"{request.method} {path}", request.match_info, request.query, route=route)
        self.calls.append(call)
        self._changes.announce()
        sent, files = await _received(request)
        call.fault = fault = self._faults.take(call.line, self._interactions.person(call.parts.get("token", "")))
        if fault:
            await asyncio.sleep(fault.delay)
        if fault and fault.drop == "before":
            return _drop(request)
        try:
            _fail(fault, late=False)
            if not handler:
                raise ApiError(404, 0, "404: Not Found")
            self._check_token(call, request.headers.get("Authorization"))
            body = await self._handle(handler, call, sent, files)
            _fail(fault, late=True)
            call.status = 200 if body is not None else 204
        except ApiError as error:
            call.status, body = error.status, error.body
        self._changes.announce()
        if fault and fault.drop == "after":
            return _drop(request)
        return _block(fault.status) if fault and fault.cloudflare else _response(call.status, body)

    def _check_token(self, call: Call, given: str | None) -> None:
        needed = not call.line.split(" ")[1].startswith(WITHOUT_TOKEN)
        if needed and given != f"Bot {self._token}":
            raise ApiError(401, 0, "401: Unauthorized")

    async def _file(self, call: Call) -> bytes:
        """A file of the CDN."""
        found = self._world.files.get(int(call["file"]))
        if not found:
            raise ApiError(404, 0, "404: Not Found")
        return found[1]

    async def _handle(self, handler: Handler, call: Call, sent: str, files: list[tuple[str, bytes]]) -> Any:
        try:
            call.body = _parsed(sent)
            if files:
                call.body["attachments"] = [self._world.file(name, data) for name, data in files]
            return await handler(call)
        except ApiError as error:
            self._interactions.blame(call.parts.get("token", ""), error)
            raise
        except Exception as error:
            self.broken.append(f"{call.line}: {error!r}")
            raise


def _fail(fault: Fault | None, *, late: bool) -> None:
    if fault and fault.status and fault.late is late:
        more = {"retry_after": fault.retry_after, "global": False} if fault.status == 429 else {}
        raise ApiError(fault.status, 0, f"{fault.status}: on purpose", **more)


def _routes(
    application: Application, channels: Channels, interactions: Interactions
) -> Iterator[tuple[str, str, Handler]]:
    yield from (("GET", path, application.gateway) for path in ("/gateway", "/gateway/bot"))
    yield from (("GET", f"{path}/@me", application.about) for path in ("/applications", "/oauth2/applications"))
    yield "GET", "/users/@me", application.me
    for scope in ("", "/guilds/{guild}"):
        yield "GET", "/applications/{application}" + scope + "/commands", application.commands
        yield "PUT", "/applications/{application}" + scope + "/commands", application.register
    yield "POST", "/interactions/{interaction}/{token}/callback", interactions.callback
    yield "POST", "/webhooks/{application}/{token}", interactions.follow_up
    yield "POST", "/channels/{channel}/messages", channels.send
    yield "POST", "/users/@me/channels", channels.direct
    for where, messages in (("/webhooks/{application}/{token}", interactions), ("/channels/{channel}", channels)):
        yield "GET", where + "/messages/{message}", messages.read
        yield "PATCH", where + "/messages/{message}", messages.edit
        yield "DELETE", where + "/messages/{message}", messages.delete


async def _received(request: web.Request) -> tuple[str, list[tuple[str, bytes]]]:
    """The JSON of a request and the files that come with it."""
    if not request.content_type.startswith("multipart/"):
        return await request.text(), []
    form = await request.post()
    files = [(part.filename, part.file.read()) for part in form.values() if isinstance(part, web.FileField)]
    return str(form.get("payload_json", "{}")), files


def _parsed(sent: str) -> Any:
    """The JSON body; Discord takes text in UTF-8 only, so a lone surrogate is no JSON to it."""
    try:
        body = json.loads(sent) if sent else {}
        json.dumps(body, ensure_ascii=False).encode()
    except ValueError as error:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from error
    return body


def _drop(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _block(status: int | None) -> web.Response:
    """What Cloudflare answers in Discord's place."""
    text = "<html><title>Access denied</title>error code: 1015</html>"
    return web.Response(status=status or 429, text=text, content_type="text/html")


def _response(status: int, body: Any) -> web.Response:
    if status == 204:
        return web.Response(status=status)
    if isinstance(body, bytes):
        return web.Response(status=status, body=body)
    # discord.py reads JSON of exactly this content type, and takes a 429 without "Via" for a ban.
    headers = {"Content-Type": "application/json", "Via": "1.1 loopback"}
    if status == 429:
        headers["X-RateLimit-Reset-After"] = str(body["retry_after"])
        headers["Retry-After"] = str(math.ceil(body["retry_after"]))
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)
