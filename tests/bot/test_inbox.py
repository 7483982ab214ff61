"""An import that is handed over to a running bot is carried out once, or taken back, or its outcome is said to be
unknown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from bot import inbox, transferring
from bot.curation.importing import Importing, Preview, as_json
from bot.inbox import Order, hand_over, serve
from bot.settings import Settings
from fakes.knowing import a_snippet
from knowledge.errors import HallyuError
from knowledge.store.sqlite.lock import writer_lock

GUILD = 10
NOTE = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.")
ORDER = Order(GUILD, as_json("notes.csv", [NOTE], []), approved=False)


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(inbox, "UNTAKEN_SECONDS", 0.2)
    monkeypatch.setattr(inbox, "PATIENCE_SECONDS", 0.3)


@asynccontextmanager
async def a_bot(data_dir: Path, importing: Importing) -> AsyncIterator[None]:
    serving = asyncio.create_task(serve(data_dir, importing))
    try:
        yield
    finally:
        serving.cancel()


@pytest.fixture
def stuck(small, monkeypatch):
    """A bot that begins an import and does not come to its end until it is let go on."""
    gate, land = asyncio.Event(), small.use_cases.importing.land

    async def slowly(*given):
        await gate.wait()
        return await land(*given)

    monkeypatch.setattr(small.use_cases.importing, "land", slowly)
    return gate


def left(data_dir: Path) -> list[str]:
    return sorted(path.name for path in (data_dir / "inbox").iterdir())


async def waiting(small) -> list[str | None]:
    return [proposal.snippet.text for proposal in await small.store.queue.waiting(GUILD, 9)]


async def test_a_running_bot_takes_an_import_over_and_says_what_came_of_it(tmp_path, small):
    async with a_bot(tmp_path, small.use_cases.importing):
        said = await hand_over(tmp_path, "one", ORDER, print)

    assert "1 notes wait for review" in str(said)
    assert await waiting(small) == [NOTE.text]
    assert left(tmp_path) == []


async def test_an_order_that_nobody_takes_is_taken_back_and_never_carried_out(tmp_path, small):
    assert await hand_over(tmp_path, "one", ORDER, print) is None

    assert left(tmp_path) == []
    async with a_bot(tmp_path, small.use_cases.importing):
        await asyncio.sleep(0.1)
    assert await waiting(small) == []


async def test_who_stops_waiting_takes_the_order_back(tmp_path):
    said: list[str] = []
    waiting = asyncio.create_task(hand_over(tmp_path, "one", ORDER, said.append))
    await asyncio.sleep(0.05)
    assert left(tmp_path) == ["one.json"]
    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (left(tmp_path), said) == ([], [])


async def test_of_an_order_that_was_begun_and_not_answered_the_outcome_is_unknown(tmp_path, small, stuck):
    async with a_bot(tmp_path, small.use_cases.importing):
        with pytest.raises(HallyuError, match=r"has begun the import.*Look at /kb review"):
            await hand_over(tmp_path, "one", ORDER, print)

        stuck.set()
        while left(tmp_path) != ["one.done"]:
            await asyncio.sleep(0.02)
    assert await waiting(small) == [NOTE.text]


async def test_who_stops_waiting_hears_that_the_bot_has_begun(tmp_path, small, stuck):
    said: list[str] = []
    async with a_bot(tmp_path, small.use_cases.importing):
        waiting = asyncio.create_task(hand_over(tmp_path, "one", ORDER, said.append))
        await asyncio.sleep(0.15)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert [sentence.partition(",")[0] for sentence in said] == ["The running bot has begun the import"]


async def test_an_order_that_the_end_of_the_process_cut_short_is_carried_out_by_the_next(tmp_path, small):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.taken").write_text(json.dumps(asdict(ORDER)), encoding="utf-8")
    async with a_bot(tmp_path, small.use_cases.importing):
        while left(tmp_path) != ["one.done"]:
            await asyncio.sleep(0.02)

    assert await waiting(small) == [NOTE.text]


@pytest.fixture
def importing_here(monkeypatch) -> list[Order]:
    """The orders that are carried out in this process, once it may write."""
    done: list[Order] = []

    async def here(settings, batch, order, note):
        with writer_lock(settings.data_dir):
            done.append(order)
            return "Done here."

    monkeypatch.setattr(transferring, "_carried_out_here", here)
    return done


PREVIEW = Preview("id", "notes.csv", (NOTE,), (), (), 0, (), ())


async def test_what_writes_and_is_no_bot_is_waited_for(tmp_path, importing_here):
    settings = Settings(_env_file=None).model_copy(update={"data_dir": tmp_path})
    said: list[str] = []
    with writer_lock(tmp_path):
        importing = asyncio.create_task(transferring.carried_out(settings, PREVIEW, GUILD, said.append, approved=False))
        await asyncio.sleep(0.3)
        assert importing_here == []

    assert await importing == "Done here."
    assert (importing_here, left(tmp_path), len(said)) == ([ORDER], [], 1)


async def test_who_writes_for_ever_and_takes_no_order_is_named_in_the_end(tmp_path, importing_here, monkeypatch):
    monkeypatch.setattr(transferring, "TRIES", 2)
    settings = Settings(_env_file=None).model_copy(update={"data_dir": tmp_path})
    with writer_lock(tmp_path), pytest.raises(HallyuError, match="nothing was imported"):
        await transferring.carried_out(settings, PREVIEW, GUILD, print, approved=False)

    assert (importing_here, left(tmp_path)) == ([], [])
