"""Changing the embedding model, without a model: what is made, kept, compared and put in use."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest

from bot.reindexing import Marks, Reindexing, alone, marks_of
from fakes.embedder import FakeEmbedder, OtherEmbedder, ThirdEmbedder
from fakes.knowing import ENGLISH, GOLDEN_NOTE, UNKNOWN
from fakes.reindexing import NEAR_MISSES, add, begin, change, faults_of, model_of, settings_in
from index import rebuilding
from index.pack_vectors import read_pack_vectors
from knowledge.errors import HallyuError
from knowledge.golden import load_golden
from knowledge.store import open_store, open_store_readonly

NOTES = 12


@pytest.fixture
async def settings(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.reindexing.load_near_misses", lambda: NEAR_MISSES)
    settings = settings_in(tmp_path)
    await begin(settings, FakeEmbedder(), NOTES)
    return settings


def reindexing_to(settings, embedder) -> Reindexing:
    return Reindexing(settings, model_of(embedder), embedder)


async def in_use(settings) -> str:
    async with open_store_readonly(settings.database) as store:
        used = await store.models.in_use()
    return used.fingerprint


async def test_the_new_vectors_are_made_beside_a_running_bot_and_nothing_changes_before_the_swap(settings):
    new = OtherEmbedder()
    async with open_store(settings.database) as bot, open_store_readonly(settings.database) as store:
        await reindexing_to(settings, new).build(store)
        assert (await bot.models.in_use()).fingerprint == FakeEmbedder.fingerprint
        assert await bot.models.fingerprints() == {FakeEmbedder.fingerprint}
        assert await faults_of(settings, bot, FakeEmbedder()) == []


async def test_after_the_change_every_text_has_its_vector_of_the_new_model_and_still_that_of_the_old(settings):
    await change(settings, OtherEmbedder())

    async with open_store_readonly(settings.database) as store:
        assert await store.models.in_use() == model_of(OtherEmbedder())
        assert await store.models.former() == model_of(FakeEmbedder())
        assert await faults_of(settings, store, OtherEmbedder()) == []
        assert await faults_of(settings, store, FakeEmbedder()) == []
    assert not (settings.data_dir / "reindex").exists()


async def test_a_note_that_is_added_while_it_builds_is_embedded_before_the_build_ends(settings):
    async def moderate() -> None:
        async with open_store(settings.database) as bot:
            await add(bot, ["meanwhile"])

    class Beside(OtherEmbedder):
        """While it embeds for the first time, a bot in another thread adds a note."""

        def encode(self, texts):
            if not self.encoded:
                bot = threading.Thread(target=lambda: asyncio.run(moderate()))
                bot.start()
                bot.join()
            return super().encode(texts)

    new = Beside()
    async with open_store_readonly(settings.database) as store:
        texts = await reindexing_to(settings, new).build(store)
    assert any("meanwhile" in text for text in texts.guilds.values())
    assert any("meanwhile" in text for text in new.encoded[-1])
    assert not any("meanwhile" in text for text in new.encoded[0])


async def test_a_note_that_is_added_before_the_swap_is_embedded_too(settings):
    new = OtherEmbedder()
    reindexing = reindexing_to(settings, new)
    async with open_store(settings.database) as store:
        await reindexing.build(store)
        await add(store, ["late"])
        await reindexing.swap(store, await reindexing.build(store))
        assert await faults_of(settings, store, new) == []


async def test_a_run_that_was_broken_off_goes_on_where_it_was(settings, monkeypatch):
    monkeypatch.setattr(rebuilding, "CHUNK", 4)
    first, second = OtherEmbedder(), OtherEmbedder()

    def stop(done: int, total: int) -> None:
        if done >= 12:
            raise KeyboardInterrupt

    async with open_store_readonly(settings.database) as store:
        with pytest.raises(KeyboardInterrupt):
            await reindexing_to(settings, first).build(store, stop)
        texts = await reindexing_to(settings, second).build(store)
    done, rest = ({text for batch in each.encoded for text in batch} for each in (first, second))
    assert len(done) == 12
    assert not done & rest
    assert done | rest == set(texts.all.values())


async def test_a_damaged_piece_is_made_anew(settings, monkeypatch):
    monkeypatch.setattr(rebuilding, "CHUNK", 4)
    async with open_store_readonly(settings.database) as store:
        await reindexing_to(settings, OtherEmbedder()).build(store)
    piece = sorted((settings.data_dir / "reindex").glob("*/*.npy"))[1]
    piece.write_bytes(piece.read_bytes()[:-9])

    again = OtherEmbedder()
    async with open_store_readonly(settings.database) as store:
        await reindexing_to(settings, again).build(store)
    assert sum(map(len, again.encoded)) == 4


async def test_the_way_back_embeds_only_what_is_new_since(settings):
    await change(settings, OtherEmbedder())
    async with open_store(settings.database) as store:
        await add(store, ["since"])

    old = FakeEmbedder()
    await change(settings, old)
    assert await in_use(settings) == FakeEmbedder.fingerprint
    assert {text.split(".")[0] for batch in old.encoded for text in batch} <= {
        "Shop since sells tea",
        "It opens at nine",
    }
    async with open_store_readonly(settings.database) as store:
        assert await faults_of(settings, store, FakeEmbedder()) == []


async def test_the_next_change_deletes_the_vectors_before_the_former_ones(settings):
    await change(settings, OtherEmbedder())
    await change(settings, ThirdEmbedder())

    async with open_store_readonly(settings.database) as store:
        assert await store.models.fingerprints() == {OtherEmbedder.fingerprint, ThirdEmbedder.fingerprint}


async def test_discarding_the_former_leaves_no_way_back(settings):
    await change(settings, OtherEmbedder())
    async with open_store(settings.database) as store:
        assert await store.models.discard_former() > NOTES
        assert await store.models.former() is None
        assert await store.models.fingerprints() == {OtherEmbedder.fingerprint}
        assert await store.models.discard_former() == 0


async def test_a_cache_that_cannot_be_written_leaves_the_vectors_of_the_pack_in_the_database(settings, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("bot.reindexing.write_pack_vectors", refuse)
    await change(settings, OtherEmbedder())
    assert len(read_pack_vectors(settings.cache_dir, OtherEmbedder.fingerprint)) == 0
    async with open_store_readonly(settings.database) as store:
        assert await faults_of(settings, store, OtherEmbedder()) == []


async def test_two_at_once_are_refused_in_a_sentence(settings):
    with (
        alone(settings),
        pytest.raises(HallyuError, match="Another `hallyu reindex`"),
        alone(settings),
    ):
        pass


@pytest.fixture
def questions():
    known, unknown = (next(q for q in load_golden() if q.expect == expect) for expect in ("answered", "no_answer"))
    return [replace(known, ask=ENGLISH, snippets=(GOLDEN_NOTE.id,)), replace(unknown, ask=UNKNOWN)]


async def test_both_models_are_asked_and_a_second_run_need_not_ask_again(settings, questions):
    old, new = FakeEmbedder(), OtherEmbedder()
    async with open_store_readonly(settings.database) as store:
        reindexing = reindexing_to(settings, new)
        await reindexing.build(store)
        marks = [
            await marks_of(settings, reindexing.model, store, old, questions),
            await reindexing.marks(store, questions),
        ]
        asked = len(old.encoded), len(new.encoded)
        again = [
            await marks_of(settings, reindexing.model, store, old, questions),
            await reindexing_to(settings, new).marks(store, questions),
        ]
    assert [m.right + m.wrong + m.missed for m in marks] == [1, 1]
    assert [m.declined + m.made_up for m in marks] == [1, 1]
    assert again == marks
    assert (len(old.encoded), len(new.encoded)) == asked


@pytest.mark.parametrize(
    ("new", "worse"),
    [
        (Marks(8, 1, 1, 9, 1, 5.0), False),
        (Marks(7, 1, 2, 9, 1, 5.0), True),
        (Marks(8, 1, 1, 8, 2, 5.0), True),
        (Marks(9, 2, 0, 9, 1, 5.0), True),
        (Marks(9, 0, 1, 9, 1, 50.0), False),
    ],
)
def test_worse_is_fewer_good_replies_or_more_false_ones(new, worse):
    assert new.is_worse_than(Marks(8, 1, 1, 9, 1, 5.0)) is worse
