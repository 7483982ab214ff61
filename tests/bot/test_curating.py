"""Adding and removing a guild's knowledge: durable and in the next answer of that guild, and of no other."""

from __future__ import annotations

import asyncio

import pytest

from fakes.knowing import ENGLISH, GOLDEN_NOTE, a_snippet, crowded, small_knowing
from index.owner_index import MERGE_FROM
from index.results import Answer
from knowledge.errors import HallyuError
from knowledge.models import Scope

HERE, ELSEWHERE, BUNDLED = Scope(10), Scope(20), Scope()
TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea")
QUESTION = "When did Tiger Tea open its Busan shop?"


@pytest.fixture
async def small(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        yield small


async def answer(small, question, scope):
    """The text that a question gets in a scope, without its marks, or None."""
    outcome = (await small.asking.ask(question, scope)).outcome
    return outcome.lines[0].text if isinstance(outcome, Answer) else None


async def test_what_was_added_is_in_the_next_answer_of_its_guild_only(small):
    assert await answer(small, QUESTION, HERE) is None
    added = await small.curating.add(10, TEA, 7)
    assert (added.owner, added.author, added.number) == (10, 7, 1)
    assert await answer(small, QUESTION, HERE) == TEA.text
    assert await answer(small, QUESTION, ELSEWHERE) is None
    assert await answer(small, QUESTION, BUNDLED) is None


async def test_what_was_removed_is_never_found_again(small):
    added = await small.curating.add(10, TEA, 7)
    await small.curating.remove(10, added, 7)
    assert await answer(small, QUESTION, HERE) is None
    await small.curating.add(10, a_snippet("other", "Green tea is popular in Busan."), 7)
    assert await answer(small, QUESTION, HERE) != TEA.text


async def test_both_outlive_the_process_and_nothing_is_embedded_twice(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as first:
        await first.curating.add(10, TEA, 7)
        gone = await first.curating.add(10, a_snippet("gone", "Tiger Tea closed its Daegu shop in 2023."), 7)
        await first.curating.remove(10, gone, 7)
    async with small_knowing(tmp_path / "hallyu.db") as second:
        assert TEA.text not in [text for batch in second.embedder.encoded for text in batch]
        assert await answer(second, QUESTION, HERE) == TEA.text
        assert await answer(second, "When did Tiger Tea close its Daegu shop?", HERE) != gone.snippet.text
        assert await answer(second, QUESTION, ELSEWHERE) is None


async def test_the_bundled_knowledge_is_still_there_beside_it(small):
    await small.curating.add(10, TEA, 7)
    assert await answer(small, ENGLISH, HERE) == GOLDEN_NOTE.text


async def test_two_guilds_may_call_different_things_by_the_same_id(small):
    await small.curating.add(10, TEA, 7)
    await small.curating.add(20, a_snippet("tea", "Tiger Tea opened its Busan shop in 2019."), 8)
    assert await answer(small, QUESTION, HERE) == TEA.text
    assert await answer(small, QUESTION, ELSEWHERE) == "Tiger Tea opened its Busan shop in 2019."


@pytest.mark.parametrize("id", ["tea", GOLDEN_NOTE.id])
async def test_an_id_that_is_taken_changes_nothing(small, id):
    await small.curating.add(10, TEA, 7)
    with pytest.raises(HallyuError, match=f"already a snippet called {id}"):
        await small.curating.add(10, a_snippet(id, "Tiger Tea has no shop in Busan."), 7)
    assert await answer(small, QUESTION, HERE) == TEA.text


async def test_what_is_gone_cannot_be_removed_again(small):
    added = await small.curating.add(10, TEA, 7)
    await small.curating.remove(10, added, 7)
    with pytest.raises(HallyuError, match="no snippet called tea"):
        await small.curating.remove(10, added, 7)


async def test_an_id_that_is_free_again_can_be_used_again(small):
    added = await small.curating.add(10, TEA, 7)
    await small.curating.remove(10, added, 7)
    again = await small.curating.add(10, a_snippet("tea", "Tiger Tea opened its Busan shop in 2025."), 7)
    assert again.number == 3
    assert await answer(small, QUESTION, HERE) == "Tiger Tea opened its Busan shop in 2025."


async def test_a_crowd_of_questions_makes_a_change_wait_and_not_fail(small):
    async with crowded(small.engine):
        adding = asyncio.create_task(small.curating.add(10, TEA, 7))
        await asyncio.sleep(0.05)
        assert not adding.done(), "it is not searchable yet"
    added = await adding
    assert await answer(small, QUESTION, HERE) == TEA.text
    async with crowded(small.engine):
        removing = asyncio.create_task(small.curating.remove(10, added, 7))
        await asyncio.sleep(0.05)
    await removing
    assert await answer(small, QUESTION, HERE) is None


async def test_what_cannot_be_embedded_is_not_added(small):
    small.embedder.fault = RuntimeError("the model failed")
    with pytest.raises(RuntimeError, match="the model failed"):
        await small.curating.add(10, TEA, 7)
    assert [revision.owner for revision in await small.store.live(HERE)] == [0]
    await small.curating.add(10, TEA, 7)
    assert await answer(small, QUESTION, HERE) == TEA.text


async def test_what_is_searchable_is_added_though_its_vectors_could_not_be_kept(small, monkeypatch):
    async def full(*_: object) -> None:
        raise HallyuError("The disk is full.")

    monkeypatch.setattr(small.store, "keep_vectors", full)
    await small.curating.add(10, TEA, 7)
    assert await answer(small, QUESTION, HERE) == TEA.text


@pytest.mark.slow
async def test_merging_loses_nothing_and_brings_nothing_back(small):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(MERGE_FROM + 20)]
    added = await asyncio.gather(*(small.curating.add(10, note, 7) for note in notes))
    await asyncio.gather(*(small.curating.remove(10, revision, 7) for revision in added[::2]))
    await small.curating.finish()
    for n in (1, MERGE_FROM - 1, MERGE_FROM + 19):
        assert await answer(small, f"What does shop number {n} of Tiger Tea sell?", HERE) == notes[n].text
    live = {revision.snippet.text for revision in added[1::2]}
    for n in (0, 2, MERGE_FROM):
        assert await answer(small, f"What does shop number {n} of Tiger Tea sell?", HERE) in {*live, None}
