"""Both languages say everything, and a fault in a file is named."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from bot.catalogue.catalogue import placeholders
from index.evidence import FEATURES
from knowledge.models import LANGUAGES


def test_both_languages_have_the_same_keys_and_placeholders(catalogue):
    english, korean = (catalogue.texts[language] for language in LANGUAGES)

    assert english.keys() == korean.keys()
    assert {k: placeholders(english[k]) for k in english} == {k: placeholders(korean[k]) for k in korean}


def test_every_key_that_the_code_names_exists(catalogue):
    code = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("bot"))).rglob("*.py"))
    named = set(re.findall(r'say\(\s*"([a-z_.]+)"', code)) | set(re.findall(r'Refused\("([a-z_.]+)"', code))

    assert len(named) > 20
    assert {key for key in named if key not in catalogue.voice("en")} == set()


def test_every_feature_of_a_receipt_has_a_name(catalogue):
    names = {*FEATURES, "own", "morphemes", "understood", "corrected", "terms", "gloss", "mended"}

    assert {name for name in names if f"evidence.{name}" not in catalogue.voice("en")} == set()


def test_no_text_but_help_is_longer_than_a_sentence_or_two(catalogue):
    long = {key for texts in catalogue.texts.values() for key, text in texts.items() if len(text) > 140}

    assert {key for key in long if not key.startswith("help.")} == set()


def test_korean_texts_end_politely(catalogue):
    """해요체 throughout: a sentence that ends in 다. has slipped into another style."""
    assert [key for key, text in catalogue.texts["ko"].items() if re.search(r"(?<!니)다\.", text)] == []


def write(path, text):
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")


def test_a_key_belongs_to_one_file(tmp_path):
    for language in LANGUAGES:
        write(tmp_path / language / "one.yaml", "a: {b: x}\n")
        (tmp_path / language / "two.yaml").write_text("a: {b: y}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"a\.b stands in several files"):
        Catalogue.load(tmp_path)


def test_all_faults_of_the_files_are_named_at_once(tmp_path):
    write(tmp_path / "en" / "one.yaml", "a: {b: 'x {n}'}\nc: y\n")
    write(tmp_path / "ko" / "one.yaml", "a: {b: 'x'}\nd: y\n")

    with pytest.raises(ValueError, match=r"c is missing in ko; d is unknown in ko; a.b has other placeholders in ko"):
        Catalogue.load(tmp_path)


def test_what_is_no_text_is_refused(tmp_path):
    for language in LANGUAGES:
        write(tmp_path / language / "one.yaml", "a: {b: yes}\n")

    with pytest.raises(ValueError, match=r"a\.b is not a text"):
        Catalogue.load(tmp_path)


def test_fields_are_put_in_letter_for_letter(catalogue):
    assert catalogue.say("answer.shared_by", "en", name="{id} %s") == "Shared by {id} %s"
