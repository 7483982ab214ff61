"""How answers are measured: the measures agree with the field's own implementation, verdicts say what happened."""

import json
import math
import random

import ir_measures
import pytest
from ir_measures import RR, Success, nDCG

from index.evaluation.intervals import estimate
from index.evaluation.metrics import measures_of
from index.evaluation.reading_sets import Asked, read
from index.evaluation.runs import Scored, parts_of
from index.evaluation.verdicts import Verdict, judge
from index.results import Answer, Citation, Line, NoAnswer, WhichOne
from knowledge.errors import HallyuError
from knowledge.golden import GoldenQuestion
from knowledge.models import Quote, Source, Status

THEIRS = {"recall_1": Success @ 1, "recall_5": Success @ 5, "mrr_10": RR @ 10, "ndcg_10": nDCG @ 10}


@pytest.mark.parametrize("seed", range(20))
def test_every_measure_agrees_with_ir_measures(seed):
    chance = random.Random(seed)
    ids = [f"d{n}" for n in range(15)]
    ranking = chance.sample(ids, chance.randint(1, 15))
    relevant = set(chance.sample(ids, chance.randint(1, 5)))
    ours = measures_of(ranking, relevant)
    judged = [ir_measures.Qrel("q", id, 1) for id in relevant]
    ranked = [ir_measures.ScoredDoc("q", id, float(-place)) for place, id in enumerate(ranking)]
    theirs = ir_measures.calc_aggregate(THEIRS.values(), judged, ranked)
    for name, measure in THEIRS.items():
        assert math.isclose(getattr(ours, name), theirs[measure], abs_tol=1e-9), name


def test_an_interval_holds_the_mean_and_narrows_with_more_questions():
    few, many = estimate([1.0, 0.0] * 10), estimate([1.0, 0.0] * 1000)
    assert few.low < few.mean == 0.5 < few.high
    assert few.high - few.low > 5 * (many.high - many.low)
    assert estimate([1.0] * 5).low == 1.0
    assert estimate([1.0, 0.0, 0.0]) == estimate([1.0, 0.0, 0.0])


def test_nothing_has_no_mean():
    with pytest.raises(ValueError, match="no values"):
        estimate([])


KNOWN = GoldenQuestion("a", "how long?", "en", "answered", "plain", (("76",),), ("golden-76-days",))
UNKNOWN = GoldenQuestion("b", "why?", "ko", "no_answer", "private")


def answer(text: str, snippet: str) -> Answer:
    quote = Quote(1, "en", 0, len(text))
    cited = Citation(1, text, Source("T", "P", "https://p.example"), snippet, 1, Status.REPORTED)
    return Answer("en", (Line(text, quote, (1,)),), (cited,), "2025", ages=False, stale=False, receipt={})


@pytest.mark.parametrize(
    ("question", "outcome", "verdict"),
    [
        (KNOWN, answer("76 days", "golden-76-days"), Verdict.RIGHT),
        (KNOWN, answer("67 days", "golden-76-days"), Verdict.WRONG),
        (KNOWN, answer("76 days", "another"), Verdict.WRONG),
        (KNOWN, NoAnswer("en", (), {}), Verdict.MISSED),
        (KNOWN, WhichOne("en", (), {}), Verdict.MISSED),
        (KNOWN, None, Verdict.MISSED),
        (UNKNOWN, answer("x", "another"), Verdict.MADE_UP),
        (UNKNOWN, NoAnswer("ko", (), {}), Verdict.DECLINED),
        (UNKNOWN, None, Verdict.DECLINED),
    ],
)
def test_a_verdict_says_what_became_of_a_question(question, outcome, verdict):
    assert judge(question, outcome) is verdict


def test_parts_are_the_whole_each_language_and_each_kind():
    right = Scored(KNOWN, Verdict.RIGHT, measures_of(["golden-76-days"], {"golden-76-days"}), {}, "76")
    wrong = Scored(KNOWN, Verdict.WRONG, measures_of(["x"], {"golden-76-days"}), {}, "67")
    whole, english, korean, plain, private = parts_of([right, wrong, Scored(UNKNOWN, Verdict.DECLINED, None, {}, "")])
    assert [part.name for part in (whole, english, korean, plain, private)] == ["all", "en", "ko", "plain", "private"]
    assert whole.answered
    assert whole.declined
    assert (whole.answered.mean, whole.wrong, whole.declined.mean) == (0.5, 0.5, 1.0)
    assert (whole.ranks["recall_1"].mean, whole.ranks["recall_1"].count) == (0.5, 2)
    assert english.declined is None
    assert korean.answered is None
    assert korean.ranks == {}


SQUAD = {
    "data": [
        {
            "title": "Some_Group",
            "paragraphs": [
                {
                    "context": "Duo sold 76 copies.",
                    "qas": [
                        {"question": "How many?", "answers": [{"text": "76"}, {"text": "76"}]},
                        {"question": "Why?", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": "듀오는 76장을 팔았다.", "qas": [{"question": "몇 장?", "answers": [{"text": "76장"}]}]},
            ],
        }
    ]
}


def test_a_reading_set_holds_paragraphs_and_answerable_questions(tmp_path):
    path = tmp_path / "set.json"
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    found = read(path)
    assert [topic.title for topic in found.topics] == ["Some Group"]
    assert [(r.snippet.text, r.snippet.text_ko) for r in found.revisions] == [
        ("Duo sold 76 copies.", None),
        (None, "듀오는 76장을 팔았다."),
    ]
    assert found.questions == (Asked("How many?", 1, ("76",)), Asked("몇 장?", 2, ("76장",)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "line 1 is no JSON"),
        (b'{"data":\n[}', "line 2 is no JSON"),
        (b"\xff", "it is no text in UTF-8"),
        (b"{}", "“data” is missing"),
        (b'{"data": [{}]}', "“title” is missing"),
        (b"[" * 200_000, "something in it is of the wrong type"),
        (b"[]", "something in it is of the wrong type"),
        (b'{"data": 3}', "something in it is of the wrong type"),
        (b'{"data": [{"title": 3}]}', "something in it is of the wrong type"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path, content, what):
    path = tmp_path / "set.json"
    path.write_bytes(content)
    with pytest.raises(HallyuError, match="is not in the SQuAD format") as refused:
        read(path)
    assert what in str(refused.value)
    assert "Error" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(HallyuError, match="cannot be read"):
        read(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("text", "answers", "held"),
    [
        ("It sold 76 copies.", ("76",), True),
        ("It sold 176 copies.", ("76",), False),
        ("Beyoncé sang.", ("beyonce",), True),
        ("76장을 팔았다", ("76장",), True),
        ("Nobody.", (), False),
    ],
)
def test_an_answer_stands_in_a_text_as_whole_words(text, answers, held):
    assert Asked("?", 1, answers).answered_by(text) is held
