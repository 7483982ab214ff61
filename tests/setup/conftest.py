"""The image's tree, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.compose import fill_cache
from bot.settings import load_settings
from image.dockerfile import run, stages
from image.tree import installed_tree, megabytes


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the packages that are installed here, after the stage that leaves out what never runs."""
    settings = load_settings()
    fill_cache(settings, print)
    made = installed_tree(tmp_path_factory.mktemp("image"), settings.cache_dir)
    before = megabytes(made / "venv")
    run(stages()["trimmed"], made.parents[1])
    print(f"{before:.0f} MB of packages, {megabytes(made / 'venv'):.0f} MB with byte code and without what never runs")
    return made
