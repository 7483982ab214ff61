"""`hallyu reindex` as an admin types it, with two real models of different dimensions."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from bot.settings import load_settings
from fakes.models import NARROW, write_first_token, write_narrow, write_shallow
from fakes.reindexing import add
from index.embedding.export import export_model, load_sentence_transformer
from index.embedding.files import BUNDLED_MODEL, load_model_files
from index.pack_vectors import read_pack_vectors
from knowledge.store import open_store, open_store_readonly

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("sentence_transformers") is None, reason="needs sentence-transformers to make a model"
    ),
]

HERE = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
QUESTION = "How many days in a row was Golden No. 1 on Spotify?"


@pytest.fixture
def home(tmp_path) -> Path:
    """A folder with a data folder, the cache of this machine's set-up, and another model."""
    shutil.copytree(load_settings().cache_dir, tmp_path / "cache")
    write_narrow(tmp_path / "narrow")
    return tmp_path


def started(home: Path, *words: str, **settings: str):
    return asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env={
            **{name: value for name, value in os.environ.items() if name != "HALLYU_MODEL"},
            **HERE,
            "HALLYU_DATA_DIR": str(home / "data"),
            "HALLYU_CACHE_DIR": str(home / "cache"),
            **settings,
        },
        cwd=home,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def hallyu(home: Path, *words: str, code: int = 0, **settings: str) -> str:
    process = await started(home, *words, **settings)
    out, err = await process.communicate()
    assert process.returncode == code, out.decode() + err.decode()
    return (out + err).decode()


async def answer(home: Path, **settings: str) -> tuple[str, str]:
    said = json.loads((await hallyu(home, "ask", "--json", QUESTION, **settings)).splitlines()[0])
    return said["status"], said["answer"]


async def test_another_model_takes_over_after_a_kill_beside_a_bot_and_goes_back(home):
    before = await answer(home)
    async with open_store(home / "data" / "hallyu.db") as store:
        await add(store, ["shop-1", "shop-2"])

    reindex = ("reindex", "--model", "narrow", "--no-questions")
    await hallyu(home, "model", "export", "--model", "narrow")
    begun = await started(home, *reindex)
    pieces = home / "data" / "reindex"
    async with asyncio.timeout(120):
        while not list(pieces.glob("*/*.npy")):
            await asyncio.sleep(0.05)
    begun.send_signal(signal.SIGKILL)
    await begun.wait()
    assert await answer(home) == before

    async with open_store(home / "data" / "hallyu.db") as bot:
        said = await hallyu(home, *reindex, code=1)
        assert "a bot is running here. Stop it, run the same command again" in said
        await add(bot, ["shop-3"])
    said = await hallyu(home, *reindex, HALLYU_MODEL=BUNDLED_MODEL)
    model = load_model_files(home / "cache", str(home / "narrow")).manifest
    assert model.dimension == NARROW
    assert f"is embedded by {home / 'narrow'} (fingerprint {model.fingerprint}) now" in said
    assert f"Set HALLYU_MODEL={home / 'narrow'}, or unset it" in said
    assert len(read_pack_vectors(home / "cache", model.fingerprint)) > 6_000
    async with open_store_readonly(home / "data" / "hallyu.db") as store:
        assert model.fingerprint in await store.models.fingerprints()
    assert (await answer(home))[0] == "answered"

    refused = await hallyu(home, "ask", QUESTION, code=1, HALLYU_MODEL=BUNDLED_MODEL)
    assert f"is embedded by {home / 'narrow'}" in refused
    assert "hallyu reindex" in refused

    assert "all-MiniLM-L6-v2" in await hallyu(home, "reindex", "--back")
    assert await answer(home) == before
    assert "vectors of other models are deleted" in await hallyu(home, "reindex", "--discard-old")
    assert "No model was in use before" in await hallyu(home, "reindex", "--back", code=1)


async def test_a_model_that_cannot_be_had_is_one_sentence(home):
    said = await hallyu(home, "reindex", "--model", str(home / "nothing"), code=1)
    assert "could not be loaded" in said
    assert "Traceback" not in said


def test_the_fingerprint_tells_apart_models_that_differ_in_pooling_alone(tmp_path):
    folders = [write_shallow(tmp_path / "shallow"), write_first_token(tmp_path / "first")]
    made = [export_model(tmp_path, str(folder)) for folder in folders]
    assert len({files.manifest.fingerprint for files in made}) == 2
    weights = [load_sentence_transformer(files.manifest.model).state_dict() for files in made]
    assert all(weights[0][name].equal(weights[1][name]) for name in weights[0])
