"""The bot as an operator watches it: over HTTP, by exit codes, on a Discord on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from loopback.ports import free_port
from loopback.server import Discord

pytestmark = pytest.mark.slow

MANAGE_SERVER = 1 << 5
QUESTION = "How many days in a row was Golden No. 1 on Spotify?"


@pytest.fixture
async def discord():
    async with Discord(identify_gap=0.0, heartbeat_ms=300) as service:
        yield service


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def start(discord, tmp_path, port):
    def starting(**settings):
        env = {"HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_HTTP_PORT": str(port), **settings}
        env = {"HALLYU_LOG_FORMAT": "json", **env}
        return discord.run_bot(sys.executable, "-m", "bot", "run", log=tmp_path / "log", env=env, cwd=tmp_path)

    return starting


async def page(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def until_status(port: int, path: str, status: int) -> dict[str, object]:
    async with asyncio.timeout(20):
        while True:
            found, text = await page(port, path)
            if found == status:
                return json.loads(text)
            await asyncio.sleep(0.05)


async def until_shown(port: int, line: str) -> str:
    """The metrics, once they hold `line`: the engine counts a batch right after its answers are on their way."""
    async with asyncio.timeout(20):
        while line not in (metrics := (await page(port, "/metrics"))[1]):
            await asyncio.sleep(0.05)
    return metrics


def health(port: int, cwd) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "health"],
        env={**os.environ, "HALLYU_HTTP_PORT": str(port)},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_pages_say_how_the_bot_is(discord, start, port, tmp_path):
    guild = discord.guild("Acme")
    mina = discord.user("mina", guild)
    async with start() as bot:
        await bot.ready()
        await until_status(port, "/livez", 200)
        ready = await until_status(port, "/readyz", 200)
        assert ready == {"ready": True, "database": True, "index": True, "model": True, "gateway": True}
        await discord.slash(guild, mina, "ask", question=QUESTION)
        metrics = await until_shown(port, 'hallyu_stage_seconds_count{stage="search"} 1.0')
        assert 'hallyu_questions_total{outcome="answered"} 1.0' in metrics
        assert "hallyu_gateway_connected 1.0" in metrics
        assert str(guild.id) not in metrics
        fine = await asyncio.to_thread(health, port, tmp_path)
        assert (fine.returncode, fine.stdout[:6]) == (0, "Alive:")

        discord.gateway.mute = True
        red = await until_status(port, "/livez", 503)
        assert red["alive"] is False
        assert (await until_status(port, "/readyz", 503))["gateway"] is False
        ill = await asyncio.to_thread(health, port, tmp_path)
        assert (ill.returncode, ill.stdout[:10]) == (1, "Not alive:")


async def test_status_says_what_the_server_asked_also_before_a_graceful_stop(discord, start, port):
    guild, other = discord.guild("Acme"), discord.guild("Elsewhere")
    ada = discord.user("ada", guild, other, permissions=MANAGE_SERVER)
    for times in (1, 2):
        async with start() as bot:
            await bot.ready()
            await until_status(port, "/readyz", 200)
            await discord.slash(guild, ada, "ask", question=QUESTION)
            card = (await discord.slash(guild, ada, "status")).text
            assert "✅ Everything works." in card
            assert f"Questions: {times}\n- Answered: {times}\n" in card
            assert "Questions: 0" in (await discord.slash(other, ada, "status")).text
            assert await bot.stop() == 0


async def test_a_dead_gateway_ends_the_process_for_its_supervisor(discord, start):
    async with start(HALLYU_DEAD_MINUTES="0.04") as bot:
        await bot.ready()
        discord.gateway.mute = True
        assert await bot.exit_code() == 1
    assert "gateway.dead" in bot.output()
    assert "Traceback" not in bot.output()


async def test_a_session_that_never_begins_ends_the_process_although_its_heartbeats_are_answered(discord, start):
    discord.gateway.break_at("identify", lambda gateway, connection: None)
    async with start(HALLYU_DEAD_MINUTES="0.1") as bot:
        assert await bot.exit_code() == 1
    assert "gateway.dead" in bot.output()
    assert discord.gateway.asked == 1


async def test_a_gateway_that_answers_keeps_the_process(discord, start):
    async with start(HALLYU_DEAD_MINUTES="0.04") as bot:
        await bot.ready()
        await asyncio.sleep(4)
        assert await bot.stop() == 0


async def test_a_port_that_is_taken_does_not_keep_the_bot_from_answering(discord, start, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with start() as bot:
            await bot.ready()
            assert "http.not_listening" in bot.output()


def test_health_says_that_nobody_answers(port, tmp_path):
    assert health(port, tmp_path).returncode == 1


def test_health_loads_no_more_than_the_settings_since_it_is_run_every_half_minute(port, tmp_path):
    heavy = ("discord", "aiohttp", "numpy", "faiss", "onnxruntime", "tokenizers", "aiosqlite", "sqlite3", "bot.asking")
    program = (
        "import atexit, sys; from bot.cli import main; sys.argv[1:] = ['health']\n"
        f"loaded = lambda: [name for name in {(*heavy, 'bot.settings')} if name in sys.modules]\n"
        "atexit.register(lambda: print(loaded()))\n"
        "main()"
    )
    env = {**os.environ, "HALLYU_HTTP_PORT": str(port), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines()[1:] == ["['bot.settings']"], done.stderr
