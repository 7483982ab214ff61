"""The exported model on disk: sound, or missing with a sentence that says what to do."""

from __future__ import annotations

import importlib.util
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.compose import open_embedder
from bot.settings import Settings
from index.embedding import Embedder, ModelMissing, OnnxEmbedder, load_model_files
from index.embedding.files import (
    ADAPTER,
    BUNDLED_MODEL,
    MANIFEST,
    ONNX,
    RECIPE,
    TOKENIZER,
    WEIGHTS,
    Manifest,
    ModelFiles,
    adapter_of,
    export_folder,
    find_model,
    sha256_of,
    write_manifest,
)
from index.embedding.probe import scripts_known
from index.embedding.word_table import WordTable
from knowledge.errors import HallyuError

MODEL = "some/model"
CAN_EXPORT = importlib.util.find_spec("sentence_transformers") is not None


def a_manifest(folder: Path) -> Manifest:
    checksums = {name: sha256_of(folder / name) for name in (ONNX, WEIGHTS, TOKENIZER)}
    return Manifest(MODEL, "0123456789abcdef", 4, 256, ["input_ids"], ["latin"], checksums, recipe=RECIPE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export that is sound as far as its checksums go."""
    folder = export_folder(tmp_path, MODEL)
    folder.mkdir(parents=True)
    for name in (ONNX, WEIGHTS, TOKENIZER):
        (folder / name).write_bytes(f"this is no {name}".encode())
    write_manifest(folder, a_manifest(folder))
    return folder


def load(folder: Path) -> ModelFiles:
    return load_model_files(folder.parent.parent, MODEL)


def test_a_sound_export_is_loaded(folder):
    assert load(folder) == ModelFiles(folder, a_manifest(folder))


@pytest.mark.parametrize("name", [MANIFEST, ONNX, WEIGHTS, TOKENIZER])
def test_a_missing_file_means_no_export(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match="hallyu model export"):
        load(folder)


@pytest.mark.parametrize("name", [ONNX, WEIGHTS, TOKENIZER])
def test_a_changed_file_means_no_export(folder, name):
    with (folder / name).open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelMissing, match="damaged"):
        load(folder)


def test_no_export_at_all_is_said(tmp_path):
    with pytest.raises(ModelMissing, match="not been exported"):
        load_model_files(tmp_path, MODEL)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"sha256": null}', "\x00", '{"model": 1}'])
def test_a_manifest_that_is_none_means_no_export(folder, text):
    (folder / MANIFEST).write_text(text)
    with pytest.raises(ModelMissing):
        load(folder)


def test_any_changed_value_of_the_manifest_means_no_export(folder):
    whole = json.loads((folder / MANIFEST).read_text())
    for name in whole:
        for value in (None, 7, "x", [], {}):
            (folder / MANIFEST).write_text(json.dumps(whole | {name: value}))
            with pytest.raises(ModelMissing):
                load(folder)


def test_any_flipped_bit_of_the_manifest_is_noticed_or_changes_nothing(folder):
    whole, sound = (folder / MANIFEST).read_bytes(), load(folder)
    for position in range(len(whole)):
        flipped = whole[:position] + bytes([whole[position] ^ 1 << position % 7]) + whole[position + 1 :]
        (folder / MANIFEST).write_bytes(flipped)
        try:
            assert load(folder) == sound, position
        except ModelMissing:
            continue


def test_an_export_that_no_library_can_read_means_no_export(folder):
    with pytest.raises(ModelMissing, match="hallyu model export"):
        OnnxEmbedder(load(folder))


def test_an_export_without_its_own_file_of_weights_is_made_anew(folder):
    manifest = a_manifest(folder)
    write_manifest(
        folder, replace(manifest, sha256={ONNX: manifest.sha256[ONNX], TOKENIZER: manifest.sha256[TOKENIZER]})
    )
    with pytest.raises(ModelMissing, match=WEIGHTS):
        load(folder)


@pytest.mark.parametrize("other", [{"adapter": "f" * 64}, {"recipe": "1"}])
def test_an_export_with_other_additions_to_the_weights_or_made_otherwise_is_made_anew(folder, other):
    write_manifest(folder, replace(a_manifest(folder), **other))
    with pytest.raises(ModelMissing, match="another version"):
        load(folder)


def test_something_is_added_to_the_bundled_model_alone():
    assert adapter_of(BUNDLED_MODEL) == sha256_of(ADAPTER)
    assert adapter_of(MODEL) == ""


def test_rows_of_the_table_of_words_come_from_the_file(tmp_path):
    table = np.arange(12, dtype="<f4").reshape(4, 3)
    (tmp_path / "words").write_bytes(table.tobytes())
    words = WordTable(tmp_path / "words", 3)
    ids = np.array([[3, 0], [0, 1]])
    assert np.array_equal(words.rows(ids), table[ids])
    with pytest.raises(OSError, match="no row 4"):
        words.rows(np.array([[4]]))


def test_two_models_never_share_a_folder(tmp_path):
    names = ["all-MiniLM-L6-v2", "all/MiniLM/L6/v2", "ALL-MiniLM-L6-v2", "../all-MiniLM-L6-v2", "/all-MiniLM-L6-v2"]
    folders = {export_folder(tmp_path, name) for name in names}
    assert len(folders) == len(names)
    assert all(folder.resolve().parent == (tmp_path / "models").resolve() for folder in folders)


def test_any_model_but_the_bundled_one_is_named_as_it_is():
    assert find_model("some/model") == "some/model"


def test_a_model_that_puts_translations_together_knows_hangul():
    assert scripts_known(lambda texts: [[float(i == j) for j in range(len(texts))] for i in range(len(texts))]) == [
        "latin",
        "hangul",
    ]


def test_a_model_that_sees_no_difference_between_korean_texts_does_not():
    def blind(texts: list[str]) -> list[list[float]]:
        if "가" <= texts[0][0] <= "힣":
            return [[1.0] * len(texts)] * len(texts)
        return [[float(i == j) for j in range(len(texts))] for i in range(len(texts))]

    assert scripts_known(blind) == ["latin"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None).model_copy(update={"cache_dir": tmp_path / "cache"})


@pytest.mark.slow
@pytest.mark.skipif(not CAN_EXPORT, reason="needs sentence-transformers to export")
def test_a_damaged_export_is_made_anew(settings: Settings, model: Embedder):
    source = export_folder(Settings().cache_dir, BUNDLED_MODEL)
    folder = export_folder(settings.cache_dir, BUNDLED_MODEL)
    shutil.copytree(source, folder)
    (folder / ONNX).write_bytes(b"damaged")
    notes: list[str] = []
    healed = open_embedder(settings, notes.append)
    assert len(notes) == 1
    assert healed.fingerprint == model.fingerprint
    assert (healed.encode(["gold"]) @ model.encode(["gold"]).T).item() > 0.9999
    open_embedder(settings, notes.append)
    assert len(notes) == 1, "a sound export is not made again"


@pytest.mark.slow
@pytest.mark.skipif(not CAN_EXPORT, reason="needs sentence-transformers to export")
def test_a_model_that_is_none_is_one_sentence(settings: Settings, tmp_path: Path):
    (tmp_path / "no-model").mkdir()
    with pytest.raises(HallyuError, match="HALLYU_MODEL"):
        open_embedder(settings.model_copy(update={"model": str(tmp_path / "no-model")}), lambda _: None)
