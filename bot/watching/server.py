"""`/livez`, `/readyz` and `/metrics` over HTTP, on loopback unless the settings say otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.watching.metrics import Metrics
from bot.watching.pulse import Pulse
from bot.watching.readiness import Parts

log = structlog.stdlib.get_logger(__name__)


@asynccontextmanager
async def serving(host: str, port: int, pulse: Pulse, metrics: Metrics, parts: Parts) -> AsyncIterator[None]:
    """Serves while it is entered; not at all for port 0. A port that is taken is logged: the bot answers without."""
    if not port:
        yield
        return
    runner = web.AppRunner(application(pulse, metrics, parts), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
            log.info("http.listening", host=host, port=port)
        except OSError as error:
            log.error("http.not_listening", host=host, port=port, cause=error.strerror)
        yield
    finally:
        await runner.cleanup()


def application(pulse: Pulse, metrics: Metrics, parts: Parts) -> web.Application:
    """The three pages."""

    async def livez(_: web.Request) -> web.Response:
        alive = pulse.alive
        numbers = {"loop_lag_ms": pulse.lag_ms, "heartbeat_age_s": pulse.silence, "pause_s": pulse.rest_s}
        body = {"alive": alive, **{name: round(number, 1) for name, number in numbers.items()}}
        return web.json_response(body, status=200 if alive else 503)

    async def readyz(_: web.Request) -> web.Response:
        found = {name: await check() for name, check in parts.items()}
        ready = all(found.values())
        return web.json_response({"ready": ready, **found}, status=200 if ready else 503)

    async def page(_: web.Request) -> web.Response:
        return web.Response(body=metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app = web.Application()
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", page)])
    return app
