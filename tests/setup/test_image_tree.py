"""The image's tree, made of the packages that are installed here: its weight, and that the bot runs in what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from image.tree import ANSWER, BASE_MB, GOAL_MB, QUESTION, held_of_never, in_image, megabytes

pytestmark = pytest.mark.slow


def test_the_image_weighs_no_more_than_its_goal_and_holds_nothing_that_only_building_needs(tree: Path) -> None:
    weights = {name: megabytes(tree / name) for name in ("venv", "cache")}
    assert sum(weights.values()) > 250, "there is something to weigh"
    assert BASE_MB + sum(weights.values()) <= GOAL_MB, weights
    assert held_of_never(tree) == []


def test_the_bot_answers_in_the_image_and_writes_nothing_into_it(tree: Path) -> None:
    before = sorted(tree.rglob("*"))
    done = in_image(tree, tree.parents[1], "ask", QUESTION)
    assert ANSWER in done.stdout, done.stderr
    assert sorted(tree.rglob("*")) == before


def test_a_web_page_is_read_in_the_image_with_its_date(tree: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "<p>JYP Entertainment opened a new rehearsal hall in Seoul, its third one, for the members of TWICE.</p>" * 3
    about = (
        "<title>Ein Saal</title><link rel='canonical' href='https://example.com/saal'>"
        "</head><body><p class='date'>Veröffentlicht am 3. März 2025</p>"
    )
    page.write_text(f"<html lang='de'><head>{about}<article>{text}</article></body></html>", encoding="utf-8")
    done = in_image(tree, tree.parents[1], "import", str(page), "--guild", "1", "--topic", "companies", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "1 new" in done.stdout, done.stdout + done.stderr
