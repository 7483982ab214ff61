"""The measures behind `make bench-quality`: gains by article, areas under curves, tables in the page."""

import sys
from dataclasses import fields

import numpy as np
import pytest

from index.confidence import Basis
from index.evaluation.reading_sets import Asked, ReadingSet, revision_of
from index.evidence import Evidence
from index.ranking import Weights
from knowledge.golden import GoldenQuestion
from knowledge.models import Topic
from tests.benchmarks import calibrate, listwise, report
from tests.benchmarks.against import cells, row_of
from tests.benchmarks.fit_ranking import FEATURES, Found, fit, held_out
from tests.benchmarks.gain import by_article
from tests.benchmarks.listwise import Listed
from tests.benchmarks.peers import child
from tests.benchmarks.peers.running import Answers, Failed, Task, answers_of
from tests.benchmarks.removed import auroc, interval
from tests.benchmarks.servers import load_servers, written_for
from tests.benchmarks.verdicts import shares


def test_a_gain_in_every_article_is_above_0_and_one_in_a_single_article_is_not():
    mean, low, high = by_article([[1.0, 0.0]] * 8)
    assert (mean, low, high) == (0.5, 0.5, 0.5)
    mean, low, _ = by_article([[1.0] * 8, *[[0.0] * 8] * 7])
    assert mean == 0.125
    assert low == 0.0


@pytest.mark.parametrize("server", load_servers(), ids=lambda server: server.name)
def test_an_invented_server_has_the_notes_that_its_questions_name_and_keys_that_stand_in_them(server):
    notes = {note.id: note for note in server.notes}
    for question in server.questions:
        assert written_for(question) in notes
        if question.expect == "answered":
            first = notes[question.snippets[0]]
            assert question.matched_by(f"{first.text} {first.text_ko}"), question.id


def test_verdicts_become_shares_of_what_is_on_file_and_of_what_is_not():
    known, unknown = (GoldenQuestion(e, "?", "en", e, "plain") for e in ("answered", "no_answer"))
    found = [(known, "right"), (known, "right"), (known, "wrong"), (known, "declined"), (unknown, "declined")]
    assert shares(found) == (0.5, 0.25, 1.0)
    assert shares([]) == (0, 0, 0)


def test_the_area_is_the_share_of_pairs_in_the_right_order():
    assert auroc(np.array([0.9, 0.8]), np.array([0.1, 0.2])) == 1.0
    assert auroc(np.array([0.5, 0.5]), np.array([0.5, 0.5])) == 0.5
    assert auroc(np.array([0.9, 0.1]), np.array([0.5, 0.5])) == 0.5
    low, high = interval(np.linspace(0.4, 1, 50), np.linspace(0, 0.6, 50))
    assert low < auroc(np.linspace(0.4, 1, 50), np.linspace(0, 0.6, 50)) < high


def test_a_table_takes_its_place_in_the_page_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- x -->\nold\n<!-- end x -->\nafter\n", encoding="utf-8")
    report.write("x", report.markdown(("a", "b"), [("1", r"\2")]), page)
    assert page.read_text() == "before\n<!-- x -->\n| a | b |\n| --- | --- |\n| 1 | \\2 |\n<!-- end x -->\nafter\n"
    with pytest.raises(ValueError, match="no place for y"):
        report.write("y", "", page)


QUESTIONS = [Asked("a?", 1, ("one",)), Asked("b?", 2, ("two",))]


def test_a_row_counts_right_passages_and_sentences_and_relates_times_to_ours():
    ours = row_of("hallyu", QUESTIONS, Answers([["1"], ["1", "2"]], [1.0, 3.0], 100.0, [["one"], ["one", "two"]]))
    assert ours.shares["recall_1"] == 0.5
    assert ours.shares["mrr_10"] == 0.75
    assert (ours.shares["sentence_1"], ours.shares["sentence_2"]) == (0.5, 1.0)
    peer = row_of("bm25s", QUESTIONS, Answers([["2"], ["2"]], [4.0, 4.0], 50.0))
    assert cells(peer, ours)[-4:] == ["–", "–", "4.0 (2×)", "50"]


def found(article, right):
    features = np.zeros((2, len(FEATURES)))
    features[right, FEATURES.index("dense")] = 1.0
    features[1 - right, FEATURES.index("pairs")] = 1.0
    return Found(Asked("?", right), article, (0, 1), features)


def test_the_fit_finds_what_tells_right_from_wrong_and_holds_articles_out():
    start = Weights(dense=0.5, pairs=0.5)
    cases = [found(article, right) for article in "abc" for right in (0, 1)]
    weights = dict(zip(FEATURES, fit(cases, start), strict=True))
    assert weights["dense"] == 1.0
    assert weights["lexical"] == weights["pairs"] == 0.0
    assert len(held_out(cases, start)) == len(cases)


def listed(article, *right, features=((0.9, 0.5), (0.1, 0.5), (0.2, 0.5))):
    return Listed(article, np.array(features), np.isin(range(3), right))


def test_a_list_with_several_right_things_wants_one_of_them_first():
    weights = listwise.fit([listed("a", 0), listed("b", 0, 2), listed("c")], [1.0, 1.0])
    assert weights[0] > 0.5
    assert listed("a", 2).firsts(weights, 2).tolist() == [False, True]
    assert listwise.fit([listed("a", 0)], [0.0, 1.0]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("count", [2, 11])
def test_the_weights_of_an_article_are_fitted_without_it(count):
    odd = (1.0, 0.0), (0.0, 1.0), (0.0, 1.0)  # everywhere else the other feature tells
    lists = [listed("odd", 0, features=odd)] + [listed(f"{n}", 1, features=odd) for n in range(1, count)]
    weights = listwise.held_out(lists, [1.0, 1.0])
    assert len(weights) == count
    assert weights[0][1] == max(each[1] for each in weights) > min(each[1] for each in weights)


def a_row(answers, **features):
    evidence = Evidence(**{field.name: features.get(field.name, 0.0) for field in fields(Evidence)})
    return calibrate.Row("en", Basis.TEXT, evidence, answers)


def test_the_decision_is_fitted_on_what_differs_and_what_counts():
    golden = [a_row(n % 4 > 0, dense=0.2 + 0.6 * (n % 4 > 0), mass=0.5) for n in range(40)]
    bias, weights = calibrate.fit(calibrate.Rows.of(golden))
    weight = dict(zip((field.name for field in fields(Evidence)), weights, strict=True))
    assert weight["dense"] > 0 == weight["mass"]
    assert weight["names"] == calibrate.PRIOR.names  # no hit of these lacks one: what we would believe
    assert calibrate.sigmoid(np.array(weight["dense"] * 0.2 + bias)) < 0.5

    misleading = [a_row(n % 4 == 0, dense=0.2 + 0.6 * (n % 4 > 0), mass=0.5) for n in range(400)]
    ignored, heeded = (calibrate.fit(calibrate.Rows.of(golden, misleading, count))[1][0] for count in (0.0, 1.0))
    assert ignored == pytest.approx(weight["dense"])
    assert heeded == 0


def test_confidence_held_out_is_that_of_the_golden_questions_only(monkeypatch):
    monkeypatch.setattr(calibrate, "STEPS", 50)
    rows = calibrate.Rows.of([a_row(n % 2 == 0, lead=n / 30) for n in range(30)], [a_row(False)] * 7, 0.1)
    assert len(calibrate.held_out(rows, seed=0)) == rows.golden == 30
    assert rows.among(np.arange(37) >= 29).golden == 1


def test_the_dearer_a_false_answer_the_higher_the_threshold():
    confidence, answers = np.linspace(0, 1, 101), np.array([0.0, 1.0] * 45 + [1.0] * 11)
    assert calibrate.threshold(confidence, answers, 5.0) > calibrate.threshold(confidence, answers, 0.2)


def test_a_contender_in_a_process_of_its_own_gives_its_answers_or_what_went_wrong(tmp_path):
    texts = ReadingSet((Topic("t", "Title", "Title"),), (revision_of(1, "t", "Some text.", "en"),), ())
    task = Task.of(texts, QUESTIONS, "en")
    assert task.passages == [{"id": "1", "title": "Title", "text": "Some text."}]
    script = tmp_path / "contender.py"
    script.write_text(
        "import json, sys\ntask = json.load(sys.stdin)\nids = [p['id'] for p in task['passages']]\n"
        "n = len(task['questions'])\n"
        "json.dump({'rankings': [ids] * n, 'milliseconds': [1.0] * n, 'resident_mb': 9.0}, sys.stdout)"
    )
    assert answers_of([sys.executable, str(script)], task).rankings == [["1"], ["1"]]
    with pytest.raises(Failed, match="no-such-peer"):
        answers_of([sys.executable, child.__file__, "no-such-peer"], task)
