"""The use case behind every question: an outcome or a refusal whatever is asked, and a record without the question."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from bot.asking import LONGEST_QUESTION, Asking
from fakes.answers import GOLDEN, GOLDEN_KO
from fakes.keeping import retire
from fakes.knowing import ENGLISH, KOREAN, PACK, UNKNOWN, a_snippet, crowded, small_knowing
from fakes.nasty import PIECES, texts
from index.results import Answer, NoAnswer
from knowledge.errors import HallyuError, Refused
from knowledge.models import Kind, Scope

BUNDLED, HERE, ELSEWHERE = Scope(), Scope(10), Scope(20)
CANARY = "zzyzxcanary"


@pytest.fixture
async def small(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        yield small


@pytest.fixture
def asking(small):
    return small.asking


@pytest.mark.parametrize(("question", "text"), [(ENGLISH, GOLDEN), (KOREAN, GOLDEN_KO)])
async def test_a_question_is_answered_in_its_language_with_its_source(asking, question, text):
    outcome = (await asking.ask(question, BUNDLED)).outcome
    assert isinstance(outcome, Answer)
    assert [line.text for line in outcome.lines] == [text]
    assert [citation.source.publisher for citation in outcome.citations] == ["Krypton Today"]


async def test_what_is_not_on_file_is_declined(asking):
    assert isinstance((await asking.ask(UNKNOWN, BUNDLED)).outcome, NoAnswer)


WORDLESS = (
    "",
    " ",
    "\t\n\u3000",
    "\u200b\u2060\ufeff",
    "?!…",
    "🎤🎶",
    "👩‍👩‍👧",
    "\x00\x1b\x07",
    "\u202e\u2066",
    "\ud83d",
)


async def test_what_holds_no_word_is_refused(asking, subtests):
    for question in WORDLESS:
        with subtests.test(ascii(question)):
            with pytest.raises(Refused) as refusal:
                await asking.ask(question, BUNDLED)
            assert refusal.value.key == "refused.empty"


@pytest.mark.parametrize("length", [LONGEST_QUESTION + 1, 10_000])
async def test_what_is_too_long_is_refused(asking, length):
    with pytest.raises(Refused) as refusal:
        await asking.ask("가" * length, BUNDLED)
    assert refusal.value.key == "refused.too_long"


async def test_the_longest_question_is_tried(asking):
    outcome = (await asking.ask("q" * LONGEST_QUESTION, BUNDLED)).outcome
    assert isinstance(outcome, NoAnswer)


ODD = (
    *(f"{piece} who" for piece in PIECES),
    "'; DROP TABLE record; --",
    'NEAR("golden" spotify*) OR NOT ^x AND {',
    "golden* -spotify +row column:x",
    "<script>alert('golden')</script>",
    "[golden](https://evil.example)",
    "¿Quién ganó el premio ayer?",
    "今天首尔的天气怎么样？",
    "Какая сегодня погода?",
    "ما هو الطقس اليوم؟",
    "ゴールデンは何日間一位でしたか",
    "골든은\u1100\u1161\u11a8 \u0301\u0301\u0301 며칠",
    "a" + "\u0301" * 400,
    "1 " * 249,
)


async def test_anything_else_gets_an_outcome(asking, subtests):
    for question in ODD:
        with subtests.test(ascii(question[:40])):
            outcome = (await asking.ask(question, BUNDLED)).outcome
            assert isinstance(outcome, Answer | NoAnswer)
            if isinstance(outcome, Answer):
                assert {line.text for line in outcome.lines} <= {GOLDEN, GOLDEN_KO}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=texts)
async def test_no_text_raises_anything_but_a_refusal(asking, question):
    with suppress(Refused):
        await asking.ask(question, HERE)


async def test_marks_and_unseen_characters_change_no_answer(asking):
    plain = (await asking.ask(ENGLISH, BUNDLED)).outcome
    for noisy in (f"**{ENGLISH}**", f"\u202e{ENGLISH}\u202c", f"  {ENGLISH} \x00", ENGLISH.replace(" ", " \u200b")):
        outcome = (await asking.ask(noisy, BUNDLED)).outcome
        assert isinstance(outcome, Answer)
        assert outcome.lines == plain.lines


async def test_a_record_holds_the_ids_of_those_named_and_no_word_of_the_question(small, tmp_path):
    asking = Asking(small.store, small.engine)
    reply = await asking.ask(f"{ENGLISH} {CANARY}", HERE)
    await asking.ask(f"{UNKNOWN} {CANARY}", HERE)
    await small.asking.ask(f"{ENGLISH} {CANARY}", HERE)
    await small.asking.ask(f"{UNKNOWN} {CANARY}", BUNDLED)
    await asking.finish()
    await small.asking.finish()
    receipt = await asking.receipt(reply.answer_id, HERE)
    assert receipt
    assert receipt["names"] == ["golden", "spotify"]
    assert CANARY in json.dumps(reply.outcome.receipt)
    assert CANARY not in json.dumps(receipt)
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes(), file.name


async def test_a_record_outlives_the_process(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as first:
        reply = await first.asking.ask(ENGLISH, HERE)
    async with small_knowing(tmp_path / "hallyu.db") as second:
        revisions = await second.asking.snippets(reply.answer_id, HERE)
        assert [revision.snippet.text for revision in revisions] == [GOLDEN]
        again = await second.asking.again(reply.answer_id, HERE)
        assert again.lines == reply.outcome.lines
        assert await second.asking.vote(reply.answer_id, 7, 1, HERE)


async def test_the_record_of_a_decline_explains_itself_and_has_nothing_to_show(asking):
    reply = await asking.ask(UNKNOWN, HERE)
    assert (await asking.receipt(reply.answer_id, HERE))["language"] == "en"
    assert await asking.snippets(reply.answer_id, HERE) == []
    assert await asking.again(reply.answer_id, HERE) is None


@pytest.mark.parametrize("scope", [ELSEWHERE, BUNDLED])
async def test_an_answer_is_recalled_only_where_it_was_given(asking, scope):
    answer = (await asking.ask(ENGLISH, HERE)).answer_id
    assert await asking.snippets(answer, scope) is None
    assert await asking.receipt(answer, scope) is None
    assert await asking.again(answer, scope) is None
    assert not await asking.vote(answer, 7, 1, scope)
    assert await asking.vote(answer, 7, 1, HERE)


@pytest.mark.parametrize("answer", ["", "nonsense", "x" * 200, "'; --"])
async def test_an_id_that_nobody_gave_is_no_answer(asking, answer):
    assert await asking.snippets(answer, HERE) is None
    assert not await asking.vote(answer, 7, -1, HERE)


async def test_a_retired_revision_is_not_shown_any_more(small):
    await small.add(note := a_snippet("tea", "Tiger Tea opened its Busan shop in 2024."))
    reply = await small.asking.ask("When did Tiger Tea open its Busan shop?", HERE)
    assert isinstance(reply.outcome, Answer)
    await retire(small.store, 10, note.id, 1)
    assert await small.asking.snippets(reply.answer_id, HERE) == []
    assert await small.asking.again(reply.answer_id, HERE) is None


async def test_what_was_retired_behind_the_index_is_not_shown_either(small):
    await small.add(note := a_snippet("tea", "Tiger Tea opened its Busan shop in 2024."))
    await retire(small.store, 10, note.id, 1)
    outcome = (await small.asking.ask("When did Tiger Tea open its Busan shop?", HERE)).outcome
    assert isinstance(outcome, NoAnswer)


async def test_an_answer_of_yesterday_says_today_that_it_is_old(tmp_path):
    today = [date(2026, 11, 23)]
    async with small_knowing(tmp_path / "hallyu.db", today=lambda: today[0]) as small:
        note = a_snippet("tea", "Tiger Tea lives in Busan.")
        await small.add(replace(note, kind=Kind.STATE, as_of="2026-11"))
        reply = await small.asking.ask("Where does Tiger Tea live in Busan?", HERE)
        assert (reply.outcome.ages, reply.outcome.stale) == (True, False)
        today[0] = date(2027, 12, 1)
        assert (await small.asking.again(reply.answer_id, HERE)).stale


async def test_a_busy_engine_refuses_and_recovers(small):
    async with crowded(small.engine):
        with pytest.raises(Refused) as refusal:
            await small.asking.ask(ENGLISH, BUNDLED)
    assert refusal.value.key == "refused.busy"
    assert isinstance((await small.asking.ask(ENGLISH, BUNDLED)).outcome, Answer)


async def test_a_question_that_waited_too_long_is_refused(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db", patience=0.0) as small:
        with pytest.raises(Refused) as refusal:
            await small.asking.ask(ENGLISH, BUNDLED)
    assert refusal.value.key == "refused.busy"


async def test_a_fault_inside_is_raised_and_the_next_question_is_answered(small):
    small.embedder.fault = RuntimeError("the model failed")
    with pytest.raises(RuntimeError, match="the model failed"):
        await small.asking.ask(ENGLISH, BUNDLED)
    assert isinstance((await small.asking.ask(ENGLISH, BUNDLED)).outcome, Answer)


async def test_many_at_once_get_their_own_answers(small):
    await small.add(a_snippet("tea", "Tiger Tea opened its Busan shop in 2024."))
    tea = "When did Tiger Tea open its Busan shop?"
    asked = [(ENGLISH, BUNDLED), (tea, HERE), (KOREAN, ELSEWHERE), (tea, ELSEWHERE)] * 8
    replies = await asyncio.gather(*(small.asking.ask(question, scope) for question, scope in asked))
    texts = [reply.outcome.text if isinstance(reply.outcome, Answer) else None for reply in replies]
    assert texts == [f"{GOLDEN} [1]", "Tiger Tea opened its Busan shop in 2024. [1]", f"{GOLDEN_KO} [1]", None] * 8
    assert len({reply.answer_id for reply in replies}) == len(replies)


async def test_where_nothing_is_kept_nothing_is_recalled(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db", keeps=False) as small:
        reply = await small.asking.ask(ENGLISH, BUNDLED)
        assert isinstance(reply.outcome, Answer)
        assert await small.asking.snippets(reply.answer_id, BUNDLED) is None


async def test_an_answer_stands_though_it_could_not_be_recorded(small, monkeypatch):
    async def full(record: object) -> None:
        raise HallyuError("The disk is full.")

    monkeypatch.setattr(small.store, "record_answer", full)
    reply = await small.asking.ask(ENGLISH, HERE)
    assert isinstance(reply.outcome, Answer)
    assert await small.asking.snippets(reply.answer_id, HERE) is None


async def test_topics_are_those_of_the_scope(small):
    await small.add(a_snippet("tea", "Tiger Tea opened its Busan shop in 2024."))
    assert [(entry.topic, entry.snippets) for entry in await small.asking.topics(HERE)] == [(PACK.topics[0], 2)]
    assert [entry.snippets for entry in await small.asking.topics(ELSEWHERE)] == [1]
