"""Adding and removing a guild's knowledge: durable and in the next answer of that guild, and of no other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.curation.publishing import AT_ONCE
from fakes.knowing import BY_MIN, ENGLISH, GOLDEN_NOTE, a_snippet, crowded, small_knowing
from index.owner_index import MERGE_FROM
from index.results import Answer
from knowledge.curation import Applied, Conflict, Decided, Edit, Repeated
from knowledge.errors import HallyuError
from knowledge.models import Entity, Scope
from knowledge.queue import OpenQuestion, Proposal

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
    version = await small.add(TEA)
    assert (version.author, version.number, version.content) == (7, 1, TEA)
    assert await answer(small, QUESTION, HERE) == TEA.text
    assert await answer(small, QUESTION, ELSEWHERE) is None
    assert await answer(small, QUESTION, BUNDLED) is None


async def test_what_was_removed_is_never_found_again(small):
    await small.add(TEA)
    await small.remove("tea")
    assert await answer(small, QUESTION, HERE) is None
    await small.add(a_snippet("other", "Green tea is popular in Busan."))
    assert await answer(small, QUESTION, HERE) != TEA.text


async def test_both_outlive_the_process_and_nothing_is_embedded_twice(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as first:
        await first.add(TEA)
        gone = a_snippet("gone", "Tiger Tea closed its Daegu shop in 2023.")
        await first.add(gone)
        await first.remove("gone")
    async with small_knowing(tmp_path / "hallyu.db") as second:
        assert TEA.text not in [text for batch in second.embedder.encoded for text in batch]
        assert await answer(second, QUESTION, HERE) == TEA.text
        assert await answer(second, "When did Tiger Tea close its Daegu shop?", HERE) != gone.text
        assert await answer(second, QUESTION, ELSEWHERE) is None


async def test_the_bundled_knowledge_is_still_there_beside_it(small):
    await small.add(TEA)
    assert await answer(small, ENGLISH, HERE) == GOLDEN_NOTE.text


async def test_two_guilds_may_call_different_things_by_the_same_id(small):
    await small.add(TEA)
    await small.add(a_snippet("tea", "Tiger Tea opened its Busan shop in 2019."), 20)
    assert await answer(small, QUESTION, HERE) == TEA.text
    assert await answer(small, QUESTION, ELSEWHERE) == "Tiger Tea opened its Busan shop in 2019."


async def test_a_crowd_of_questions_makes_a_change_wait_and_not_fail(small):
    async with crowded(small.engine):
        adding = asyncio.create_task(small.add(TEA))
        await asyncio.sleep(0.05)
        assert not adding.done(), "it is not searchable yet"
    await adding
    assert await answer(small, QUESTION, HERE) == TEA.text
    async with crowded(small.engine):
        removing = asyncio.create_task(small.remove("tea"))
        await asyncio.sleep(0.05)
    await removing
    assert await answer(small, QUESTION, HERE) is None


async def test_what_cannot_be_embedded_is_not_added(small):
    small.embedder.fault = RuntimeError("the model failed")
    with pytest.raises(RuntimeError, match="the model failed"):
        await small.add(TEA)
    assert [revision.owner for revision in await small.store.live(HERE)] == [0]
    await small.add(TEA)
    assert await answer(small, QUESTION, HERE) == TEA.text


async def test_what_is_searchable_is_added_though_its_vectors_could_not_be_kept(small, monkeypatch):
    async def full(*_: object) -> None:
        raise HallyuError("The disk is full.")

    monkeypatch.setattr(small.store, "keep_vectors", full)
    await small.add(TEA)
    assert await answer(small, QUESTION, HERE) == TEA.text


async def test_an_edit_takes_the_place_of_the_text_before(small):
    first = await small.add(TEA)
    later = replace(TEA, text="Tiger Tea opened its Busan shop in 2025.")
    outcome = await small.curating.save(10, later, first.id, BY_MIN)
    assert outcome == Applied(outcome.versions, (first.id,))
    assert await answer(small, QUESTION, HERE) == later.text


async def test_the_second_of_two_editors_sees_the_change_of_the_first(small):
    first = await small.add(TEA)
    theirs = replace(TEA, text="Tiger Tea opened its Busan shop in 2025.")
    await small.curating.save(10, theirs, first.id, BY_MIN)
    outcome = await small.curating.save(10, replace(TEA, text="Mine."), first.id, BY_MIN)
    assert isinstance(outcome, Conflict)
    assert outcome.now.content == theirs
    assert await answer(small, QUESTION, HERE) == theirs.text


async def test_a_form_that_is_sent_twice_is_one_change(small):
    act = replace(BY_MIN, token="form-1")
    first = await small.curating.save(10, TEA, None, act)
    again = await small.curating.save(10, TEA, None, act)
    assert again == Repeated(first.versions[0])
    assert len(await small.store.edits.history(10, "snippet", "tea")) == 1


async def test_saving_what_is_there_already_leaves_no_version(small):
    first = await small.add(TEA)
    assert await small.curating.save(10, TEA, first.id, BY_MIN) == Applied(())


async def test_a_bundled_note_can_be_replaced_for_one_guild_and_comes_back(small):
    ours = replace(GOLDEN_NOTE, text="Golden was No. 1 on Spotify for 77 days in a row.", text_ko=None)
    assert await answer(small, ENGLISH, HERE) == GOLDEN_NOTE.text
    await small.curating.save(10, ours, None, BY_MIN)
    assert await answer(small, ENGLISH, HERE) == ours.text
    assert await answer(small, ENGLISH, ELSEWHERE) == GOLDEN_NOTE.text
    await small.curating.restore(10, GOLDEN_NOTE.id, BY_MIN)
    assert await answer(small, ENGLISH, HERE) == GOLDEN_NOTE.text


async def test_a_bundled_note_can_be_hidden_for_one_guild_also_after_a_restart(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        await small.remove(GOLDEN_NOTE.id)
        assert await answer(small, ENGLISH, HERE) is None
        assert await answer(small, ENGLISH, BUNDLED) == GOLDEN_NOTE.text
        assert [topic.snippets for topic in await small.store.topics(HERE)] == []
    async with small_knowing(tmp_path / "hallyu.db") as small:
        assert await answer(small, ENGLISH, HERE) is None
        assert await answer(small, ENGLISH, ELSEWHERE) == GOLDEN_NOTE.text
        await small.curating.restore(10, GOLDEN_NOTE.id, BY_MIN)
        assert await answer(small, ENGLISH, HERE) == GOLDEN_NOTE.text


async def test_what_was_removed_can_be_restored(small):
    await small.add(TEA)
    await small.remove("tea")
    await small.curating.restore(10, "tea", BY_MIN)
    assert await answer(small, QUESTION, HERE) == TEA.text


async def test_every_change_can_be_undone_but_not_under_a_later_one(small):
    first = await small.add(TEA)
    later = replace(TEA, text="Tiger Tea opened its Busan shop in 2025.")
    second = (await small.curating.save(10, later, first.id, BY_MIN)).versions[0]
    assert isinstance(await small.curating.undo(10, first.id, BY_MIN), Conflict)
    await small.curating.undo(10, second.id, BY_MIN)
    assert await answer(small, QUESTION, HERE) == TEA.text
    texts = [v.content.text for v in await small.store.edits.history(10, "snippet", "tea")]
    assert texts == [TEA.text, later.text, TEA.text]


async def test_a_batch_is_undone_as_one(small):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(20)]
    edits = [Edit("snippet", note.id, note, None) for note in notes]
    made = await small.curating.apply(10, edits, replace(BY_MIN, batch="import-1"))
    assert await answer(small, "What does shop number 7 of Tiger Tea sell?", HERE) == notes[7].text
    await small.curating.undo(10, made.versions[3].id, BY_MIN)
    assert [revision.owner for revision in await small.store.live(HERE)] == [0]


async def test_a_proposal_is_approved_once(small):
    await small.store.queue.propose(10, [Proposal("p", "suggestion", TEA, 5)])
    act = replace(BY_MIN, action="approve", decides="p")
    assert isinstance(await small.curating.save(10, TEA, None, act), Applied)
    twice = await small.curating.save(10, replace(TEA, id="tea-2"), None, act)
    assert twice == Decided()
    assert await small.store.queue.waiting(10, 5) == []


async def test_a_question_is_closed_by_the_note_that_answers_it(small):
    await small.store.queue.note_question(10, OpenQuestion("q", QUESTION, "en", ""))
    assert [question.text for question in await small.store.queue.questions(10)] == [QUESTION]
    await small.curating.save(10, TEA, None, replace(BY_MIN, answers=("q",)))
    assert await small.store.queue.questions(10) == []


async def test_a_question_stays_open_when_its_answer_cannot_be_embedded(small):
    await small.store.queue.note_question(10, OpenQuestion("q", QUESTION, "en", ""))
    small.embedder.fault = RuntimeError("the model failed")
    with pytest.raises(RuntimeError, match="the model failed"):
        await small.curating.save(10, TEA, None, replace(BY_MIN, answers=("q",)))
    assert [question.id for question in await small.store.queue.questions(10)] == ["q"]


async def test_a_new_name_is_understood_at_once(small):
    await small.add(replace(TEA, id="kkot", text="Kkotcha opened in 2020.", asks=(), entities=()))
    entity = Entity("kkotcha", "soloist", "Kkotcha", "꽃차", ("Flower Tea",))
    await small.curating.apply(10, [Edit("entity", "kkotcha", entity, None)], replace(BY_MIN, action="name"))
    assert await answer(small, "When did Flower Tea open?", HERE) == "Kkotcha opened in 2020."
    assert await answer(small, "When did Flower Tea open?", ELSEWHERE) is None


@pytest.mark.parametrize("changed", [0, AT_ONCE, 2 * AT_ONCE], ids="note {}".format)
@pytest.mark.parametrize("order", [("edit", "import"), ("import", "edit")], ids=" and ".join)
async def test_what_is_edited_while_its_import_is_published_is_found_as_it_was_edited(small, changed, order):
    notes = [a_snippet(f"tea-{n}", f"Tiger Tea opened shop {n} in 2024.") for n in range(2 * AT_ONCE + 1)]
    newer = replace(notes[changed], text="Tiger Tea closed that shop in 2025.")
    imported = await small.store.edits.apply(10, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)
    former = imported.versions[changed]
    edited = await small.store.edits.apply(10, [Edit("snippet", newer.id, newer, former.id)], BY_MIN)
    publishing = {"import": imported, "edit": edited}

    await asyncio.gather(*(small.use_cases.publisher.publish(10, publishing[each]) for each in order))

    found = {document.revision.id for document in small.index.owner(10).documents()}
    assert found == {version.id for version in (*imported.versions, *edited.versions)} - {former.id}


@pytest.mark.slow
async def test_merging_loses_nothing_and_brings_nothing_back(small):
    notes = [a_snippet(f"n-{n}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(MERGE_FROM + 20)]
    await asyncio.gather(*(small.add(note) for note in notes))
    await asyncio.gather(*(small.remove(note.id) for note in notes[::2]))
    await small.use_cases.publisher.finish()
    for n in (1, MERGE_FROM - 1, MERGE_FROM + 19):
        assert await answer(small, f"What does shop number {n} of Tiger Tea sell?", HERE) == notes[n].text
    live = {note.text for note in notes[1::2]}
    for n in (0, 2, MERGE_FROM):
        assert await answer(small, f"What does shop number {n} of Tiger Tea sell?", HERE) in {*live, None}


async def test_a_spelling_that_was_taken_back_is_in_no_note_any_more(small):
    await small.add(replace(TEA, id="kkot", text="Flower-Tea opened in 2020.", asks=(), entities=()))
    named = Entity("kkotcha", "soloist", "Kkotcha", None, ("Flower Tea",))
    made = await small.curating.apply(10, [Edit("entity", "kkotcha", named, None)], replace(BY_MIN, action="name"))
    assert await answer(small, "When did Kkotcha open?", HERE) == "Flower-Tea opened in 2020."
    await small.curating.undo(10, made.versions[0].id, BY_MIN)
    assert small.index.named(10) == ()
    assert await answer(small, "When did Kkotcha open?", HERE) is None
    (document,) = small.index.owner(10).documents()
    assert "§kkotcha" not in document.held


async def test_removing_a_note_leaves_the_names_alone(small):
    named = Entity("kkotcha", "soloist", "Kkotcha")
    await small.curating.apply(10, [Edit("entity", "kkotcha", named, None)], BY_MIN)
    await small.add(TEA)
    vocabulary = small.index.vocabulary(HERE)
    await small.remove("tea")
    assert small.index.vocabulary(HERE) is vocabulary


async def test_of_many_names_at_the_same_moment_the_index_knows_all(small):
    names = [Entity(f"tea-{letter}", "soloist", f"Tea {letter}") for letter in "abcdefghijkl"]
    edits = [[Edit("entity", name.id, name, None)] for name in names]
    await asyncio.gather(*(small.curating.apply(10, edit, BY_MIN) for edit in edits))
    assert set(small.index.named(10)) == set(names)


async def test_a_note_that_was_removed_while_names_were_taught_stays_removed(small, monkeypatch):
    await small.add(replace(TEA, id="kkot", text="Flower Tea opened in 2020.", asks=(), entities=()))
    prepare = small.index.prepare
    removed = []

    def while_it_is_removed(revisions):
        for revision in revisions:
            small.index.owner(10).remove(revision.id)
            removed.append(revision.id)
        return prepare(revisions)

    monkeypatch.setattr(small.index, "prepare", while_it_is_removed)
    named = Entity("kkotcha", "soloist", "Kkotcha", None, ("Flower Tea",))
    await small.curating.apply(10, [Edit("entity", "kkotcha", named, None)], BY_MIN)
    assert len(removed) == 1
    assert small.index.owner(10).documents() == []


async def test_what_is_left_of_a_batch_is_undone_when_a_part_of_it_was_undone_before(small):
    act = replace(BY_MIN, action="approve", batch="import-1")
    first = (await small.curating.save(10, TEA, None, act)).versions[0]
    await small.curating.undo(10, first.id, replace(BY_MIN, action="undo"))
    other = a_snippet("other", "Green tea is popular in Busan.")
    second = (await small.curating.save(10, other, None, act)).versions[0]

    assert isinstance(await small.curating.undo(10, first.id, BY_MIN), Conflict), "that one was undone"
    undone = await small.curating.undo(10, second.id, replace(BY_MIN, action="undo"))
    assert [version.record for version in undone.versions] == ["other"]


async def test_what_was_not_embedded_is_no_part_of_its_batch(small):
    act = replace(BY_MIN, action="approve", batch="import-1")
    small.embedder.fault = RuntimeError("the model failed")
    with pytest.raises(RuntimeError, match="the model failed"):
        await small.curating.save(10, TEA, None, act)
    latest = (await small.curating.standing(10, "tea")).own
    made = (await small.curating.save(10, TEA, latest.id, act)).versions[0]

    undone = await small.curating.undo(10, made.id, replace(BY_MIN, action="undo"))
    assert isinstance(undone, Applied)
    assert await answer(small, QUESTION, HERE) is None


async def test_a_form_sent_twice_under_a_later_change_is_a_conflict(small):
    act = replace(BY_MIN, token="form-1")
    first = (await small.curating.save(10, TEA, None, act)).versions[0]
    later = await small.curating.save(10, replace(TEA, text="Another."), first.id, BY_MIN)
    assert await small.curating.save(10, TEA, None, act) == Conflict("tea", later.versions[0])
