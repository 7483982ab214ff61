"""The goals for 20 questions a second over Discord, and for 50 with two cores; `discord_load` measures them."""

from __future__ import annotations

from tests.benchmarks import discord_load
from tests.benchmarks.figures import Figure, at_least, at_most, noted
from tests.loopback.load import percentile

ACK_MS = 250.0
LAG_MS = 100.0
RUSH = 50.0
RUSH_SECONDS = 60.0
RUSH_ACK_MS = 1000.0
PEAK_MB = 400.0


async def measure() -> list[Figure]:
    measured = await discord_load.measure()
    print("\n".join(measured.lines()))
    report = measured.report
    return [
        at_most("first acknowledgement, p99", percentile(report.ack_ms, 0.99), ACK_MS, "ms"),
        at_least("answers delivered", report.delivered, report.sent, f"of {report.sent}"),
        at_most("event loop late by, p99.9", measured.lag.get("p999", float("nan")), LAG_MS, "ms"),
    ]


async def rush() -> list[Figure]:
    measured = await discord_load.measure(RUSH, RUSH_SECONDS)
    print("\n".join(measured.lines()))
    report, name = measured.report, f"{RUSH:g} questions a second for {RUSH_SECONDS:g} s"
    return [
        noted(f"{name}: acknowledgement, p50", percentile(report.ack_ms, 0.5), "ms"),
        at_most(f"{name}: acknowledgement, p99", percentile(report.ack_ms, 0.99), RUSH_ACK_MS, "ms"),
        at_least(f"{name}: delivered", report.delivered, report.sent, f"of {report.sent}"),
        at_most(f"{name}: delivered twice", report.twice, 0, f"of {report.sent}"),
        noted(f"{name}: told that too many wait", 100 * measured.busy / report.sent, "%"),
        noted(f"{name}: answer, p50", percentile(report.final_ms, 0.5), "ms"),
        noted(f"{name}: answer, p99", percentile(report.final_ms, 0.99), "ms"),
        at_most(f"{name}: most ever resident", measured.peak_mb, PEAK_MB, "MB"),
    ]
