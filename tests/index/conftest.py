"""The bundled pack and the real model, each prepared once for all tests of a run."""

from __future__ import annotations

import pytest
from hypothesis import settings

from bot.compose import open_embedder
from bot.settings import load_settings
from index.embedding import Embedder
from knowledge.models import Pack
from knowledge.pack import load_pack

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="session")
def model() -> Embedder:
    """The bundled model as set-up exported it; exported now where it is not there yet."""
    return open_embedder(load_settings(), print)
