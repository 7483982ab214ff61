"""What set-up works out once: the same when read back, made anew when damaged, replaced when outdated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.contents import NOTHING, Contents
from index.lexicon import Lexicon
from index.preparation import Preparation, keep, keep_pack, prepare, prepared_pack
from index.sealed import read_sealed, write_sealed
from index.vocabulary import Content
from index.wordings import Wordings
from knowledge.glossary import load_glossary
from knowledge.pack import load_pack

READ = {"Golden rose.": Content(("golden", "rose"), ("golden",)), "골든": Content(("골든",), ()), "…": Content((), ())}
CONTENTS = {text: content.line for text, content in READ.items()}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.of(load_glossary())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Preparation:
    wordings = Wordings.of({"골든?": ("골든",)}, [("로즈",)])
    return replace(prepare(tmp_path_factory.mktemp("empty")), contents=Contents.of(CONTENTS), wordings=wordings)


@pytest.fixture
def kept(tmp_path: Path, prepared: Preparation) -> Preparation:
    keep(tmp_path, prepared)
    return prepared


def files(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_without_a_cache_the_glossary_is_read_and_no_text_is_known(tmp_path, lexicon):
    prepared = prepare(tmp_path)
    assert (prepared.lexicon, prepared.contents, prepared.wordings) == (lexicon, NOTHING, None)
    assert prepared_pack(tmp_path) is None


def test_it_comes_back_as_it_was_kept(tmp_path, kept):
    assert prepare(tmp_path) == kept
    keep(tmp_path, replace(kept, wordings=None))
    assert prepare(tmp_path).wordings is None
    found = prepare(tmp_path).contents
    assert {text: Content.from_line(found.get(text) or "") for text in READ} == READ
    assert found.get("golden rose.") is None


def test_the_pack_comes_back_as_its_files_say(tmp_path, kept):
    pack = load_pack()
    keep_pack(tmp_path, pack)
    assert prepared_pack(tmp_path) == pack
    keep(tmp_path, kept)
    assert prepared_pack(tmp_path) == pack


def test_a_lexicon_comes_back_as_it_was(lexicon):
    assert Lexicon.from_json(lexicon.as_json()) == lexicon


@pytest.mark.parametrize("position", [0, 32, -1])
def test_damage_anywhere_means_that_it_is_made_anew(tmp_path, kept, position):
    (path,) = files(tmp_path)
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    again = prepare(tmp_path)
    assert (again.lexicon, again.contents) == (kept.lexicon, NOTHING)


@pytest.mark.parametrize("body", [b"", b"null", b'{"lexicon": {}, "contents": {}}'])
def test_a_sound_file_of_other_code_means_that_it_is_made_anew(tmp_path, kept, body):
    (path,) = files(tmp_path)
    write_sealed(path, body)
    assert prepare(tmp_path).lexicon == kept.lexicon


def test_what_another_version_left_is_removed(tmp_path, kept):
    other = files(tmp_path)[0].with_name("other.json")
    other.write_text("{}")
    keep(tmp_path, kept)
    assert not other.exists()
    assert len(files(tmp_path)) == 1


TEXTS = st.dictionaries(*[st.text(st.characters(exclude_categories=()))] * 2)


@given(TEXTS, TEXTS)
def test_contents_are_found_by_text_alone(first, second):
    both = Contents.of(first).joined(second)
    assert both == Contents.of(first | second)
    assert len(both) == len(first | second)
    assert {text: both.get(text) for text in first | second} == first | second


def test_a_sealed_file_is_read_as_it_was_written_or_not_at_all(tmp_path):
    path = tmp_path / "folder" / "file"
    assert read_sealed(path) is None
    write_sealed(path, b"content")
    assert read_sealed(path) == b"content"
    path.write_bytes(path.read_bytes()[:-1])
    assert read_sealed(path) is None
