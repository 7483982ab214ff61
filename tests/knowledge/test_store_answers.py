import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.keeping import add, retire
from knowledge.models import AnswerRecord, Quote, Scope
from knowledge.store import open_store


@pytest.fixture
async def store(path, clock):
    async with open_store(path, clock) as opened:
        yield opened


@pytest.fixture
async def record(store, make_snippet):
    one = await add(store, 10, make_snippet("one"), 1)
    two = await add(store, 10, make_snippet("two"), 1)
    quotes = (Quote(two.id, "en", 0, 4), Quote(one.id, "ko", 2, 9))
    return AnswerRecord("Zm9vYmFy_-", Scope(10), "ko", quotes, '{"threshold": 0.5}')


async def test_an_answer_is_on_record_with_its_quotes_in_order(store, record):
    await store.record_answer(record)
    found = await store.answer(record.id)
    assert (found.id, found.scope, found.language, found.quotes, found.receipt) == (
        record.id,
        record.scope,
        record.language,
        record.quotes,
        record.receipt,
    )
    assert found.created_at == "2026-11-23T12:00:00+00:00"


async def test_an_answer_outside_of_guilds_and_without_quotes_is_on_record(store):
    await store.record_answer(AnswerRecord("id", Scope(), "en", ()))
    found = await store.answer("id")
    assert (found.scope, found.quotes) == (Scope(), ())


async def test_an_answer_outlives_the_snippet_it_quotes(store, record):
    await store.record_answer(record)
    await retire(store, 10, "one", 1)
    assert (await store.answer(record.id)).quotes == record.quotes


async def test_a_time_from_another_zone_is_kept_in_utc(store):
    await store.record_answer(AnswerRecord("id", Scope(), "en", (), created_at="2026-11-23T20:30:00.5+09:00"))
    assert (await store.answer("id")).created_at == "2026-11-23T11:30:00+00:00"


async def test_an_unknown_answer_is_none(store):
    assert await store.answer("nobody") is None


async def test_an_answer_is_off_record_after_thirty_days(store, record, clock):
    await store.record_answer(record)
    clock.forward(days=30)
    assert await store.answer(record.id)
    clock.forward(seconds=1)
    assert await store.answer(record.id) is None
    assert await store.vote(record.id, 1, 1) is False


async def test_one_vote_per_member_and_revision_and_the_last_one_counts(store, record, path):
    await store.record_answer(record)
    again = replace(record, id="again", quotes=record.quotes[:1])
    await store.record_answer(again)
    for answer, user, value in ((record, 1, 1), (record, 2, 1), (again, 1, -1)):
        assert await store.vote(answer.id, user, value) is True
    two, one = (quote.revision for quote in record.quotes)
    with sqlite3.connect(path) as connection:
        votes = connection.execute("SELECT guild, revision, user, value FROM opinion ORDER BY revision, user")
        assert votes.fetchall() == [(10, one, 1, 1), (10, one, 2, 1), (10, two, 1, -1), (10, two, 2, 1)]


async def test_the_same_vote_once_more_takes_back_no_reason(store, record):
    await store.record_answer(record)
    for value, reason, left in ((-1, "outdated", 2), (-1, None, 2), (-1, "wrong", 2), (1, None, 0), (-1, None, 0)):
        await store.vote(record.id, 1, value, reason)
        assert len(await store.queue.complaints(10)) == left
    await store.vote(record.id, 1, -1, "outdated")
    assert {complaint.reason for complaint in await store.queue.complaints(10)} == {"outdated"}


async def test_a_vote_on_an_unknown_answer_does_not_count(store):
    assert await store.vote("nobody", 1, 1) is False


async def test_old_answers_are_forgotten_but_not_the_votes_on_what_they_showed(store, record, clock, path):
    await store.record_answer(record)
    await store.vote(record.id, 1, 1)
    clock.forward(hours=1)
    await store.record_answer(AnswerRecord("younger", Scope(), "en", ()))
    before = clock() - timedelta(minutes=30)
    assert await store.forget_answers(before.isoformat()) == 1
    assert await store.forget_answers(before.isoformat()) == 0
    assert await store.answer(record.id) is None
    assert await store.answer("younger")
    with sqlite3.connect(path) as connection:
        counts = "SELECT (SELECT count(*) FROM opinion), (SELECT count(*) FROM quote)"
        assert connection.execute(counts).fetchone() == (2, 0)


async def test_vectors_come_back_by_fingerprint_and_key(store):
    vectors = {f"{n:064x}": bytes([n % 256]) * 8 for n in range(1_100)}
    await store.keep_vectors("model-1", vectors)
    assert await store.vectors("model-1", [*vectors, "missing"]) == vectors
    assert await store.vectors("model-2", vectors) == {}
    assert await store.vectors("model-1", []) == {}


async def test_a_vector_that_is_kept_again_is_replaced(store):
    await store.keep_vectors("model", {"key": b"old"})
    await store.keep_vectors("model", {"key": b"new"})
    await store.keep_vectors("model", {})
    assert await store.vectors("model", ["key"]) == {"key": b"new"}


async def test_a_note_is_kept_until_the_next_one(store):
    assert await store.note("commands") is None
    await store.keep_note("commands", "one")
    await store.keep_note("commands", "two")
    assert await store.note("commands") == "two"
