"""Whatever a page holds, Discord takes it."""

from __future__ import annotations

import pytest
from discord import ui

from bot.rendering.layout import Press, page, row
from bot.rendering.limits import ANSWER, QUESTION, SOURCES, TEXT, TEXT_BYTES
from bot.rendering.markdown import escape, length


def texts(view: ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def test_the_shares_of_a_card_leave_room_for_what_stands_around_them():
    assert ANSWER + SOURCES + QUESTION < TEXT - 500


@pytest.mark.parametrize("piece", ["word ", "낱말 ", "🎤 ", escape("*_[x](y) ")])
def test_a_page_that_came_out_too_long_is_cut_where_it_is_longest(piece):
    view = page(["### Head", piece * 800, piece * 700, "-# foot", row([Press("Undo", "hallyu:undo:1")])])

    shown = texts(view)
    assert shown[0] == "### Head"
    assert shown[3] == "-# foot"
    assert sum(map(length, shown)) <= TEXT
    assert sum(len(text.encode()) + 12 for text in shown) <= TEXT_BYTES
    assert all(text.endswith("…") and not text.endswith("\\…") for text in shown[1:3])


def test_a_page_that_fits_is_left_alone():
    assert texts(page(["a" * 2000, "b" * 1990])) == ["a" * 2000, "b" * 1990]
