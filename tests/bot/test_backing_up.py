"""Backups on a schedule, made by the running bot."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.backing_up import back_up_regularly
from bot.settings import Settings
from knowledge.backups import backups_in, make_backup, verify
from knowledge.store import open_store

BEGAN = datetime(2026, 11, 23, 12, tzinfo=UTC)


class FastClock:
    """An hour passes with every hundredth of a second that somebody sleeps."""

    def __init__(self, monkeypatch) -> None:
        self.now = BEGAN
        self.slept: list[float] = []
        self._sleep = asyncio.sleep
        monkeypatch.setattr("bot.backing_up.asyncio.sleep", self.sleep)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds / 3600)
        await self._sleep(0.01)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch) -> FastClock:
    return FastClock(monkeypatch)


@pytest.fixture
async def data(tmp_path) -> Path:
    async with open_store(tmp_path / "data" / "hallyu.db") as store:
        await store.keep_note("key", "value")
    return tmp_path / "data"


def settings(data: Path, hours: int = 24, keep: int = 2) -> Settings:
    return Settings(_env_file=None).model_copy(update={"data_dir": data, "backup_hours": hours, "backup_keep": keep})


@asynccontextmanager
async def running(settings: Settings, clock: FastClock):
    task = asyncio.create_task(back_up_regularly(settings, clock))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until(true) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.to_thread(os.getpid)  # not `asyncio.sleep`, whose time is made up here


async def test_backups_are_made_every_so_many_hours_and_the_oldest_deleted(data, clock):
    async with running(settings(data, hours=24, keep=2), clock):
        await until(lambda: (data / "backups" / "hallyu-20261126-120000").exists() and len(clock.slept) == 5)
    assert [path.name for path in backups_in(data / "backups")] == ["hallyu-20261125-120000", "hallyu-20261126-120000"]
    assert all(verify(path).fine for path in backups_in(data / "backups"))
    assert clock.slept[:3] == [0, 24, 24]


async def test_without_the_setting_none_is_made(data, clock):
    await back_up_regularly(settings(data, hours=0), clock)
    assert not (data / "backups").exists()


async def test_after_a_restart_the_time_counts_from_the_latest_backup(data, clock):
    make_backup(data / "hallyu.db", data / "backups", clock=lambda: BEGAN - timedelta(hours=20))
    async with running(settings(data), clock):
        await until(lambda: len(backups_in(data / "backups")) == 2)
    assert clock.slept[0] == pytest.approx(4)


async def test_a_backup_dated_in_the_future_delays_the_next_by_no_more_than_usual(data, clock):
    make_backup(data / "hallyu.db", data / "backups", clock=lambda: BEGAN + timedelta(days=400))
    async with running(settings(data), clock):
        await until(lambda: clock.slept)
    assert clock.slept[0] == 24


async def test_a_backup_that_fails_is_logged_and_tried_again_within_the_hour(data, clock):
    (data / "backups").write_text("in the way")
    with capture_logs() as logs:
        async with running(settings(data), clock):
            await until(lambda: len(clock.slept) >= 4)  # the first, and an hour after each that failed
            (data / "backups").unlink()
            await until(lambda: logs[-1]["event"] == "backup.made")
    failed = [entry for entry in logs if entry["event"] == "backup.failed"]
    assert failed[0]["log_level"] == "error"
    assert "cannot be written" in failed[0]["cause"]
    assert max(clock.slept[:4]) == 1


async def test_stopping_the_bot_gives_a_backup_up_within_moments(data, clock):
    async with open_store(data / "hallyu.db") as store:
        await store.keep_vectors("model", {str(n): os.urandom(1_500) for n in range(60_000)})
    loop = asyncio.get_running_loop()
    async with running(settings(data), clock):
        await until(lambda: list((data / "backups").glob(".hallyu-*.part/hallyu.db")))
        began = loop.time()
    await loop.shutdown_default_executor()
    assert loop.time() - began < 1
    assert backups_in(data / "backups") == []
    assert list((data / "backups").glob(".hallyu-*.part")) == []
