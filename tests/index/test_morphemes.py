"""Korean by its morphemes, where there is an analyser: one that is made up, and Kiwi where it is installed."""

from __future__ import annotations

import pytest

from fakes.notes import a_note, an_index, understood
from index import morphemes
from index.features import Hit, QuestionVectors
from index.morphemes import KiwiAnalyser
from index.retriever import Retriever
from knowledge.models import Entity

CITY, SANG = "소년의 노래는 부르크에서 나왔다.", "그 소년이 노래를 오래 불렀다."
STEMS = {"불렀다": "부르", "부르던": "부르", "노래": "노래", "소년": "소년"}


class Stems:
    """Knows the words in `STEMS`; remembers what it was asked for."""

    def __init__(self) -> None:
        self.analysed: list[str] = []

    def content(self, normalised: str) -> frozenset[str]:
        self.analysed.append(normalised)
        return frozenset(stem for word, stem in STEMS.items() if word in normalised)

    bundled = content


def found(question: str, analyser: Stems | None, *names: Entity) -> list[Hit]:
    parts = an_index([a_note(1, None, CITY), a_note(2, None, SANG)]).owner(0).parts
    return Retriever(parts, analyser).search(understood(question, *names), QuestionVectors())


def test_a_verb_is_found_in_another_form() -> None:
    without, with_one = (found("노래를 부르던 소년", analyser) for analyser in (None, Stems()))

    assert [hit.document.revision.id for hit in without] == [1, 2]
    assert [hit.document.revision.id for hit in with_one] == [2, 1]
    assert with_one[0].scores.morphemes == pytest.approx(1)


def test_without_an_analyser_nothing_is_said_of_morphemes() -> None:
    assert [hit.scores.morphemes for hit in found("노래를 부르던 소년", None)] == [None, None]


def test_a_question_without_morphemes_ranks_as_without_an_analyser() -> None:
    with_one, without = (found("나왔다", analyser) for analyser in (Stems(), None))

    assert with_one
    assert [hit.score for hit in with_one] == [hit.score for hit in without]
    assert all(hit.scores.morphemes is None for hit in with_one)


def test_a_name_is_not_analysed_but_leaves_a_word_for_its_particle() -> None:
    analyser = Stems()
    found("소년단이 부르던 노래", analyser, Entity("bts", "group", "BTS", "소년단"))

    assert analyser.analysed[0] == "xxx이 부르던 노래"


def test_an_english_question_is_not_analysed() -> None:
    analyser = Stems()
    found("who sang", analyser)

    assert analyser.analysed == []


@pytest.mark.parametrize("installed", [True, False])
def test_it_is_there_when_the_package_is(installed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphemes, "find_spec", lambda _: installed or None)
    monkeypatch.setattr(morphemes, "KiwiAnalyser", Stems)
    morphemes.installed_analyser.cache_clear()

    assert isinstance(morphemes.installed_analyser(), Stems) is installed
    morphemes.installed_analyser.cache_clear()


def test_kiwi_gives_what_says_something_in_its_dictionary_form() -> None:
    pytest.importorskip("kiwipiepy", reason="the extra ko is not installed")

    assert KiwiAnalyser().content("그 노래를 불렀던 가수는 누구야?") >= {"노래", "부르", "가수"}
    assert KiwiAnalyser().content("who sang it in 2019?") == frozenset()
