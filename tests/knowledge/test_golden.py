from collections import Counter

import pytest

from knowledge.errors import HallyuError
from knowledge.golden import GoldenQuestion, check_golden, load_golden
from knowledge.pack import load_pack

GOLDEN = """\
questions:
  - id: en-days
    ask: how many days
    language: en
    expect: answered
    key: [["76", seventy-six], [Spotify]]
    snippets: [golden-76-days]
    kind: plain
  - {id: no-weather, ask: 날씨 어때, language: ko, expect: no_answer, kind: off_topic}
"""


@pytest.fixture
def golden_folder(pack_folder):
    pack_folder.write("golden/seed.yaml", GOLDEN)
    return pack_folder


def test_questions_are_loaded_as_they_are_written(golden_folder):
    answered, declined = load_golden(golden_folder.root)
    assert answered == GoldenQuestion(
        id="en-days",
        ask="how many days",
        language="en",
        expect="answered",
        kind="plain",
        key=(("76", "seventy-six"), ("Spotify",)),
        snippets=("golden-76-days",),
    )
    assert (declined.expect, declined.key, declined.snippets) == ("no_answer", (), ())


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("76 days on SPOTIFY", True),
        ("Seventy-Six, says spotify", True),
        ("76 days", False),
        ("Spotify", False),
        ("", False),
    ],
)
def test_a_right_answer_meets_every_group_by_one_alternative(golden_folder, answer, right):
    assert load_golden(golden_folder.root)[0].matched_by(answer) is right


def test_the_split_hangs_on_the_id_alone():
    questions = [GoldenQuestion(f"q-{n}", "?", "en", "no_answer", "plain") for n in range(400)]
    assert [question.split for question in questions[:6]] == ["dev", "test", "dev", "dev", "dev", "dev"]
    assert 160 < Counter(question.split for question in questions)["dev"] < 240


@pytest.mark.parametrize(
    ("old", "new", "entry", "field", "message"),
    [
        ("id: en-days", "id: En days", "En days", "id", "is no id"),
        ("id: en-days", "id: no-weather", "no-weather", "id", "is already taken in golden/seed.yaml"),
        ("  - id: en-days\n    ask", "  - ask", "questions[1]", "id", "is missing. Add it."),
        ("ask: how many days", "ask: ''", "en-days", "ask", "is empty. Write the question."),
        ("language: en", "language: fr", "en-days", "language", "is fr. Use one of: en, ko."),
        ("expect: answered", "expect: maybe", "en-days", "expect", "is maybe. Use one of: answered, no_answer."),
        ("    snippets: [golden-76-days]\n", "", "en-days", "key", "Add both."),
        ("[Spotify]", "[]", "en-days", "key", "holds an empty group"),
        ("snippets:", "snipets:", "en-days", "snipets", "Did you mean snippets?"),
        ("[golden-76-days]", "[golden-67-days]", "en-days", "snippets", "Did you mean golden-76-days?"),
        ("questions:", "question:", "", "questions", "must be a list"),
        ("kind: plain", "kind: 'plain", "", "", "is not valid YAML"),
    ],
)
def test_a_fault_names_its_place_and_its_remedy(golden_folder, old, new, entry, field, message):
    golden_folder.edit("golden/seed.yaml", old, new)
    faults = check_golden(load_pack(golden_folder.root), golden_folder.root)
    here = [fault for fault in faults if (fault.file, fault.entry, fault.field) == ("golden/seed.yaml", entry, field)]
    assert any(message in fault.message for fault in here), [str(fault) for fault in faults]


def test_loading_faulty_questions_is_one_error(golden_folder):
    golden_folder.edit("golden/seed.yaml", "language: en", "language: fr")
    with pytest.raises(HallyuError, match=r"golden/seed\.yaml: en-days: language: is fr"):
        load_golden(golden_folder.root)


def test_the_bundled_questions_have_no_faults():
    assert [str(fault) for fault in check_golden(load_pack())] == []
    assert {question.split for question in load_golden()} == {"dev", "test"}
