"""What a curator is told about everything at once."""

import pytest

from knowledge.checking import check_everything

GOLDEN = """\
questions:
  - {id: en-days, ask: how long, language: en, expect: answered, key: [['76']], snippets: [golden-76-days], kind: plain}
"""
WORDS = "- {id: album, gloss: album, en: [album], ko: [앨범]}\n"


@pytest.fixture
def whole(pack_folder):
    """A faultless folder with a glossary and golden questions too."""
    pack_folder.write("golden/own.yaml", GOLDEN)
    pack_folder.write("words/own.yaml", WORDS)
    return pack_folder


def named(root):
    return [(fault.file, fault.entry, fault.field) for fault in check_everything(root)]


def test_the_bundled_files_have_no_faults():
    assert [str(fault) for fault in check_everything()] == []


def test_a_folder_needs_no_glossary_and_no_golden_questions(pack_folder):
    assert named(pack_folder.root) == []


def test_faults_of_every_kind_of_file_are_told_together(whole):
    whole.edit("corpus/charts.yaml", "as_of: 2025-11-05", "as_of: yesterday")
    whole.edit("entities/all.yaml", "kind: group", "kind: grop")
    whole.edit("words/own.yaml", "gloss: album", "gloss: 앨범")
    whole.edit("golden/own.yaml", "language: en", "language: fr")
    assert named(whole.root) == [
        ("corpus/charts.yaml", "golden-76-days", "as_of"),
        ("entities/all.yaml", "duo", "kind"),
        ("words/own.yaml", "album", "gloss"),
        ("golden/own.yaml", "en-days", "language"),
    ]


def test_golden_questions_name_snippets_of_the_same_folder(whole):
    assert named(whole.root) == []
    whole.edit("corpus/charts.yaml", "id: golden-76-days", "id: golden-77-days")
    assert named(whole.root) == [("golden/own.yaml", "en-days", "snippets")]


def test_a_faulty_corpus_is_not_blamed_on_the_questions_too(whole):
    whole.edit("corpus/charts.yaml", "id: golden-76-days", "id: Golden 76 days")
    assert named(whole.root) == [("corpus/charts.yaml", "Golden 76 days", "id")]
