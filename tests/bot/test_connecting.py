"""How often the bot begins a session: slower with each one that was short, across restarts, and never the last ones."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.connecting import Budget, Gate
from bot.connecting.patience import FORGOTTEN, HEALTHY, LONGEST, patience
from bot.connecting.record import Sessions, read_sessions, write_sessions

NOW = 1_800_000_000.0
SLOWEST = LONGEST * 1.25


@pytest.fixture
def record(tmp_path):
    return tmp_path / "sessions.json"


def gate_at(record, now: float = NOW) -> Gate:
    return Gate(record, clock=lambda: now, dice=random.Random(1))


# --- across restarts ---------------------------------------------------------------------------------------------


def test_a_first_start_waits_for_nothing(record):
    assert gate_at(record).due() == 0.0


async def test_every_start_that_is_cut_short_makes_the_next_one_wait_longer(record):
    waits, now = [], NOW
    for _ in range(12):
        gate = gate_at(record, now)
        waits.append(gate.due())
        now += waits[-1]
        await gate_at(record, now).identify(0)  # killed right after it
    assert waits[0] == 0.0
    assert waits[:9] == sorted(waits[:9])
    assert 5.0 <= waits[1] <= 6.25
    assert all(LONGEST <= wait <= SLOWEST for wait in waits[9:])


async def test_starts_that_somebody_ends_do_not_make_the_next_one_wait_longer(record):
    waits, now = [], NOW
    for _ in range(12):
        gate = gate_at(record, now)
        waits.append(gate.due())
        now += waits[-1]
        gate = gate_at(record, now)
        await gate.identify(0)
        gate.excuse()
        assert read_sessions(record) == Sessions(1, pytest.approx(now, abs=1.0))
    assert all(wait <= 6.25 for wait in waits)


async def test_being_told_to_stop_excuses_no_session_before(record):
    write_sessions(record, Sessions(7, NOW - 1000))
    gate = gate_at(record)
    gate.excuse()
    assert read_sessions(record).short == 7
    await gate.identify(0)
    gate.excuse()
    assert read_sessions(record).short == 7


async def test_a_crash_loop_of_a_whole_day_stays_far_below_what_discord_allows(record):
    now, identifies = NOW, 0
    while now < NOW + 86_400:
        now += gate_at(record, now).due() + 3.0  # a start takes some seconds
        await gate_at(record, now).identify(0)
        identifies += 1
    print(f"{identifies} identifies in a day of crashes")
    assert identifies < 120


async def test_time_that_has_passed_since_is_not_waited_again(record):
    write_sessions(record, Sessions(8, NOW - 500))
    assert 640 - 500 <= gate_at(record).due() <= 1.25 * 640 - 500


@pytest.mark.parametrize("hours", [-9000, -24, -1, 1, 5, 23, 24, 9000])
def test_a_clock_that_jumped_never_makes_it_wait_longer_than_the_longest(record, hours):
    write_sessions(record, Sessions(50, NOW + hours * 3600))
    assert 0.0 <= gate_at(record).due() <= SLOWEST


def test_after_a_day_earlier_sessions_are_forgotten(record):
    write_sessions(record, Sessions(50, NOW - FORGOTTEN - 1))
    assert gate_at(record).short == 0


@settings(max_examples=40, deadline=None)
@given(st.binary() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(lambda x: json.dumps(x).encode()))
def test_whatever_is_in_the_file_is_read_or_ignored(tmp_path_factory, content):
    record = tmp_path_factory.mktemp("any") / "sessions.json"
    record.write_bytes(content)
    assert read_sessions(record) == Sessions()


@pytest.mark.parametrize(
    "fields",
    [
        {"short": -1, "began": NOW},
        {"short": 10**400, "began": NOW},
        {"short": 3, "began": float("nan")},
        {"short": 3, "began": float("inf")},
        {"short": 3, "began": None},
        {"short": [3], "began": NOW},
        {"short": 3},
    ],
)
def test_numbers_that_cannot_be_are_ignored(record, fields):
    record.write_text(json.dumps(fields))
    assert read_sessions(record) == Sessions()


async def test_a_folder_that_cannot_be_written_costs_the_record_and_nothing_else(tmp_path, logged):
    gate = gate_at(tmp_path / "missing" / "sessions.json")
    await gate.identify(0)
    assert (gate.identifies, gate.short) == (1, 1)
    assert [entry["event"] for entry in logged] == ["gateway.not_recorded"]


# --- the pause ---------------------------------------------------------------------------------------------------


async def test_the_pause_says_why_until_when_and_how_to_skip_it_and_a_deleted_record_ends_it(record, logged):
    write_sessions(record, Sessions(9, NOW))
    waiting = asyncio.create_task(gate_at(record).wait())
    await asyncio.sleep(0)
    (said,) = logged
    assert (said["event"], said["why"]) == ("gateway.pause", "9 sessions in a row ended early")
    assert said["seconds"] >= LONGEST
    assert str(record) in said["skip"]
    record.unlink()
    async with asyncio.timeout(3):
        await waiting
    assert logged[-1]["event"] == "gateway.pause_skipped"


# --- within one process ------------------------------------------------------------------------------------------


async def test_a_session_that_lasts_proves_itself(record, monkeypatch):
    monkeypatch.setattr("bot.connecting.gate.HEALTHY", 0.05)
    gate = gate_at(record)
    await gate.identify(0)
    assert read_sessions(record).short == 1
    await asyncio.sleep(0.1)
    assert (gate.short, read_sessions(record).short) == (0, 0)


async def test_a_session_that_is_given_up_proves_nothing(record, monkeypatch):
    monkeypatch.setattr("bot.connecting.gate.HEALTHY", 0.05)
    gate = gate_at(record)
    await gate.identify(0)
    gate.stop_counting()
    await asyncio.sleep(0.1)
    assert gate.short == 1


async def test_all_shards_of_a_start_count_once(record):
    gate = gate_at(record)
    for shard in range(16):
        await gate.identify(shard)
    assert (gate.short, gate.identifies) == (1, 16)


async def test_a_session_that_is_begun_again_and_again_is_given_up_before_it_spends_the_budget(record, monkeypatch):
    monkeypatch.setattr("bot.connecting.gate.patience", lambda short: patience(short) / 1000)
    monkeypatch.setattr("bot.connecting.gate._HOLDING_SECONDS", 0.01)
    gate = gate_at(record)

    async def invalidated_at_once() -> None:
        while True:
            await gate.identify(0)

    looping = asyncio.create_task(invalidated_at_once())
    async with asyncio.timeout(5):
        await gate.too_often()
    await asyncio.sleep(0.05)
    assert 2 <= gate.identifies <= 4
    looping.cancel()
    with suppress(asyncio.CancelledError):
        await looping
    await gate.wait()
    await gate.identify(0)  # and after the pause it goes on


async def test_what_discord_leaves_is_counted_down_and_asked_for_anew(record):
    gate = gate_at(record)
    gate.allow(Budget(total=1000, remaining=51, reset_after=60.0))
    await gate.identify(0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await gate.identify(1)
    async with asyncio.timeout(1):
        await gate.too_often()


# --- the budget --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remaining", "shards", "enough"), [(1000, 1, True), (51, 1, True), (50, 1, False), (0, 1, False), (60, 16, False)]
)
def test_a_twentieth_of_the_budget_is_left_alone(remaining, shards, enough):
    limit = {"total": 1000, "remaining": remaining, "reset_after": 1500, "max_concurrency": 1}
    assert Budget.of(shards, limit).enough is enough
    assert Budget.of(shards, limit).reset_after == 1.5


def test_the_paces_keep_within_the_budget_of_a_day():
    assert 86_400 / HEALTHY + 86_400 / LONGEST < 1000
