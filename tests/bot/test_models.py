"""A database is held to one embedding model."""

from __future__ import annotations

import pytest

from bot.models import full_name, model_name, settle_model
from fakes.embedder import FakeEmbedder, OtherEmbedder
from fakes.reindexing import model_of, settings_in
from index.embedding.files import BUNDLED_MODEL
from knowledge.errors import HallyuError
from knowledge.store import Model, open_store, open_store_readonly


@pytest.fixture
async def settings(tmp_path):
    settings = settings_in(tmp_path)
    async with open_store(settings.database):
        return settings


async def test_the_first_that_writes_settles_the_model(settings):
    async with open_store(settings.database) as store:
        await settle_model(settings, store, FakeEmbedder(), keeps=False)
        assert await store.models.in_use() is None
        await settle_model(settings, store, FakeEmbedder(), keeps=True)
        assert await store.models.in_use() == Model(BUNDLED_MODEL, FakeEmbedder.fingerprint)
        await settle_model(settings, store, FakeEmbedder(), keeps=True)


@pytest.mark.parametrize("keeps", [True, False])
async def test_another_model_in_the_settings_is_refused_with_both_names_and_the_remedy(settings, keeps):
    async with open_store(settings.database) as store:
        await store.models.settle(model_of(FakeEmbedder()))
        other = settings.model_copy(update={"model": "another/model"})
        with pytest.raises(HallyuError) as refused:
            await settle_model(other, store, OtherEmbedder(), keeps=keeps)
    sentence = str(refused.value)
    for part in (
        *(f"model/{FakeEmbedder.fingerprint}", FakeEmbedder.fingerprint, "another/model", OtherEmbedder.fingerprint),
        *(f"HALLYU_MODEL=model/{FakeEmbedder.fingerprint}", "hallyu reindex"),
    ):
        assert part in sentence


async def test_a_model_that_changed_under_its_name_is_refused_too(settings):
    async with open_store(settings.database) as store:
        await store.models.settle(Model(BUNDLED_MODEL, "0123456789abcdef"))
        with pytest.raises(HallyuError, match="Change over: run `hallyu reindex`") as refused:
            await settle_model(settings, store, FakeEmbedder(), keeps=True)
    assert "HALLYU_MODEL" not in str(refused.value)


async def test_the_same_model_under_another_name_is_welcome(settings):
    async with open_store(settings.database) as store:
        await store.models.settle(Model("here/model", FakeEmbedder.fingerprint))
        await settle_model(settings.model_copy(update={"model": "there/model"}), store, FakeEmbedder(), keeps=True)


async def test_a_database_that_names_no_model_but_holds_the_vectors_of_another_is_refused(settings):
    async with open_store(settings.database) as store:
        await store.keep_vectors(OtherEmbedder.fingerprint, {"key": b"vector"})
        with pytest.raises(HallyuError, match=OtherEmbedder.fingerprint):
            await settle_model(settings, store, FakeEmbedder(), keeps=True)
        await store.keep_vectors(FakeEmbedder.fingerprint, {"key": b"vector"})
        await settle_model(settings, store, FakeEmbedder(), keeps=True)


async def test_without_a_setting_the_model_is_that_of_the_data_folder(settings, tmp_path):
    assert model_name(settings) == BUNDLED_MODEL
    async with open_store(settings.database) as store:
        await store.models.settle(Model("some/model", "0123456789abcdef"))
        assert model_name(settings) == "some/model"
    assert model_name(settings) == "some/model"
    assert model_name(settings.model_copy(update={"model": "another/model"})) == "another/model"
    assert model_name(settings_in(tmp_path / "empty")) == BUNDLED_MODEL


def test_a_database_that_cannot_be_read_names_no_model(tmp_path):
    settings = settings_in(tmp_path)
    settings.data_dir.mkdir()
    settings.database.write_bytes(b"no database")
    assert model_name(settings) == BUNDLED_MODEL


def test_a_folder_is_named_by_its_whole_path(tmp_path, monkeypatch):
    (tmp_path / "my-model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert full_name("my-model") == full_name("./my-model") == str(tmp_path / "my-model")
    assert full_name("some/model") == "some/model"
    (tmp_path / BUNDLED_MODEL).mkdir()
    assert full_name(BUNDLED_MODEL) == BUNDLED_MODEL


async def test_a_change_is_whole_or_not_at_all(settings):
    async with open_store(settings.database) as store:
        await store.models.settle(model_of(FakeEmbedder()))
        with pytest.raises(Exception, match="NOT NULL"):
            await store.models.change(model_of(OtherEmbedder()), {"key": b"vector", "other": None})
        assert await store.models.in_use() == model_of(FakeEmbedder())
        assert await store.models.fingerprints() == set()


async def test_who_may_only_read_changes_no_model(settings):
    async with open_store_readonly(settings.database) as store:
        with pytest.raises(HallyuError, match="reading only"):
            await store.models.change(model_of(OtherEmbedder()), {})
