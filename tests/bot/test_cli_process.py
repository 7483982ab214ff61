"""The command line as a process of its own, with the real model and the bundled knowledge."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.compose import fill_cache, sync_pack
from bot.settings import Settings, environment_names, load_settings
from fakes.files import snapshot
from index.embedding.files import BUNDLED_MODEL, export_folder
from index.preparation import prepare
from knowledge.store import open_store
from knowledge.store.sqlite.lock import writer_lock
from loopback.server import Discord

pytestmark = pytest.mark.slow

GOLDEN = "How many days in a row was Golden No. 1 on Spotify?"
ITHACA = "who owns Ithaca Holdings?"
KOREAN = "골든은 스포티파이에서 며칠 연속 1위였어?"
WEATHER = "what's the weather in Seoul"
SOURCE = "https://kryptontoday.com/?p=10257"
ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def prepared() -> Settings:
    """The settings of this machine, with a cache that is whole."""
    settings = load_settings()
    fill_cache(settings, print)
    return settings


@pytest.fixture
def environment(prepared, tmp_path) -> dict[str, str]:
    """An empty data folder and the cache of this machine; nothing else is set."""
    outer = {name: value for name, value in os.environ.items() if name not in environment_names()}
    return outer | {
        "HALLYU_DATA_DIR": str(tmp_path / "data"),
        "HALLYU_CACHE_DIR": str(prepared.cache_dir.absolute()),
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def hallyu(environment, tmp_path) -> Run:
    def run(*words: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "bot", *words]
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment | variables, input=stdin, capture_output=True, timeout=600
        )
        assert b"Traceback" not in ended.stderr, ended.stderr.decode()
        return ended

    return run


@pytest.fixture
def own_cache(prepared, tmp_path) -> Path:
    """A cache folder of the test's own, as set-up leaves it."""
    cache = tmp_path / "cache"
    shutil.copytree(prepared.cache_dir, cache, copy_function=shutil.copy)
    return cache


def objects(ended: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_question_is_answered_with_its_source_on_a_fresh_data_folder(hallyu):
    ended = hallyu("ask", ITHACA)
    text = ended.stdout.decode()
    assert ended.returncode == 0
    assert "HYBE" in text
    assert SOURCE in text
    assert "\x1b" not in text + ended.stderr.decode()


def test_standard_input_is_answered_line_by_line(hallyu):
    lines = [GOLDEN.encode(), KOREAN.encode(), b"", b"\xed\xa0\xbd", WEATHER.encode(), b"x" * 10_000]
    ended = hallyu("ask", "--json", "--stdin", stdin=b"\n".join(lines) + b"\n")
    found = objects(ended)
    assert ended.returncode == 0
    assert [o["status"] for o in found] == ["answered", "answered", *["no_answer"] * 4]
    assert ["76" in str(o["answer"]) for o in found[:2]] == [True, True]
    assert {o["citations"][0]["url"] for o in found[:2]} == {SOURCE}
    assert all(isinstance(o["took_ms"], float) for o in found)


def on_a_terminal(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """What a command shows in a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # how a terminal ends on Linux
            pass
        os.close(ours)
    assert process.returncode == 0
    return shown.decode()


@pytest.mark.parametrize("plain", [True, False])
def test_a_terminal_shows_a_framed_card_and_no_colour_where_none_is_wanted(environment, tmp_path, plain):
    shown = on_a_terminal(
        [sys.executable, "-m", "bot", "ask", ITHACA],
        environment | ({"NO_COLOR": "1"} if plain else {"TERM": "xterm-256color"}),
        tmp_path,
    )
    assert "╭" in shown
    assert SOURCE in shown
    assert ("\x1b" in shown) is not plain


def test_a_reader_that_goes_away_ends_the_command_quietly(environment, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "--stdin"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdin.write(f"{GOLDEN}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(f"{GOLDEN}\n".encode() * 50)
        process.stdin.close()
        complaint = process.stderr.read().decode()
    assert (process.returncode, complaint) == (1, "")


def test_torch_and_discord_are_not_imported_for_an_answer(environment, tmp_path):
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "ask", GOLDEN],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
        timeout=600,
    )
    imported = {line.split("|")[-1].strip().split(".")[0] for line in ended.stderr.decode().splitlines()}
    assert "onnxruntime" in imported
    assert not imported & {"torch", "transformers", "sentence_transformers", "discord"}


def test_the_terminal_answers_beside_a_running_bot(hallyu, tmp_path):
    async def make() -> None:
        async with open_store(tmp_path / "data" / "hallyu.db") as store:
            await sync_pack(store)

    asyncio.run(make())
    with writer_lock(tmp_path / "data"):
        assert objects(hallyu("ask", "--json", GOLDEN))[0]["status"] == "answered"
        ended = hallyu("sync")
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith("Another Hallyu is already writing")


def test_a_fresh_data_folder_that_somebody_else_holds_is_a_sentence(hallyu, tmp_path):
    with writer_lock(tmp_path / "data"):
        before = snapshot(tmp_path)
        ended = hallyu("ask", GOLDEN)
        assert snapshot(tmp_path) == before
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().startswith("Another Hallyu is already writing")


def test_a_second_sync_has_nothing_to_do(hallyu):
    first, second = hallyu("sync"), hallyu("sync")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "0 added, 0 revised, 0 retired" not in first.stdout.decode()
    assert "0 added, 0 revised, 0 retired" in second.stdout.decode()


def test_set_up_works_out_how_questions_are_worded(prepared):
    wordings = prepare(prepared.cache_dir).wordings
    assert wordings
    assert 0 < len(wordings.asks) < len(wordings.lengths)


def test_a_broken_vector_cache_heals_itself(hallyu, own_cache):
    """All texts are embedded anew, which takes minutes: other damage, and no file at all, are read as nothing, too
    (`tests/index/test_pack_vectors.py`)."""
    (vectors,) = (own_cache / "vectors").glob("*.npy")
    whole = vectors.stat().st_size
    vectors.write_bytes(b"\0" * 100_000)
    ended = hallyu("ask", "--json", GOLDEN, HALLYU_CACHE_DIR=str(own_cache))
    assert objects(ended)[0]["status"] == "answered"
    assert vectors.stat().st_size == whole


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(hallyu, own_cache):
    shutil.rmtree(own_cache / "vectors")
    (own_cache / "vectors").write_text("in the way", encoding="utf-8")
    ended = hallyu("ask", "--json", GOLDEN, HALLYU_CACHE_DIR=str(own_cache), HALLYU_LOG_LEVEL="DEBUG")
    assert [o["status"] for o in objects(ended)] == ["answered"]


def test_a_damaged_model_heals_itself(hallyu, own_cache, prepared):
    folder = export_folder(own_cache, BUNDLED_MODEL)
    (folder / "model.onnx").write_bytes(b"damaged")
    ended = hallyu("ask", "--json", GOLDEN, HALLYU_CACHE_DIR=str(own_cache))
    assert objects(ended)[0]["status"] == "answered"
    assert "Exporting the model" in ended.stderr.decode()
    assert snapshot(folder) == snapshot(export_folder(prepared.cache_dir, BUNDLED_MODEL))


def test_chat_answers_until_an_empty_line(hallyu):
    ended = hallyu("chat", stdin=f"{GOLDEN}\n{KOREAN}\n\n{ITHACA}\n".encode())
    assert ended.returncode == 0
    assert ended.stdout.decode().count(SOURCE) == 2


def test_chat_ends_with_its_input(hallyu):
    assert hallyu("chat", stdin=WEATHER.encode()).returncode == 0


async def test_doctor_finds_all_in_order_after_set_up_but_the_commands_that_only_a_start_sends(hallyu):
    hallyu("sync")
    async with Discord() as discord:
        login = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
        ended = await asyncio.to_thread(hallyu, "doctor", "--json", **login)
        (findings,) = objects(ended)
        assert [finding["part"] for finding in findings if not finding["fine"]] == ["Commands"]
        assert ended.returncode == 1
        await asyncio.to_thread(hallyu, "sync", "--commands", **login)
        ended = await asyncio.to_thread(hallyu, "doctor", **login)
    assert ended.returncode == 0, ended.stdout.decode()
    assert discord.token.encode() not in ended.stdout
