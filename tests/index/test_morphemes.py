"""Korean by its morphemes, where there is an analyser: one that is made up, and Kiwi where it is installed."""

from __future__ import annotations

import pytest

from fakes.notes import a_note, an_index, understood
from index.features import Hit, QuestionVectors
from index.morphemes import KiwiAnalyser
from index.retriever import Retriever

SANG, SONG = "그 소년이 노래를 불렀다.", "그 소년의 노래다."
STEMS = {"불렀다": "부르", "부른": "부르", "노래": "노래", "소년": "소년"}


class Stems:
    """Knows the words in `STEMS`."""

    def content(self, normalised: str) -> frozenset[str]:
        return frozenset(stem for word, stem in STEMS.items() if word in normalised)


def found(question: str, analyser: Stems | None) -> list[Hit]:
    parts = an_index([a_note(1, None, SONG), a_note(2, None, SANG)]).owner(0).parts
    return Retriever(parts, analyser).search(understood(question), QuestionVectors())


def test_a_verb_is_found_in_another_form() -> None:
    hits = found("소년이 부른 노래는?", Stems())

    assert [hit.document.revision.id for hit in hits] == [2, 1]
    assert hits[0].scores.morphemes == pytest.approx(1)
    assert hits[1].scores.morphemes < 1


def test_without_an_analyser_nothing_is_said_of_morphemes() -> None:
    assert [hit.scores.morphemes for hit in found("소년이 부른 노래는?", None)] == [None, None]


def test_a_question_without_morphemes_ranks_as_without_an_analyser() -> None:
    with_one, without = (found("무슨 곡?", analyser) for analyser in (Stems(), None))

    assert [hit.score for hit in with_one] == [hit.score for hit in without]
    assert all(hit.scores.morphemes is None for hit in with_one)


def test_kiwi_gives_what_says_something_in_its_dictionary_form() -> None:
    pytest.importorskip("kiwipiepy", reason="the extra ko is not installed")

    assert KiwiAnalyser().content("그 노래를 불렀던 가수는 누구야?") >= {"노래", "부르", "가수"}
    assert KiwiAnalyser().content("who sang it in 2019?") == frozenset()
