"""Adding, removing and merging: nothing is lost, nothing dead comes back."""

from __future__ import annotations

import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fakes.embedder import DIMENSION, FakeEmbedder
from fakes.notes import a_note, an_index, prepared, understood
from index.documents import Document
from index.features import Hit, QuestionVectors
from index.owner_index import MERGE_FROM, OwnerIndex
from index.retriever import Retriever
from index.segment import Segment
from knowledge.models import PACK, Entity, Revision

EMBEDDER = FakeEmbedder()
WORDS = an_index([])


def a_fresh_one() -> OwnerIndex:
    return OwnerIndex(Segment([], {}, DIMENSION), DIMENSION)


def numbered(number: int) -> Revision:
    """Every third note is in Korean only, every fourth in both languages."""
    english, korean = f"Shared words of song {number}.", f"모두의 노래 {number}번."
    if number % 3 == 0:
        return a_note(number, None, korean)
    return a_note(number, english, korean if number % 4 == 0 else None)


def add(owner: OwnerIndex, *notes: Revision) -> None:
    owner.add(*prepared(WORDS, notes, EMBEDDER))


def living(owner: OwnerIndex) -> list[int]:
    """The revisions of all documents that may be returned; one that stands twice is named twice."""
    return sorted(
        part.segment.documents[row].revision.id
        for part in owner.parts
        for row in range(len(part.segment))
        if part.segment.documents[row].revision.id not in part.dead
    )


def documents_of(number: int) -> int:
    return 2 if number % 3 and number % 4 == 0 else 1


def hits_of(retriever: Retriever, question: str) -> list[Hit]:
    vector = EMBEDDER.encode([question])[0] if EMBEDDER.knows(question) else None
    return retriever.search(understood(question), QuestionVectors(vector), most=100)


class Owner(RuleBasedStateMachine):
    """Adds, removals, restorations and new readings, with merges that begin and end at any moment between them."""

    def __init__(self) -> None:
        super().__init__()
        self.owner = a_fresh_one()
        self.live: set[int] = set()
        self.gone: set[int] = set()
        self.readings: list[list[Document]] = []
        self.latest: dict[int, set[int]] = {}
        self.next = 1
        self.merged: Segment | None = None

    @rule(count=st.integers(1, 3))
    def add(self, count: int) -> None:
        notes = [numbered(number) for number in range(self.next, self.next + count)]
        add(self.owner, *notes)
        self.live |= {note.id for note in notes}
        self.next += count

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.live)))
        self.owner.remove(number)
        self.live.remove(number)
        self.latest.pop(number, None)
        self.gone.add(number)

    @precondition(lambda self: self.gone)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.gone)))
        add(self.owner, numbered(number))
        self.gone.remove(number)
        self.live.add(number)

    @precondition(lambda self: self.live | self.gone)
    @rule(data=st.data())
    def read_again(self, data: st.DataObject) -> None:
        numbers = data.draw(st.sets(st.sampled_from(sorted(self.live | self.gone)), min_size=1))
        documents = WORDS.prepare([numbered(number) for number in numbers])
        self.readings.append(documents)  # kept, so that an id of an object stands for it alone
        self.owner.reread(documents, {})
        for number in numbers & self.live:
            self.latest[number] = {id(d) for d in documents if d.revision.id == number}

    @rule()
    def begin_merge(self) -> None:
        self.merged = self.owner.merged()

    @precondition(lambda self: self.merged is not None)
    @rule()
    def end_merge(self) -> None:
        assert self.merged is not None
        self.owner.swap(self.merged)
        self.merged = None

    @invariant()
    def exactly_what_lives_can_be_returned(self) -> None:
        assert living(self.owner) == sorted(n for number in self.live for n in [number] * documents_of(number))

    @invariant()
    def what_was_read_again_is_as_it_was_read_last(self) -> None:
        for number, latest in self.latest.items():
            assert {id(d) for d in self.owner.documents() if d.revision.id == number} == latest

    @invariant()
    def every_text_that_the_model_knows_has_its_vector(self) -> None:
        for part in self.owner.parts:
            for document in part.segment.documents:
                if document.revision.id not in part.dead:
                    known = {wording.key for wording in document.embedded if wording.read_by(EMBEDDER.knows)}
                    assert known <= set(part.segment.vectors_of([document]))

    @invariant()
    def questions_find_only_what_lives(self) -> None:
        retriever = Retriever(self.owner.parts)
        for question in ("shared song", "모두의 노래"):
            found = [hit.document.revision.id for hit in hits_of(retriever, question)]
            assert len(set(found)) == len(found)
            assert set(found) <= self.live


TestOwner = pytest.mark.filterwarnings("default")(Owner.TestCase)
TestOwner.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


def test_an_added_note_is_found_by_the_next_question():
    owner = a_fresh_one()
    add(owner, a_note(1, "Latto raps."), a_note(2, "Ejae sings."))
    assert hits_of(Retriever(owner.parts), "Ejae sings")[0].document.revision.id == 2


def test_a_reader_keeps_the_state_that_it_began_with():
    owner = a_fresh_one()
    add(owner, numbered(1))
    before = Retriever(owner.parts)
    owner.remove(1)
    owner.swap(owner.merged())
    assert [hit.document.revision.id for hit in hits_of(before, "shared")] == [1]
    assert hits_of(Retriever(owner.parts), "shared") == []


def test_it_asks_for_a_merge_when_the_delta_is_large_and_not_after_it():
    owner = a_fresh_one()
    add(owner, *(a_note(number, f"Note {number}.") for number in range(1, MERGE_FROM)))
    assert not owner.wants_merge
    add(owner, a_note(MERGE_FROM, "One more."))
    assert owner.wants_merge
    owner.swap(owner.merged())
    assert not owner.wants_merge
    assert len(living(owner)) == MERGE_FROM


def test_what_is_glossed_otherwise_after_it_was_read_again_has_the_new_vector():
    index, note = an_index([]), a_note(1, None, "리사가 데뷔했다.")
    owner = a_fresh_one()
    owner.add(*prepared(index, [note], EMBEDDER))
    index.name(PACK, [Entity("lisa", "soloist", "Lisa", "리사")])
    owner.reread(*prepared(index, [note], EMBEDDER))
    owner.swap(owner.merged())

    (segment,) = (part.segment for part in owner.parts if len(part.segment))
    (document,) = owner.documents()
    vectors = segment.vectors_of([document])
    assert [wording.gloss for wording in document.embedded] == ["Lisa debut", "Lisa debut"]
    assert vectors.keys() == set(document.passages.keys)
    for vector in vectors.values():
        assert vector @ EMBEDDER.encode(["Lisa debut"])[0] > 0.95


def test_it_asks_for_a_merge_when_many_are_dead():
    owner = a_fresh_one()
    add(owner, *(a_note(number, f"Note {number}.") for number in range(1, MERGE_FROM)))
    owner.swap(owner.merged())
    add(owner, a_note(MERGE_FROM, "One more."))
    for number in range(1, MERGE_FROM):
        owner.remove(number)
    assert not owner.wants_merge
    owner.remove(MERGE_FROM)
    assert owner.wants_merge
    owner.swap(owner.merged())
    assert not owner.wants_merge
    assert living(owner) == []


def test_adding_goes_on_while_a_merge_runs_in_another_thread():
    owner = a_fresh_one()
    add(owner, *(numbered(number) for number in range(1, 60)))
    merged: list[Segment] = []
    merging = threading.Thread(target=lambda: merged.append(owner.merged()))
    merging.start()
    for number in range(60, 80):
        add(owner, numbered(number))
        owner.remove(number - 50)
    merging.join()
    owner.swap(merged[0])
    assert set(living(owner)) == {*range(1, 10), *range(30, 80)}


def test_base_and_delta_rank_as_one_big_segment_does():
    notes = [a_note(n, text) for n, text in enumerate(["Gold rush.", "Gold and silver.", "Silver lining.", "Tin."], 1)]
    owner = a_fresh_one()
    add(owner, *notes[:2])
    owner.swap(owner.merged())
    add(owner, *notes[2:])
    whole = Retriever([*an_index(notes).owner(0).parts])
    question = "who found gold or silver"
    expected = [(hit.document.revision.id, pytest.approx(hit.score)) for hit in hits_of(whole, question)]
    assert [(hit.document.revision.id, hit.score) for hit in hits_of(Retriever(owner.parts), question)] == expected
    for term in ("gold", "silver", "tin", "lead"):
        assert Retriever(owner.parts).term_idf(term) == whole.term_idf(term)
