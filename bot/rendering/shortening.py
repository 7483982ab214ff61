"""The last resort against Discord's limits: a page that came out too long loses the ends of its longest texts.

One that Discord refuses would be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.rendering.limits import TEXT, TEXT_BYTES, TEXT_BYTES_EACH
from bot.rendering.markdown import ELLIPSIS, length

_STEP = 100
"""Characters that are cut off at a time."""


def shorten(view: ui.LayoutView) -> None:
    """Cuts the longest text of a page again and again until all of them together can be sent. Pages share their room
    out themselves (`bot.rendering.limits`), so that this happens to texts of unforeseen length alone."""
    texts: list[ui.TextDisplay[Any]] = [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    while _is_too_long([text.content for text in texts]):
        longest = max(texts, key=lambda text: len(text.content))
        longest.content = longest.content[: -_STEP - len(ELLIPSIS)].rstrip("\\ \n") + ELLIPSIS


def _is_too_long(texts: Sequence[str]) -> bool:
    if sum(map(length, texts)) > TEXT:
        return True
    return sum(len(text.encode(errors="replace")) + TEXT_BYTES_EACH for text in texts) > TEXT_BYTES
