"""The bot as a process: from settings to a connected client, and down again within seconds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import structlog

from bot.admission import Admission
from bot.allowance import Allowance
from bot.backing_up import back_up_regularly
from bot.catalogue import Catalogue
from bot.client import ANSWERING_SECONDS, HallyuClient
from bot.compose import changed_pack, knowing, sync_pack
from bot.connecting import CLOSING_SECONDS, RECORD, UNREACHABLE, Gate, closing, login, stay_connected
from bot.discord_api import refuse_wrong_token, unreachable
from bot.errors import ErrorPath
from bot.forgetting import daily, forget, purge
from bot.inbox import serve
from bot.loop_lag import LoopLag
from bot.memory import return_freed_memory_regularly, settle
from bot.pacing import Pacing
from bot.settings import Settings
from bot.stopping import Stop, stopping
from bot.use_cases import UseCases, curation
from bot.watching.metrics import Metrics
from bot.watching.observing import Observers
from bot.watching.pulse import Pulse
from bot.watching.server import serving
from bot.watching.status import Status
from bot.watching.tallying import Tallying
from index.loading import Progress
from knowledge.store import Store, open_store

log = structlog.stdlib.get_logger(__name__)


async def run_bot(settings: Settings, progress: Progress | None = None) -> None:
    """Runs until SIGTERM or SIGINT. Raises `HallyuError` for what an admin can put right."""
    # Until the bot serves, SIGTERM ends the process at once, which loses nothing. It needs a handler for that: in a
    # container the process has number 1, for which the kernel drops signals that nobody handles.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    token = settings.needed_token()
    await refuse_wrong_token(token, settings.api_url)  # before anything is made in the data folder
    pack = await changed_pack(settings)
    async with open_store(settings.database) as store:
        change = await sync_pack(store, pack)
        del pack  # some 10 MB, which would be held for as long as the bot runs
        if not change.nothing:
            log.info("pack.synced", added=change.added, revised=change.revised, retired=change.retired)
        lag, metrics, tallying = LoopLag(), Metrics(version("hallyu")), Tallying(store)
        observer = Observers((metrics, tallying))
        async with (
            tallying.regularly(),
            knowing(settings, store, _note, keeps=True, progress=progress, observer=observer) as known,
            curation(known) as use_cases,
        ):
            settle()
            pulse, gate = Pulse(lag), Gate(settings.data_dir / RECORD)
            metrics.follow(known.engine, known.index, pulse)
            status = Status(known, settings, pulse, tallying)
            allowance = Allowance(settings.member_burst, settings.member_per_minute)
            admission = Admission(allowance=allowance, observer=observer)

            pacing = Pacing()

            def make_client() -> HallyuClient:
                client = _client(settings, store, use_cases, status, admission, gate, pacing)
                pulse.attach(client)
                return client

            beside = (
                lag.measure(),
                daily(partial(forget, store)),
                daily(partial(purge, use_cases.guilds)),
                serve(settings.data_dir, use_cases.importing),
                back_up_regularly(settings),
                return_freed_memory_regularly(),
            )
            with _counted_errors(metrics):
                async with serving(settings.http_host, settings.http_port, pulse, metrics, status.parts):
                    connection = stay_connected(make_client, token, gate, pulse)
                    with stopping(admission.under_way, ErrorPath(Catalogue.load()).report) as stop:
                        await _serve(beside, (connection, pulse.watch(settings.dead_minutes)), stop)
                        gate.excuse()  # whoever gets here was told to stop
            log.debug("loop_lag", **lag.centiles())


async def send_commands(settings: Settings) -> None:
    """Sends the slash commands to Discord, changed or not. Raises `HallyuError` as `run_bot` does."""
    token = settings.needed_token()
    async with (
        open_store(settings.database) as store,
        knowing(settings, store, _note, keeps=True) as known,
        curation(known) as use_cases,
        closing(
            _client(settings, store, use_cases, Status(known, settings, Pulse(LoopLag()), Tallying(store)))
        ) as client,
    ):
        try:
            await login(client, token)
            await client.sync()
        except UNREACHABLE as error:
            raise unreachable(error) from error


def _client(
    settings: Settings,
    store: Store,
    use_cases: UseCases,
    status: Status,
    admission: Admission | None = None,
    gate: Gate | None = None,
    pacing: Pacing | None = None,
) -> HallyuClient:
    return HallyuClient(
        use_cases=use_cases,
        store=store,
        status=status,
        catalogue=Catalogue.load(),
        api_url=settings.api_url,
        admission=admission,
        before_identify=gate.identify if gate else None,
        pacing=pacing,
    )


@contextlib.contextmanager
def _counted_errors(metrics: Metrics) -> Iterator[None]:
    handler = metrics.error_handler()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


Work = Coroutine[Any, Any, None]


async def _serve(beside: Sequence[Work], main: Sequence[Work], stop: Stop) -> None:
    """Does what is `main` until one of it ends or fails, or until `stop`; `beside` it what may end as it likes."""
    tasks = [asyncio.create_task(work) for work in beside]
    try:
        await _until(stop, main)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=1)
        log.info("bot.stopped")


async def _until(stop: Stop, works: Sequence[Work]) -> None:
    """Runs `works` until one ends, which raises what it raised, or until `stop` is set; then cancels the others."""
    working, stopping = [asyncio.create_task(work) for work in works], asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({*working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for work in working:
            if work.done():
                await work
        await stop.finish()
    finally:
        for task in (*working, stopping):
            task.cancel()
        await asyncio.wait({*working, stopping}, timeout=ANSWERING_SECONDS + CLOSING_SECONDS + 1)


def _note(line: str) -> None:
    log.info("preparing", what=line)
