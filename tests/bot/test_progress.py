"""How long work is told of where there is no terminal."""

from __future__ import annotations

import pytest

from bot.cli import progress


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_line_comes_now_and_then_and_at_the_end_with_the_time_that_is_left(clock, capsys):
    with progress.told("Embedding") as report:
        clock[0] += 60  # loading, which says nothing about the pace
        report(100, 1_000)
        for done in (200, 300, 400, 1_000):
            clock[0] += 6
            report(done, 1_000)
    assert capsys.readouterr().err.splitlines() == [
        "Embedding: 100 of 1000",
        "Embedding: 300 of 1000, about 42 s left",
        "Embedding: 1000 of 1000",
    ]


def test_long_work_is_told_in_minutes(clock, capsys):
    with progress.told("Embedding") as report:
        report(1, 1_000)
        clock[0] += 60
        report(101, 1_000)
    assert capsys.readouterr().err == "Embedding: 101 of 1000, about 9 min left\n"
