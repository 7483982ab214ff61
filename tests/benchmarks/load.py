"""The goals for 20 questions a second over Discord; `discord_load` measures them."""

from __future__ import annotations

from tests.benchmarks import discord_load
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.loopback.load import percentile

ACK_MS = 250.0
LAG_MS = 100.0


async def measure() -> list[Figure]:
    measured = await discord_load.measure()
    print("\n".join(measured.lines()))
    report = measured.report
    return [
        at_most("first acknowledgement, p99", percentile(report.ack_ms, 0.99), ACK_MS, "ms"),
        at_least("answers delivered", report.delivered, report.sent, f"of {report.sent}"),
        at_most("event loop late by, p99.9", measured.lag.get("p999", float("nan")), LAG_MS, "ms"),
    ]
