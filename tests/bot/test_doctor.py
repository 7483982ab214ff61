"""`hallyu doctor` names the fault: each is made on purpose, beside a Discord on this machine and the real model."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections import namedtuple
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.compose import fill_cache, sync_pack
from bot.diagnosis import Finding, examine, folders, login, machine, notes
from bot.diagnosis.commands import differing, of_this_version
from bot.settings import Settings, environment_names, load_settings
from index.embedding import OnnxEmbedder
from index.embedding.files import BUNDLED_MODEL, export_folder
from index.pack_vectors import PackVectors
from knowledge.store import Model, open_store
from knowledge.store.sqlite import file_system
from loopback.faults import Fault
from loopback.server import Discord

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cache() -> Path:
    settings = load_settings()
    fill_cache(settings, print)
    return settings.cache_dir.absolute()


@pytest.fixture(scope="module")
def filled(cache, tmp_path_factory) -> Path:
    """A data folder with the bundled knowledge."""
    folder = tmp_path_factory.mktemp("filled")

    async def fill() -> None:
        async with open_store(folder / "hallyu.db") as store:
            await sync_pack(store)

    asyncio.run(fill())
    return folder


@pytest.fixture(scope="module")
def sent(cache, filled) -> list[dict]:
    """The commands of this version."""
    settings = load_settings().model_copy(update={"data_dir": filled, "cache_dir": cache})
    return asyncio.run(of_this_version(settings))


@pytest.fixture
async def discord():
    async with Discord() as discord:
        yield discord


@pytest.fixture
async def settings(cache, filled, sent, discord, tmp_path, monkeypatch) -> Settings:
    """Of an installation in which everything is fine."""
    for name in environment_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HALLYU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HALLYU_CACHE_DIR", str(cache))
    monkeypatch.setenv("DISCORD_TOKEN", discord.token)
    monkeypatch.setenv("DISCORD_API_URL", discord.api_url)
    monkeypatch.setattr(notes, "check_everything", list)  # has tests of its own, and takes seconds
    settings = load_settings()
    shutil.copytree(filled, settings.data_dir)
    await register(discord, sent)
    return settings


async def register(discord: Discord, payload: list[dict]) -> None:
    """Sends the commands, as the bot does at its start."""
    address = f"{discord.api_url}/applications/{discord.world.bot.id}/commands"
    headers = {"Authorization": f"Bot {discord.token}"}
    async with ClientSession(headers=headers) as session, session.put(address, json=payload) as response:
        assert response.status == 200


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.part: finding async for finding in examine(settings)}


async def at_discord(settings: Settings) -> dict[str, Finding]:
    return {finding.part: finding async for finding in login.discord(settings)}


async def faults(settings: Settings) -> dict[str, str]:
    """What each part that is not fine is told to do."""
    return {part: found.remedy for part, found in (await findings(settings)).items() if not found.fine}


async def test_everything_is_fine_and_the_token_is_not_shown(settings, discord):
    found = await findings(settings)
    assert {part: finding for part, finding in found.items() if not finding.fine} == {}
    assert {"Memory", "File system", "Secrets", "Index", "Clock", "Commands"} <= set(found)
    assert discord.token not in repr(found)


async def test_the_model_is_not_loaded_beside_the_bot_which_has_it_in_memory(settings, monkeypatch):
    def load(*_):
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(OnnxEmbedder, "__init__", load)
    assert await faults(settings) == {}


async def test_an_old_python(settings, monkeypatch):
    version = namedtuple("version", "major minor micro releaselevel serial")
    monkeypatch.setattr(machine.sys, "version_info", version(3, 10, 4, "final", 0))
    found = machine.python()
    monkeypatch.undo()
    assert (found.fine, found.what) == (False, "3.10.4")


async def test_an_old_sqlite(settings, monkeypatch):
    monkeypatch.setattr(machine, "sqlite_version", lambda: "3.34.1")
    assert list(await faults(settings)) == ["SQLite"]


async def test_a_container_with_too_little_memory(settings, monkeypatch, tmp_path):
    limit = tmp_path / "memory.max"
    limit.write_text(f"{256 * 2**20}\n")
    monkeypatch.setattr(machine, "_LIMITS", (limit,))
    assert list(await faults(settings)) == ["Memory"]


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "virtiofs", "fuse.sshfs"])
async def test_a_data_folder_on_a_shared_file_system_which_the_bot_refuses_too(settings, monkeypatch, tmp_path, kind):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 254:0 / / rw - ext4 /dev/vda rw\n23 22 0:5 / {tmp_path} rw shared:1 - {kind} x:/y rw\n")
    monkeypatch.setattr(file_system, "MOUNTS", mounts)
    assert list(await faults(settings)) == ["File system"]
    with pytest.raises(Exception, match=f"shared file system \\({kind}\\)"):
        async with open_store(settings.database):
            pass


async def test_a_full_disk(settings, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda _: usage(10**9, 10**9, 5 * 2**20))
    assert list(await faults(settings)) == ["Disk"]


async def test_a_database_that_may_not_be_written(settings, monkeypatch):
    access = folders.os.access
    monkeypatch.setattr(folders.os, "access", lambda path, mode: Path(path).suffix != ".db" and access(path, mode))
    assert list(await faults(settings)) == ["Data folder"]


async def test_a_token_that_every_user_can_read(settings, tmp_path):
    (tmp_path / ".env").write_text("DISCORD_TOKEN=x\n")
    (tmp_path / ".env").chmod(0o644)
    assert await faults(settings) == {"Secrets": "Run: chmod 600 .env"}


async def test_a_damaged_model(settings, cache, monkeypatch, tmp_path):
    own = export_folder(tmp_path / "cache", BUNDLED_MODEL)
    own.mkdir(parents=True)
    for file in export_folder(cache, BUNDLED_MODEL).iterdir():
        (own / file.name).write_bytes(file.read_bytes()[:-1] + b"?" if file.name == "model.onnx" else file.read_bytes())
    found = await findings(settings.model_copy(update={"cache_dir": tmp_path / "cache"}))
    assert "damaged (model.onnx)" in found["Model"].what
    assert [found[part].fine for part in ("Cache", "Index", "Knowledge")] == [False, False, True]


async def test_knowledge_that_is_embedded_by_another_model(settings):
    async with open_store(settings.database) as store:
        await store.models.settle(Model("some/model", "0123456789abcdef"))
    found = await findings(settings.model_copy(update={"model": BUNDLED_MODEL}))
    assert (
        "embedded by some/model (fingerprint 0123456789abcdef), but the model here is all-Mini" in found["Model"].what
    )
    assert "HALLYU_MODEL=some/model" in found["Model"].remedy
    assert "hallyu reindex" in found["Model"].remedy
    assert {part for part, finding in found.items() if not finding.fine} == {"Model", "Index"}


async def test_texts_without_vectors(settings, monkeypatch):
    monkeypatch.setattr(notes, "read_pack_vectors", lambda *_: PackVectors({}))
    assert set(await faults(settings)) == {"Cache", "Index"}


async def test_files_with_faults(settings, monkeypatch):
    monkeypatch.setattr(notes, "check_everything", lambda: ["a fault"])
    assert list(await faults(settings)) == ["Corpus files"]


async def test_notes_of_an_older_version(settings, monkeypatch):
    monkeypatch.setattr(notes, "pack_digest", lambda: "of a newer version")
    assert list(await faults(settings)) == ["Knowledge"]


async def test_a_damaged_database(settings):
    for companion in settings.data_dir.glob("hallyu.db-*"):
        companion.unlink()
    settings.database.write_bytes(b"x" * 8192)
    found = await findings(settings)
    assert "no Hallyu database" in found["Knowledge"].what


async def test_a_database_of_a_newer_version(settings):
    connection = sqlite3.connect(settings.database)
    connection.execute("INSERT INTO migration VALUES (9999, 'later', '')")
    connection.commit()
    connection.close()
    assert "newer Hallyu" in (await findings(settings))["Knowledge"].what


async def test_a_wrong_token(settings, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "wrong.bot.token")
    assert "Reset Token" in (await faults(load_settings()))["Discord token"]


async def test_no_token(settings, monkeypatch):
    monkeypatch.delenv("DISCORD_TOKEN")
    assert list(await faults(load_settings())) == ["Discord token"]


async def test_a_discord_that_cannot_be_reached(settings, discord):
    async with discord.outage():
        assert list(await faults(settings)) == ["Discord"]


async def test_a_discord_that_is_ill(settings, discord):
    discord.break_next(Fault("GET /oauth2", status=503))
    assert list(await faults(settings)) == ["Discord"]


async def test_a_clock_that_is_wrong(settings, monkeypatch):
    class Fast(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(hours=1)

    monkeypatch.setattr(login, "datetime", Fast)
    found = await findings(settings)
    assert "ahead of Discord's" in found["Clock"].what
    assert not found["Clock"].fine


async def test_commands_that_discord_does_not_have(settings, discord):
    discord.world.commands.clear()
    found = (await findings(settings))["Commands"]
    assert (found.fine, found.what.startswith("missing at Discord: "), "sync --commands" in found.remedy) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda ask: ask["options"][0].update(description="Your question"),
        lambda ask: ask["options"].pop(),
        lambda ask: ask["options"][0].pop("required"),
        lambda ask: ask.update(contexts=[0]),
        lambda ask: ask.update(description_localizations={"ko": "다른 말"}),
        lambda ask: ask.update(default_member_permissions="32"),
    ],
    ids=["a word", "an option less", "no longer required", "servers alone", "the Korean", "a permission"],
)
async def test_commands_that_another_version_has_sent(settings, discord, sent, change):
    others = deepcopy(sent)
    change(next(command for command in others if command["name"] == "ask"))
    await register(discord, others)
    found = (await at_discord(settings))["Commands"]
    assert (found.fine, found.what) == (False, "of another version at Discord: ask")


async def test_a_command_that_this_version_does_not_have(settings, discord, sent):
    await register(discord, [*sent, {"type": 1, "name": "old", "description": "Something of another bot's"}])
    assert (await at_discord(settings))["Commands"].what == "unknown to this version: old"


def test_what_discord_adds_and_leaves_out_is_no_difference(sent):
    added = {"id": "1", "application_id": "2", "version": "3", "dm_permission": True, "nsfw": False, "guild_id": None}
    found = [{"default_member_permissions": None, **without_nothing(command), **added} for command in sent]
    entry = {"type": 4, "name": "launch", "handler": 2}
    assert list(differing(sent, [*reversed(found), entry])) == []


def without_nothing(command: dict) -> dict:
    """As Discord gives a command back: what is off, empty or null is not there."""
    kept = {key: value for key, value in command.items() if value not in (None, [], {}) and value is not False}
    return {key: [without_nothing(v) for v in value] if key == "options" else value for key, value in kept.items()}


async def test_sessions_that_are_nearly_used_up(settings, discord):
    discord.gateway.asked = 960
    found = await findings(settings)
    assert found["Sessions"].what == "40 of 1000 left, new ones in 24 h"
    assert not found["Sessions"].fine


async def test_a_python_that_is_new_enough_is_fine():
    assert machine.python().fine is (sys.version_info >= machine.LEAST_PYTHON)
