"""Numbers for Prometheus. Labels are few and fixed: no guild, no person, no text."""

from __future__ import annotations

import logging

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.watching.observing import Asked, Written
from bot.watching.pulse import Pulse
from index.engine import Engine
from index.knowledge_index import KnowledgeIndex

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
"""Seconds; a question waits for 20 at most."""


class Metrics:
    """An observer that counts, and the page on which the counts are read."""

    def __init__(self, version: str) -> None:
        own = self._registry = CollectorRegistry()
        Gauge("hallyu_info", "Always 1; the version is the label.", ["version"], registry=own).labels(version).set(1)
        self._questions = Counter("hallyu_questions", "Questions by what became of them.", ["outcome"], registry=own)
        self._stages = Histogram(
            "hallyu_stage_seconds", "Time of a stage of answering.", ["stage"], registry=own, buckets=BUCKETS
        )
        self._votes = Counter("hallyu_votes", "Votes under answers.", ["value"], registry=own)
        self._writes = Counter("hallyu_writes", "What was made durable, by kind.", ["kind"], registry=own)
        self._errors = Counter("hallyu_errors", "Entries of the log at ERROR or above.", registry=own)

    def asked(self, guild: int | None, outcome: Asked) -> None:
        self._questions.labels(outcome).inc()

    def took(self, stage: str, seconds: float) -> None:
        self._stages.labels(stage).observe(seconds)

    def voted(self, guild: int | None, value: int) -> None:
        self._votes.labels("up" if value > 0 else "down").inc()

    def wrote(self, kind: Written) -> None:
        self._writes.labels(kind).inc()

    def follow(self, engine: Engine, index: KnowledgeIndex, pulse: Pulse) -> None:
        """Reads these whenever the page is asked for."""
        queue = Gauge("hallyu_queue_length", "Jobs that wait for the engine.", registry=self._registry)
        queue.set_function(lambda: engine.waiting)
        size = Gauge("hallyu_index_documents", "Documents in memory, by owner.", ["owner"], registry=self._registry)
        size.labels("pack").set_function(lambda: index.sizes[0])
        size.labels("guilds").set_function(lambda: index.sizes[1])
        gateway = Gauge("hallyu_gateway_connected", "1 while the gateway is answered.", registry=self._registry)
        gateway.set_function(lambda: pulse.connected)
        age = Gauge(
            "hallyu_gateway_heartbeat_age_seconds", "Age of the last acknowledged heartbeat.", registry=self._registry
        )
        age.set_function(lambda: pulse.silence)
        lag = Gauge("hallyu_loop_lag_seconds", "Longest lag of the last ten seconds.", registry=self._registry)
        lag.set_function(lambda: pulse.lag_ms / 1000)

    def page(self) -> bytes:
        """In Prometheus's text format."""
        text: bytes = generate_latest(self._registry)
        return text

    def error_handler(self) -> logging.Handler:
        """Counts what is logged as an error; to be added to the root logger."""
        return _Counting(self._errors)


class _Counting(logging.Handler):
    def __init__(self, errors: Counter) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.inc()
