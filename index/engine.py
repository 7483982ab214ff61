"""The one thread that encodes and searches, behind a bounded and fair queue: the event loop only waits."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from index.fair_queue import FairQueue, Party
from index.following import Exchange
from index.pipeline import Drafted, Pipeline, Reading
from knowledge.models import Scope

T = TypeVar("T")

QUEUE = 64
"""Jobs that may wait; one more is refused, since it could not be answered in time on a small server."""

Took = Callable[[str, float], None]
"""Told of a stage and its seconds."""

DRAIN = 16
"""Most jobs taken at once. One forward pass for all that wait gave 1.4 times the throughput at 64 callers."""

PAUSE = 0.05
"""Seconds until work that found no room among the waiting questions is tried again: some two batches."""

HALLYU = Party()
"""Changes of the index stand in a line of their own, so that they wait for no crowd."""


class Overloaded(Exception):
    """The queue is full, or the job waited longer than the engine's patience or gave way, or the engine has stopped."""


class Stopped(Overloaded):
    """The engine has ended: trying again is no use."""


@dataclass(frozen=True, slots=True)
class _Job:
    loop: asyncio.AbstractEventLoop
    result: asyncio.Future[Any]
    deadline: float

    def succeed(self, value: object) -> None:
        self._settle(lambda: self.result.set_result(value))

    def fail(self, error: BaseException) -> None:
        if isinstance(error, StopIteration):  # a future refuses it, and whoever waits would wait for ever
            error = RuntimeError(f"the work raised {error!r}")
        self._settle(lambda: self.result.set_exception(error))

    def _settle(self, settle: Callable[[], None]) -> None:
        try:
            self.loop.call_soon_threadsafe(lambda: None if self.result.done() else settle())
        except RuntimeError:  # the loop was closed while we worked: nobody waits any more
            return

    def attempt(self, work: Callable[[], T]) -> T | None:
        """The value of `work`, or None after the job has failed with what it raised."""
        try:
            return work()
        except Exception as error:
            self.fail(error)
            return None


@dataclass(frozen=True, slots=True)
class _Question(_Job):
    text: str
    scope: Scope
    meant: str | None
    before: Exchange | None


@dataclass(frozen=True, slots=True)
class _Work(_Job):
    work: Callable[[], Any]

    def do(self) -> None:
        try:
            self.succeed(self.work())
        except Exception as error:
            self.fail(error)


class Engine:
    """`with Engine(...) as engine:` owns the thread. All methods are called from an event loop."""

    def __init__(
        self,
        pipeline: Pipeline,
        patience: float = 20.0,
        took: Took = lambda stage, seconds: None,
        share: int = QUEUE,
    ) -> None:
        """`patience` is how many seconds a job may wait for its turn, `share` how many of one guild may wait. `took` is
        told, in the thread, how long each batch took to "read", "encode" and "search"."""
        self._took = took
        self._pipeline = pipeline
        self._patience = patience
        self._jobs: FairQueue[_Question | _Work] = FairQueue(QUEUE, share)
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="hallyu-engine", daemon=True)

    @property
    def waiting(self) -> int:
        """Jobs in the queue."""
        return len(self._jobs)

    @property
    def running(self) -> bool:
        return self._thread.is_alive() and not self._stopping

    def __enter__(self) -> Engine:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping = True
        self._jobs.close()
        self._thread.join()

    def has_room(self, party: Party) -> bool:
        """Whether a job of this party would be taken now."""
        return self._jobs.has_room(party)

    async def draft(
        self,
        question: str,
        scope: Scope,
        meant: str | None = None,
        before: Exchange | None = None,
        member: int | None = None,
    ) -> Drafted:
        """What to answer; see `Pipeline.read`. `member` is who asks. Raises `Overloaded`."""
        loop = asyncio.get_running_loop()
        job = _Question(loop, loop.create_future(), self._deadline(), question, scope, meant, before)
        drafted: Drafted = await self._wait(job, Party(scope.guild, member))
        return drafted

    async def run(self, work: Callable[[], T], party: Party = HALLYU) -> T:
        """Does `work` between two batches of questions: how the index is changed. Raises `Overloaded`."""
        loop = asyncio.get_running_loop()
        done: T = await self._wait(_Work(loop, loop.create_future(), self._deadline(), work), party)
        return done

    async def insist(self, work: Callable[[], T]) -> T:
        """As `run`, for what must be done however many questions wait. Raises `Stopped` alone."""
        while True:
            try:
                return await self.run(work)
            except Stopped:
                raise
            except Overloaded:
                await asyncio.sleep(PAUSE)

    def _deadline(self) -> float:
        return time.monotonic() + self._patience

    async def _wait(self, job: _Question | _Work, party: Party) -> Any:
        if self._stopping:
            raise Stopped
        try:
            gone = self._jobs.put(job, party)
        except queue.Full:
            raise Overloaded from None
        if gone is not None:
            gone.fail(Overloaded())
        return await job.result

    def _serve(self) -> None:
        while taken := self._jobs.take(DRAIN):
            batch = _wanted(taken)
            for job in batch:
                if isinstance(job, _Work):
                    job.do()
            self._answer([job for job in batch if isinstance(job, _Question)])

    def _read(self, job: _Question) -> Reading:
        return self._pipeline.read(job.text, job.scope, job.meant, job.before)

    def _answer(self, jobs: Sequence[_Question]) -> None:
        began = time.perf_counter()
        readings = [(job, reading) for job in jobs if (reading := job.attempt(partial(self._read, job))) is not None]
        read = time.perf_counter()
        try:
            vectors = self._pipeline.encode([reading for _, reading in readings])
        except Exception as error:
            for job, _ in readings:
                job.fail(error)
            return
        encoded = time.perf_counter()
        for (job, reading), own in zip(readings, vectors, strict=True):
            drafted = job.attempt(partial(self._pipeline.draft, reading, own))
            if drafted is not None:
                job.succeed(drafted)
        if jobs:
            self._took("read", read - began)
            self._took("encode", encoded - read)
            self._took("search", time.perf_counter() - encoded)


def _wanted(taken: Sequence[_Question | _Work]) -> list[_Question | _Work]:
    """Those of the jobs that somebody waits for; of these, those that waited too long fail."""
    batch = [job for job in taken if not job.result.cancelled()]
    now = time.monotonic()
    for job in batch:
        if job.deadline < now:
            job.fail(Overloaded())
    return [job for job in batch if job.deadline >= now]
