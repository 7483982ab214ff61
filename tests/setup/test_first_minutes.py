"""docs/install.md as a newcomer follows it, from the token to the first `/setup`, on a Discord on this machine: the bot
as plain Python, as the systemd unit starts it, and as the image runs it under compose.yaml."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import load_settings
from image import container
from image.dockerfile import ROOT, stages
from loopback.ports import free_port
from loopback.server import Discord

pytestmark = pytest.mark.slow

QUESTION = "How many days in a row was Golden No. 1 on Spotify?"
ANSWER = "76"
MANAGE_SERVER = 1 << 5


@dataclass(frozen=True)
class Way:
    """How `hallyu WORDS` is called after one way of installing it, and where; the environment holds nothing else."""

    hallyu: Callable[..., list[str]]
    folder: Path
    env: dict[str, str]


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.fixture
async def discord():
    async with Discord(identify_gap=0.0) as service:
        yield service


def of_this_checkout(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", *words]


def bare(**variables: str) -> dict[str, str]:
    """Settings of the test alone, and where this checkout is."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **variables}


@pytest.fixture
def plain(discord: Discord, tmp_path: Path, port: str) -> Way:
    """`cp .env.example .env`, and the token written behind `DISCORD_TOKEN=`; as user and folder what is at hand."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = text.replace("DISCORD_TOKEN=\n", f"DISCORD_TOKEN={discord.token}\n")
    assert written != text
    lines = {
        "HALLYU_CACHE_DIR": str(load_settings().cache_dir.absolute()),
        "HALLYU_HTTP_PORT": port,
        "DISCORD_API_URL": discord.api_url,
    }
    for name, value in lines.items():
        written, count = re.subn(rf"^# {name}=.*$", f"{name}={value}", written, flags=re.MULTILINE)
        assert count == 1
    (tmp_path / ".env").write_text(written, encoding="utf-8")
    (tmp_path / ".env").chmod(0o600)
    return Way(of_this_checkout, tmp_path, bare(HOME=str(tmp_path)))


@pytest.fixture
def unit(discord: Discord, tmp_path: Path, port: str) -> Way:
    """The unit's ExecStart in its WorkingDirectory with its Environment, EnvironmentFile and credential."""
    state, credentials, settings = tmp_path / "state", tmp_path / "credentials", tmp_path / "hallyu.env"
    for folder in (state, credentials):
        folder.mkdir(mode=0o700)
    (credentials / "discord_token").write_text(f"{discord.token}\n", encoding="utf-8")
    (credentials / "discord_token").chmod(0o400)
    settings.write_text("HALLYU_LOG_FORMAT=json\n", encoding="utf-8")
    text = (ROOT / "deploy/hallyu.service").read_text(encoding="utf-8")
    for there, here in (("/var/lib/hallyu", state), ("/etc/hallyu/hallyu.env", settings), ("%d", credentials)):
        assert there in text
        text = text.replace(there, str(here))
    assert re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE) == ["/opt/hallyu/.venv/bin/hallyu run"]
    (folder,) = re.findall(r"^WorkingDirectory=(.*)$", text, re.MULTILINE)
    (file,) = re.findall(r"^EnvironmentFile=(.*)$", text, re.MULTILINE)
    lines = [*re.findall(r"^Environment=(.*)$", text, re.MULTILINE), *Path(file).read_text().splitlines()]
    own = dict(pair.split("=", 1) for line in lines for pair in line.split())
    here = {"HALLYU_CACHE_DIR": str(load_settings().cache_dir.absolute()), "HALLYU_HTTP_PORT": port}
    return Way(of_this_checkout, Path(folder), bare(**own, **here, DISCORD_API_URL=discord.api_url))


@pytest.fixture
def image(discord: Discord, tree: Path, tmp_path: Path, port: str) -> Way:
    if missing := container.missing():
        pytest.skip(f"a container without Docker needs {', '.join(missing)}")

    def hallyu(*words: str) -> list[str]:
        settings = {"DISCORD_API_URL": discord.api_url, "HALLYU_HTTP_PORT": port}
        return container.command(tree, tmp_path, discord.token, ["hallyu", *words], **settings)

    return Way(hallyu, tmp_path, {"PATH": os.environ["PATH"]})


def said(way: Way, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(way.hallyu(*words), cwd=way.folder, env=way.env, capture_output=True, text=True, check=False)


async def first_minutes(discord: Discord, way: Way, log: Path) -> None:
    """Asks, opens `/setup`, and looks at the bot with `health`, `doctor` and `invite`, while it runs."""
    guild = discord.guild("Acme")
    ada = discord.user("ada", guild, permissions=MANAGE_SERVER)
    env = dict.fromkeys([*os.environ, "DISCORD_TOKEN", "DISCORD_API_URL"], "") | way.env  # an empty setting is none
    async with discord.run_bot(*way.hallyu("run"), log=log, env=env, cwd=way.folder) as bot:
        await bot.ready()
        answer = await discord.slash(guild, ada, "ask", question=QUESTION)
        assert ANSWER in answer.text
        assert answer.errors == []
        setup = await discord.slash(guild, ada, "setup")
        assert (setup.ephemeral, setup.errors, bool(setup.messages)) == (True, [], True)
        health = await asyncio.to_thread(said, way, "health")
        assert (health.returncode, health.stdout[:6]) == (0, "Alive:"), health
        doctor = await asyncio.to_thread(said, way, "doctor")
        assert "FAULT" not in doctor.stdout, doctor.stdout
        assert doctor.returncode == 0, doctor.stderr
        invite = await asyncio.to_thread(said, way, "invite")
        assert "https://discord.com/oauth2/authorize?client_id=" in invite.stdout, invite.stderr
        assert await bot.stop() == 0
        assert discord.token not in bot.output()


async def test_plain_python(discord: Discord, plain: Way, tmp_path: Path) -> None:
    await first_minutes(discord, plain, tmp_path / "log")
    assert (tmp_path / "data/hallyu.db").exists()


async def test_what_the_systemd_unit_starts(discord: Discord, unit: Way, tmp_path: Path) -> None:
    await first_minutes(discord, unit, tmp_path / "log")
    assert (unit.folder / "hallyu.db").exists()


async def test_the_image_as_compose_runs_it(discord: Discord, image: Way, tree: Path, tmp_path: Path) -> None:
    base = stages()["base"]
    assert container.said(base, "CMD") == ["hallyu", "run"]
    assert container.said(base, "HEALTHCHECK") == ["hallyu", "health"]
    before = sorted(tree.rglob("*"))
    await first_minutes(discord, image, tmp_path / "log")
    made = tmp_path / "volume/hallyu.db"
    assert (made.stat().st_uid, (tmp_path / "volume").stat().st_mode & 0o777) == (int(container.USER), 0o700)
    assert sorted(tree.rglob("*")) == before


def test_nothing_but_data_and_tmp_can_be_written_and_the_user_has_no_rights(
    discord: Discord, tree: Path, tmp_path: Path
) -> None:
    if missing := container.missing():
        pytest.skip(f"a container without Docker needs {', '.join(missing)}")
    look = (
        "id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr -d '\\t'; "
        "for folder in / /etc /opt/hallyu /usr /data /tmp; do touch $folder/x 2>/dev/null && echo $folder; done; true"
    )
    command = container.command(tree, tmp_path, discord.token, ["/bin/sh", "-c", look])
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    nothing = "0" * 16
    wanted = ["10001", f"CapEff:{nothing}", f"CapBnd:{nothing}", "NoNewPrivs:1", "/data", "/tmp"]
    assert done.stdout.split() == wanted
