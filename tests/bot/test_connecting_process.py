"""The bot as a process, before it begins a session: it waits where it should, lives meanwhile, and ends when told."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

import aiohttp
import pytest

from loopback.breaking import closed
from loopback.ports import free_port
from loopback.server import Discord

pytestmark = pytest.mark.slow


@pytest.fixture
async def discord():
    async with Discord(identify_gap=0.0) as service:
        yield service


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def start(discord, tmp_path, port):
    data = tmp_path / "data"
    data.mkdir()
    env = {"HALLYU_DATA_DIR": str(data), "HALLYU_HTTP_PORT": str(port), "HALLYU_LOG_FORMAT": "json"}

    def starting(**settings):
        own = {**env, **settings}
        return discord.run_bot(sys.executable, "-m", "bot", "run", log=tmp_path / "log", env=own, cwd=tmp_path)

    return starting


async def livez(port: int) -> dict[str, object]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/livez") as response:
        assert response.status == 200
        return dict(await response.json())


async def test_after_short_sessions_it_waits_until_the_record_is_deleted(discord, start, tmp_path, port):
    record = tmp_path / "data" / "sessions.json"
    record.write_text(json.dumps({"short": 9, "began": time.time()}))
    async with start() as bot:
        await bot.printed("gateway.pause")
        assert await bot.stop() == 0
    assert bot.stop_seconds < 5.0
    bot.log.unlink()
    async with start() as bot:
        await bot.printed("gateway.pause")
        assert float((await livez(port))["pause_s"]) > 800
        assert discord.gateway.asked == 0
        record.unlink()
        await bot.ready()
        assert await bot.stop() == 0
    assert json.loads(record.read_bytes())["short"] == 1


async def test_whoever_restarts_it_again_and_again_waits_no_longer_each_time(discord, start, tmp_path):
    for _ in range(3):
        async with start() as bot:
            await bot.ready()
            assert await bot.stop() == 0
        assert json.loads((tmp_path / "data" / "sessions.json").read_bytes())["short"] == 1


async def test_the_last_sessions_of_the_day_are_left_alone(discord, start, port):
    discord.gateway.asked = 960
    async with start(HALLYU_DEAD_MINUTES="0.1") as bot:  # that silence of its own accord does not end
        await bot.printed("gateway.budget_low")
        await asyncio.sleep(6.5)
        assert float((await livez(port))["pause_s"]) > 3500
        asked = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "health"),
            env={**os.environ, "HALLYU_HTTP_PORT": str(port)},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await asked.communicate()
        assert said.startswith(b"Alive: it waits ")
        assert asked.returncode == 0
        assert await bot.stop() == 0
    assert bot.stop_seconds < 5.0
    assert discord.gateway.asked == 960


async def test_a_refusal_for_good_is_one_sentence_and_an_exit_code_for_the_supervisor(discord, start):
    def refused(gateway, connection):
        gateway.break_at("identify", refused)  # each time
        closed(4013)(gateway, connection)

    discord.gateway.break_at("identify", refused)
    async with start() as bot:
        assert await bot.exit_code(90.0) == 78
    (sentence,) = [line for line in bot.output().splitlines() if not line.startswith("{")]
    assert "4013" in sentence
    assert "Traceback" not in bot.output()
