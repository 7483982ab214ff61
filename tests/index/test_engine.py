"""The engine's thread: every caller gets its own answer, or a refusal; none waits for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from fakes.embedder import FakeEmbedder
from fakes.notes import SURE, a_note, an_index
from index.engine import DRAIN, QUEUE, Engine, Overloaded
from index.fair_queue import Party
from index.features import QuestionVectors
from index.following import Exchange
from index.pipeline import Draft, Drafted, Pipeline, Reading
from knowledge.models import Scope

SONGS = ["Golden", "Butter", "Seven", "Latata", "Ditto", "Supernova", "Dynamite", "Antifragile", "Pinktape", "Whiplash"]
PACK_ONLY = Scope()


class Brittle(Pipeline):
    """Fails for questions that say so."""

    def read(self, question: str, scope: Scope, meant: str | None = None, before: Exchange | None = None) -> Reading:
        if "unreadable" in question:
            raise ValueError(question)
        return super().read(question, scope, meant, before)

    def draft(self, reading: Reading, vectors: QuestionVectors) -> Drafted:
        if "fragile" in reading.query.text.split():
            raise LookupError(reading.query.text)
        return super().draft(reading, vectors)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def pipeline(embedder) -> Pipeline:
    notes = [a_note(n, f"{song} was the song that stayed at number one.") for n, song in enumerate(SONGS, 1)]
    index = an_index(notes, embedder=embedder)
    embedder.encoded.clear()
    return Brittle(index, embedder, SURE)


@pytest.fixture
def engine(pipeline, embedder) -> Iterator[Engine]:
    with Engine(pipeline) as engine:
        yield engine


@asynccontextmanager
async def held_up(engine: Engine) -> AsyncIterator[None]:
    """The engine is busy until the end of the block, so that jobs wait for it."""
    begun, gate = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        gate.wait(10)

    busy = asyncio.create_task(engine.run(wait))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield
    finally:
        gate.set()
    await busy


async def asking(engine: Engine, *questions: str) -> list[asyncio.Task[Drafted]]:
    """Tasks that wait for an answer, queued in this order."""
    tasks = [asyncio.create_task(engine.draft(question, PACK_ONLY)) for question in questions]
    await asyncio.sleep(0)
    return tasks


def about(drafted: Drafted) -> int:
    assert isinstance(drafted, Draft)
    return drafted.quotes[0].revision


async def test_everybody_gets_the_answer_to_their_own_question(engine):
    tasks = await asking(engine, *(f"where did {song} stay" for song in SONGS * 4))
    assert [about(drafted) for drafted in await asyncio.gather(*tasks)] == [*range(1, len(SONGS) + 1)] * 4


async def test_questions_that_wait_together_are_encoded_in_one_pass(engine, embedder):
    async with held_up(engine):
        tasks = await asking(engine, "Golden", "Butter", "골든", "Seven")
    await asyncio.gather(*tasks)
    assert embedder.encoded == [["Golden", "Butter", "Seven"]]


@pytest.mark.parametrize(("question", "error"), [("unreadable", ValueError), ("fragile", LookupError)])
async def test_a_question_that_fails_fails_alone(engine, question, error):
    async with held_up(engine):
        tasks = await asking(engine, "Golden stayed", question, "Butter stayed")
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(outcomes[1], error)
    assert [about(outcome) for outcome in (outcomes[0], outcomes[2])] == [1, 2]


async def test_a_failed_pass_fails_those_in_it_and_the_next_is_answered(engine, embedder):
    embedder.fault = MemoryError("no more")
    async with held_up(engine):
        tasks = await asking(engine, "Golden", "Butter")
    assert all(isinstance(o, MemoryError) for o in await asyncio.gather(*tasks, return_exceptions=True))
    assert about(await engine.draft("Golden stayed", PACK_ONLY)) == 1


async def test_work_returns_its_value_or_raises_its_error(engine):
    assert await engine.run(lambda: threading.current_thread().name) == "hallyu-engine"
    with pytest.raises(ZeroDivisionError):
        await engine.run(lambda: 1 / 0)


async def test_one_job_more_than_the_queue_holds_is_refused_and_the_others_are_answered(engine):
    async with held_up(engine):
        tasks = await asking(engine, *["Golden stayed"] * QUEUE)
        with pytest.raises(Overloaded):
            await engine.draft("Butter", PACK_ONLY)
    assert {about(drafted) for drafted in await asyncio.gather(*tasks)} == {1}


async def test_a_job_that_waited_too_long_is_refused_and_not_done(pipeline, embedder):
    with Engine(pipeline, patience=0.0) as engine:
        with pytest.raises(Overloaded):
            await engine.draft("Golden", PACK_ONLY)
        with pytest.raises(Overloaded):
            await engine.run(lambda: 1)
    assert embedder.encoded == []


async def test_a_question_that_nobody_waits_for_any_more_is_not_encoded(engine, embedder):
    async with held_up(engine):
        (given_up, wanted) = await asking(engine, "Butter", "Golden stayed")
        given_up.cancel()
        await asyncio.wait([given_up])
    assert about(await wanted) == 1
    assert embedder.encoded == [["Golden stayed"]]


async def test_a_question_given_up_while_it_is_answered_hurts_nobody(engine):
    async with held_up(engine):
        tasks = await asking(engine, "Butter", "Golden stayed")
    tasks[0].cancel()
    assert about(await tasks[1]) == 1
    assert about(await engine.draft("Golden stayed", PACK_ONLY)) == 1


async def test_stopping_leaves_nobody_waiting(pipeline):
    with Engine(pipeline) as engine:
        async with held_up(engine):
            tasks = await asking(engine, *["Golden stayed"] * 40)
    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(outcome, Draft | Overloaded) for outcome in outcomes)


async def test_a_full_queue_does_not_keep_the_engine_from_stopping(pipeline):
    gate = threading.Event()
    with Engine(pipeline) as engine:
        busy = asyncio.create_task(engine.run(lambda: gate.wait(10)))
        tasks = await asking(engine, *["Golden stayed"] * (QUEUE + 1))
        threading.Timer(0.05, gate.set).start()
    async with asyncio.timeout(5):
        await asyncio.gather(busy, *tasks, return_exceptions=True)


async def test_a_stopped_engine_refuses(pipeline):
    with Engine(pipeline) as engine:
        pass
    async with asyncio.timeout(5):
        with pytest.raises(Overloaded):
            await engine.draft("Golden", PACK_ONLY)
        with pytest.raises(Overloaded):
            await engine.run(lambda: 1)


def test_a_loop_that_ended_before_its_answer_does_not_end_the_engine(pipeline):
    gate = threading.Event()

    async def leave_at_once(engine: Engine) -> None:
        await asking(engine, "Golden")

    with Engine(pipeline) as engine:
        asyncio.run(give_up_on(engine.run(lambda: gate.wait(10))))
        asyncio.run(leave_at_once(engine))
        gate.set()
        assert about(asyncio.run(engine.draft("Golden stayed", PACK_ONLY))) == 1


async def give_up_on(work) -> None:
    """Starts something and does not wait for it."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0.01)
    task.cancel()


async def test_work_that_stops_an_iteration_leaves_nobody_waiting(engine):
    with pytest.raises(RuntimeError, match="StopIteration"):
        await engine.run(lambda: next(iter(())))


async def test_what_must_be_done_waits_for_room(engine):
    release = threading.Event()
    crowd = [asyncio.create_task(engine.run(release.wait)) for _ in range(2 * QUEUE)]
    await asyncio.sleep(0)
    insisting = asyncio.create_task(engine.insist(lambda: "done"))
    await asyncio.sleep(0.01)
    assert not insisting.done()
    release.set()

    assert await insisting == "done"
    refused = await asyncio.gather(*crowd, return_exceptions=True)
    assert any(isinstance(one, Overloaded) for one in refused)


async def test_a_flood_of_one_guild_does_not_put_off_another_guilds_question(pipeline):
    served: list[str] = []
    read = pipeline.read
    pipeline.read = lambda text, *rest: (served.append(text), read(text, *rest))[1]
    with Engine(pipeline) as engine:
        async with held_up(engine):
            flood = [asyncio.create_task(engine.draft("Golden stayed", Scope(1), member=n % 3)) for n in range(QUEUE)]
            await asyncio.sleep(0)
            single = asyncio.create_task(engine.draft("Butter stayed", Scope(2), member=9))
            await asyncio.sleep(0)
        assert about(await single) == 2
        outcomes = await asyncio.gather(*flood, return_exceptions=True)
    assert served.index("Butter stayed") <= 1
    assert len(served) == QUEUE
    assert [type(outcome) for outcome in outcomes].count(Overloaded) == 1, "the flood's latest gave way"


async def test_while_a_guild_floods_another_guilds_questions_wait_for_one_batch_and_one_turn(pipeline):
    served: list[str] = []
    read = pipeline.read
    pipeline.read = lambda text, *rest: (served.append(text), read(text, *rest))[1]

    async def waited(engine: Engine, text: str, scope: Scope, member: int) -> int:
        """How many questions were served while this one waited."""
        before = len(served)
        await engine.draft(text, scope, member=member)
        return served.index(text) - before

    async def flood(engine: Engine, member: int) -> list[int]:
        return [await waited(engine, f"Golden stayed {member} {n}", Scope(1), member) for n in range(20)]

    with Engine(pipeline) as engine:
        flooding = asyncio.gather(*(flood(engine, member) for member in range(QUEUE - 1)))
        single = [await waited(engine, f"Butter stayed {n}", Scope(2), 99) for n in range(20)]
        loud = [count for counts in await flooding for count in counts]
    print(f"served meanwhile: {max(single)} at most, for the flood {sum(loud) / len(loud):.0f} on average")
    assert max(single) <= DRAIN + 1
    assert sum(loud) / len(loud) > 2 * max(single)


async def test_a_guild_that_has_its_share_of_the_queue_is_refused_and_another_is_not(pipeline):
    with Engine(pipeline, share=10) as engine:
        async with held_up(engine):
            crowd = [asyncio.create_task(engine.draft("Golden stayed", Scope(1), member=n)) for n in range(12)]
            await asyncio.sleep(0)
            assert not engine.has_room(Party(1, 99))
            assert engine.has_room(Party(2, 99))
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(Overloaded) == 2
